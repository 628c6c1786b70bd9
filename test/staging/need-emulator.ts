import { findEmulator } from '../../local/emulator/find-emulator.ts'

// Before the tests, which start emulators side by side: it is fetched once, or missed in one sentence.
try {
  if (!process.env.AWS_ENDPOINT_URL_DYNAMODB) await findEmulator()
} catch (error) {
  if (!(error instanceof Error) || error.constructor !== Error) throw error
  console.error(error.message)
  process.exitCode = 1
}
