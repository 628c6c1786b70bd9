import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** Something to serve. */
export type Stored = { body: Buffer; type: string }

const folder = join(import.meta.dirname, 'files')

const types: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mpd': 'application/dash+xml',
  '.m4s': 'video/iso.segment',
  '.vtt': 'text/vtt',
}
export const typeOf = (name: string): string => types[extname(name)] ?? 'application/octet-stream'

/** A file of the folder `files`, none for another name. */
export const findFile = (name: string): Stored | undefined => {
  if (!/^[\w-]+(\/[\w-]+)*\.\w+$/.test(name)) return undefined
  try {
    return { body: readFileSync(join(folder, name)), type: typeOf(name) }
  } catch {
    return undefined
  }
}
