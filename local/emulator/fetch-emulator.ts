import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { EmulatorPackage } from './emulator-package.ts'
import { NpmError, runNpm } from './npm.ts'

/** The place of a fetched emulator below `folder`, there or not. */
const placeOf = ({ name, version, program }: EmulatorPackage, folder: string) => {
  const place = join(folder, `${name.replace('/', '-')}-${version}`)
  return { place, file: join(place, 'node_modules', name, program) }
}

/** The emulator that an earlier fetch left in `folder`. */
export const findFetched = (wanted: EmulatorPackage, folder: string): string | undefined => {
  const { file } = placeOf(wanted, folder)
  return existsSync(file) ? file : undefined
}

/** What npm is to install, with the integrity that it then checks, as npm itself would have written it down. */
const writeLock = (folder: string, { name, version }: EmulatorPackage, integrity: string): void => {
  const manifest = { name: 'emulator', version: '0.0.0', private: true, dependencies: { [name]: version } }
  const packages = { '': manifest, [`node_modules/${name}`]: { version, integrity } }
  const lock = { name: manifest.name, version: manifest.version, lockfileVersion: 3, requires: true, packages }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
}

const readIntegrity = async (folder: string, { name, version, integrity }: EmulatorPackage): Promise<string> => {
  if (integrity !== undefined) return integrity
  const answer = await runNpm(folder, ['view', `${name}@${version}`, 'dist.integrity'])
  const told: unknown = answer === '' ? undefined : JSON.parse(answer)
  // An older checksum, or none: nothing that runs here may rest on it.
  if (typeof told !== 'string' || !told.startsWith('sha512-')) throw new NpmError('EINTEGRITY')
  return told
}

/** Two starts may fetch at once: the first to finish counts, and both files are the same. */
const move = (from: string, to: string): void => {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}

/**
 * Fetches the emulator once, through npm, into `folder`. `tell` hears package and integrity before anything is loaded. No
 * script of the package runs.
 * @throws NpmError where npm has no such package, reaches no registry, or gets other bytes
 */
export const fetchEmulator = async (
  wanted: EmulatorPackage,
  folder: string,
  tell: (line: string) => void,
): Promise<string> => {
  const { place, file } = placeOf(wanted, folder)
  mkdirSync(dirname(place), { recursive: true })
  const draft = mkdtempSync(`${place}-`)
  try {
    // For npm this folder is a package of its own, and not a part of the repository around it.
    writeFileSync(join(draft, 'package.json'), '{}')
    const integrity = await readIntegrity(draft, wanted)
    tell(`Fetching the DynamoDB emulator from npm, once: ${wanted.name}@${wanted.version}, ${integrity}`)
    writeLock(draft, wanted, integrity)
    await runNpm(draft, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])
    chmodSync(join(draft, 'node_modules', wanted.name, wanted.program), 0o755)
    move(draft, place)
    return file
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
