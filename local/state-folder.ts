import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf } from './process-identity.ts'

/** What other programs, such as create-admin, need to know of a running StreamIt. */
type Announcement = { dynamodb: string; coreTable: string; url: string; pid: number }

export type StateFolder = {
  path: string
  databaseFile: string
  /** Forgets everything kept from earlier starts. */
  clear(): void
  announce(announcement: Announcement): void
  release(): void
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

// The lock appears whole or not at all: a link is made at once, and only where nothing is.
const takeLock = (file: string): boolean => {
  const own = `${file}.${process.pid}`
  writeFileSync(own, identityOf(process.pid), { mode: 0o600 })
  try {
    linkSync(own, file)
    return true
  } catch {
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

/**
 * Makes the folder ours until `release`. A lock whose process has gone, however it went, does not count.
 * @throws Error with one sentence while another process has it
 */
export const openStateFolder = (path: string): StateFolder => {
  mkdirSync(path, { recursive: true })
  // Accounts lie here, and the key that signs their tokens: nobody else of this machine reads them.
  chmodSync(path, 0o700)
  const lock = join(path, 'lock')
  const runtime = join(path, 'runtime.json')
  if (!takeLock(lock)) {
    const holder = read(lock)
    const pid = Number.parseInt(holder, 10)
    if (pid > 0 && identityOf(pid) === holder)
      throw new Error(`StreamIt already runs in this folder (process ${pid}): stop it first.`)
    rmSync(lock, { force: true })
    if (!takeLock(lock)) throw new Error('StreamIt is just being started in this folder by another process.')
  }
  rmSync(runtime, { force: true })
  const databaseFile = join(path, 'database.sqlite')
  return {
    path,
    databaseFile,
    clear: () => {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(databaseFile + suffix, { force: true })
      rmSync(join(path, 'secrets.json'), { force: true })
    },
    announce: (announcement) => writeFileSync(runtime, `${JSON.stringify(announcement, null, 2)}\n`, { mode: 0o600 }),
    release: () => {
      rmSync(runtime, { force: true })
      rmSync(lock, { force: true })
    },
  }
}
