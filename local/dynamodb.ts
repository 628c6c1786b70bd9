import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmulatorOptions, findEmulator } from './emulator/find-emulator.ts'
import { guard } from './emulator/guard.ts'

export { createTables } from './services/tables.ts'

export type DynamoDb = {
  endpoint: string
  /** Ends the emulator as a power cut would, and starts it again on its file, at the same address. Calls fail meanwhile. */
  restart(): Promise<void>
  close(): Promise<void>
}

const START_MS = 5_000
const POLL_MS = 5

const freePort = async (host: string): Promise<number> => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.')
  return address.port
}

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/** SQLite gives the files that it makes beside the database the database's own rights. */
const keepPrivate = (databaseFile: string): void => {
  closeSync(openSync(databaseFile, 'a', 0o600))
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    if (existsSync(databaseFile + suffix)) chmodSync(databaseFile + suffix, 0o600)
}

/**
 * One of sixteen million addresses of this machine. No page can find it by trying ports. That matters because the
 * emulator asks nobody who they are, and lets pages of every origin read its answers. Systems other than Linux have one
 * such address only.
 */
const hiddenHost = (): string =>
  process.platform === 'linux' ? `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}` : '127.0.0.1'

type Address = { host: string; port: number }

/** One process of the emulator; undefined where it did not come up. */
const launch = async (emulator: string, { host, port }: Address, databaseFile: string | undefined) => {
  const storage = databaseFile === undefined ? [] : ['--db-path', databaseFile]
  if (databaseFile !== undefined) keepPrivate(databaseFile)
  const child = spawn(emulator, ['--host', host, '--port', String(port), ...storage], {
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  })
  const exited = once(child, 'exit')
  guard(child)
  const deadline = Date.now() + START_MS
  while (!(await accepts(host, port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      return undefined
    }
    await sleep(POLL_MS)
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    const stubborn = setTimeout(() => child.kill('SIGKILL'), 1_000)
    await exited
    clearTimeout(stubborn)
  }
  return { end }
}

const startOnce = async (emulator: string, databaseFile: string | undefined): Promise<DynamoDb | undefined> => {
  const host = hiddenHost()
  const address = { host, port: await freePort(host) }
  let running = await launch(emulator, address, databaseFile)
  if (running === undefined) return undefined
  return {
    endpoint: `http://${host}:${address.port}`,
    restart: async () => {
      if (databaseFile === undefined) throw new Error('An emulator without a file would forget everything.')
      await running?.end('SIGKILL')
      running = await launch(emulator, address, databaseFile)
      if (running === undefined) throw new Error('The DynamoDB emulator does not start again.')
    },
    close: async () => running?.end('SIGTERM'),
  }
}

/**
 * A DynamoDB of our own on a free port, in memory or kept in `databaseFile`; or the one that AWS_ENDPOINT_URL_DYNAMODB names.
 * Where npm installed no emulator, it is fetched once.
 * @throws Error with one sentence where there is neither
 */
export const startDynamoDb = async (options: EmulatorOptions & { databaseFile?: string } = {}): Promise<DynamoDb> => {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB
  if (given) return { endpoint: given, restart: async () => {}, close: async () => {} }
  const emulator = await findEmulator(options)
  // Between choosing a port and using it, somebody else may have taken it.
  for (let attempt = 0; attempt < 3; attempt++) {
    const started = await startOnce(emulator, options.databaseFile)
    if (started !== undefined) return started
  }
  throw new Error(
    `The DynamoDB emulator does not start${options.databaseFile ? `; with --fresh it starts without ${options.databaseFile}` : ''}.`,
  )
}
