import { join } from 'node:path'
import { createApp } from '../lib/app.ts'
import { SettingsError } from '../lib/settings.ts'
import { settingsFilesIn } from '../lib/settings-file.ts'

try {
  createApp({}, settingsFilesIn(join(import.meta.dirname, '..', 'config')))
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
