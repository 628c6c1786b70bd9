import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type ApiRequest, type ApiResponse, decoded, headerOf } from '../http/request.ts'
import type { Bucket, StoredObject } from '../template/buckets.ts'

// What `aws s3 sync` guesses from the name.
const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.map': 'application/json',
  '.mjs': 'text/javascript',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'video/mp2t',
  '.txt': 'text/plain',
  '.vtt': 'text/vtt',
  '.wasm': 'application/wasm',
  '.webm': 'video/webm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

type Range = { start: number; end: number }

/** One range of `bytes=`; undefined where the header is absent or asks for something else, null where nothing of it exists. */
const rangeOf = (header: string | undefined, size: number): Range | null | undefined => {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start <= end ? { start, end } : null
}

const refusal = (status: number, code: string, message: string): ApiResponse => ({
  status,
  headers: [['content-type', 'application/xml']],
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
})
// Without the right to list a bucket, S3 tells nobody which keys it lacks.
const denied = refusal(403, 'AccessDenied', 'Access Denied')
const missing = refusal(404, 'NoSuchKey', 'The specified key does not exist.')

/** A file as it was deployed. Who is sent to the distribution's domain is sent to where this edge was found. */
const contentOf = async ({ file, markers }: StoredObject, edgeDomain: string | undefined, host: string) => {
  const content = await readFile(file)
  const values = Object.entries(markers)
  if (values.length === 0) return content
  const text = values.reduce((filled, [marker, value]) => filled.replaceAll(marker, value), content.toString())
  return Buffer.from(edgeDomain === undefined ? text : text.replaceAll(`https://${edgeDomain}`, `http://${host}`))
}

/** S3 behind CloudFront: the deployed files by key, whole, in part, or "not modified". */
export const createBucketOrigin =
  (bucket: Bucket, edgeDomain?: string) =>
  async (request: ApiRequest): Promise<ApiResponse> => {
    const stored = bucket.objects.get(decoded(request.path.slice(1)) ?? '')
    if (stored === undefined) return bucket.isListable ? missing : denied
    const host = /^[\w.:[\]-]+$/.exec(headerOf(request.headers, 'host') ?? '')?.[0] ?? 'localhost'
    const content = await contentOf(stored, edgeDomain, host)
    const headers: [string, string][] = [
      ['content-type', CONTENT_TYPES[extname(stored.file).toLowerCase()] ?? 'binary/octet-stream'],
      ['etag', `"${createHash('md5').update(content).digest('hex')}"`],
      ['accept-ranges', 'bytes'],
      ...Object.entries(stored.metadata),
    ]
    if (headerOf(request.headers, 'if-none-match') === headerOf(headers, 'etag'))
      return { status: 304, headers, body: '' }
    const range = rangeOf(headerOf(request.headers, 'range'), content.length)
    if (range === undefined) return { status: 200, headers, body: content }
    if (range === null) return { status: 416, headers: [['content-range', `bytes */${content.length}`]], body: '' }
    const part: [string, string] = ['content-range', `bytes ${range.start}-${range.end}/${content.length}`]
    return { status: 206, headers: [...headers, part], body: content.subarray(range.start, range.end + 1) }
  }
