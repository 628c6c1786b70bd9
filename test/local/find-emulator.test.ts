import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startDynamoDb } from '../../local/dynamodb.ts'
import { emulatorPackageFor, type System } from '../../local/emulator/emulator-package.ts'
import { findEmulator } from '../../local/emulator/find-emulator.ts'
import { packProgram, serveRegistry } from './npm-registry.ts'
import { temporaryFolder } from './tiny-runtime.ts'

// This machine plays systems that have no emulator installed. What is fetched for them is the emulator of this machine,
// packed by the test, so that it runs.

// npm takes seconds where the machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const MAC: System = { platform: 'darwin', arch: 'arm64' }

const packFor = async (system: System, options: { file?: string; manifest?: object } = {}) => {
  const wanted = emulatorPackageFor(system)
  if (wanted === undefined) throw new Error('There is no such package.')
  return packProgram({ ...wanted, file: await findEmulator(), ...options })
}

/** In place of the program, where nobody runs it. */
const SMALL = { file: import.meta.filename }
const INSTEAD = 'run DynamoDB Local and put its address into AWS_ENDPOINT_URL_DYNAMODB.'

test('an emulator that is not installed is fetched once, named with its integrity before, and runs', async () => {
  const packed = await packFor(MAC)
  const { requests } = await serveRegistry([packed])
  const folder = temporaryFolder()
  const told: string[] = []
  const tell = (line: string) => {
    expect(requests.filter((path) => path.endsWith('.tgz'))).toEqual([])
    told.push(line)
  }
  const line = `Fetching the DynamoDB emulator from npm, once: @dynoxide/darwin-arm64@1.2.1, ${packed.integrity}`
  for (const start of ['first', 'second']) {
    const { endpoint, close } = await startDynamoDb({ system: MAC, folder, tell })
    onTestFinished(close)
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
    expect((await client.send(new ListTablesCommand({}))).TableNames, start).toEqual([])
    expect(told).toEqual([line])
  }
  expect(requests.filter((path) => path.endsWith('.tgz'))).toHaveLength(1)
})

test('two that fetch at once end with one copy, and both use it', async () => {
  await serveRegistry([await packFor(MAC, SMALL)])
  const folder = temporaryFolder()
  const fetch = () => findEmulator({ system: MAC, folder, tell: () => {} })
  const [one, other] = await Promise.all([fetch(), fetch()])
  expect(one).toBe(other)
  expect(existsSync(one)).toBe(true)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('no script of the package runs', async () => {
  const mark = join(temporaryFolder(), 'ran')
  const scripts = { preinstall: `echo > ${mark}`, postinstall: `echo > ${mark}` }
  await serveRegistry([await packFor(MAC, { ...SMALL, manifest: { scripts } })])
  await findEmulator({ system: MAC, folder: temporaryFolder(), tell: () => {} })
  expect(existsSync(mark)).toBe(false)
})

test('other bytes than the integrity says are refused and not kept', async () => {
  const packed = await packFor(MAC, SMALL)
  const { tarball } = await packFor(MAC, { ...SMALL, manifest: { description: 'another' } })
  await serveRegistry([{ ...packed, tarball }])
  const folder = temporaryFolder()
  await expect(findEmulator({ system: MAC, folder, tell: () => {} })).rejects.toThrow(
    new Error(
      `There is no DynamoDB emulator for darwin-arm64 here, because what npm got for @dynoxide/darwin-arm64@1.2.1 does not have its integrity: ${INSTEAD}`,
    ),
  )
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['darwin-arm64', MAC],
  ['win32-x64', { platform: 'win32', arch: 'x64' }],
])('where the registry has none for %s, one sentence names DynamoDB Local and the setting', async (name, system) => {
  await serveRegistry([])
  const told: string[] = []
  const finding = findEmulator({ system, folder: temporaryFolder(), tell: (line) => told.push(line) })
  await expect(finding).rejects.toThrow(
    new Error(`There is no DynamoDB emulator for ${name} here, because npm has no @dynoxide/${name}@1.2.1: ${INSTEAD}`),
  )
  expect(told).toEqual([])
})

test('without a network, the same sentence says so', async () => {
  const { close } = await serveRegistry([])
  await close()
  await expect(findEmulator({ system: MAC, folder: temporaryFolder() })).rejects.toThrow(
    new Error(
      `There is no DynamoDB emulator for darwin-arm64 here, because npm could not fetch @dynoxide/darwin-arm64@1.2.1 (ECONNREFUSED): ${INSTEAD}`,
    ),
  )
})

test('for a system that nobody publishes one for, no registry is asked', async () => {
  const { requests } = await serveRegistry([])
  await expect(findEmulator({ system: { platform: 'aix', arch: 'ppc64' } })).rejects.toThrow(
    new Error(`There is no DynamoDB emulator for aix-ppc64 here: ${INSTEAD}`),
  )
  expect(requests).toEqual([])
})
