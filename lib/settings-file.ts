import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { SettingsError, type SettingsFile } from './settings.ts'

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The settings that a stage keeps: what stands in `<stage>.json` of the folder, or none where there is no such file.
 * @throws SettingsError with one sentence where the file holds something else than settings
 */
export const settingsFilesIn =
  (folder: string) =>
  (stage: string): SettingsFile | undefined => {
    const file = `${stage}.json`
    const name = `${basename(folder)}/${file}`
    const text = read(join(folder, file))
    if (text === undefined) return undefined
    const settings = parse(text)
    if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
      throw new SettingsError(`${name} must be one JSON object, such as { "messageDays": 14 }.`)
    if ('stage' in settings)
      throw new SettingsError(`${name} names a stage: take it out, the file's name says which it is.`)
    return { name, settings: { ...settings } }
  }
