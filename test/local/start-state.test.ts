import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { emulatorsIn, startProcess } from './start-process.ts'
import { temporaryFolder } from './tiny-runtime.ts'

const announced = (folder: string): { dynamodb: string; coreTable: string; url: string; pid: number } =>
  JSON.parse(readFileSync(join(folder, '.streamit/runtime.json'), 'utf8'))

const clientOf = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })

const Key = { pk: { S: 'TEST' }, sk: { S: 'TEST' } }

const hasItem = async (folder: string): Promise<boolean> => {
  const { dynamodb, coreTable } = announced(folder)
  return (await clientOf(dynamodb).send(new GetItemCommand({ TableName: coreTable, Key }))).Item !== undefined
}

const secretsOf = (folder: string): string => readFileSync(join(folder, '.streamit/secrets.json'), 'utf8')

/** The answer to a request that offers to go on with another protocol. */
const withUpgrade = async (url: string, protocol: string): Promise<string> => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const headers = [
    `Host: ${hostname}`,
    'Connection: Upgrade, HTTP2-Settings, close',
    `Upgrade: ${protocol}`,
    'HTTP2-Settings: AAMAAABk',
  ]
  socket.write(['GET /api/health/ HTTP/1.1', ...headers, '', ''].join('\r\n'))
  return String(await once(socket, 'data'))
}

test('a start keeps data and secrets of the one before, and ends all that it started, however it ends', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const runtimeFile = join(folder, '.streamit/runtime.json')

  const page = 'http://localhost:5173'
  const first = startProcess(folder, { args: ['--allow-origin', page] })
  await first.ready
  const { dynamodb, coreTable, url, pid } = announced(folder)
  expect(pid).toBe(first.child.pid)
  expect(first.stdout).toEqual([
    expect.stringMatching(/^StreamIt is ready after \d+\.\d s\.$/),
    `  Web        ${url}/`,
    `  HTTP API   ${url}/api/`,
    `  WebSocket  ${url.replace('http', 'ws')}/ws/room/<code>/?token=<JWT>`,
    `             ${url.replace('http', 'ws')}/prod?room=<code>&token=<JWT>`,
    'Ctrl-C stops it.',
  ])
  expect((await fetch(url)).status).toBe(200)
  const health = await fetch(`${url}/api/health`, { headers: { origin: page } })
  expect(health.headers.get('access-control-allow-origin')).toBe(page)
  expect(health.headers.get('access-control-allow-credentials')).toBe('true')
  expect(await withUpgrade(url, 'h2c')).toMatch(/^HTTP\/1\.1 200 /)
  await clientOf(dynamodb).send(new PutItemCommand({ TableName: coreTable, Item: Key }))

  const intruder = startProcess(folder, { args: ['--fresh'] })
  expect(await intruder.ended).toEqual({
    code: 1,
    stdout: [],
    stderr: [`StreamIt already runs in this folder (process ${pid}): stop it first.`],
  })

  const state = join(folder, '.streamit')
  const open = ['', ...readdirSync(state)].filter((name) => (statSync(join(state, name)).mode & 0o077) !== 0)
  expect(open).toEqual([])

  const secrets = secretsOf(folder)
  first.child.kill('SIGINT')
  expect(await first.ended).toMatchObject({ code: 0, stderr: [] })
  expect(emulatorsIn(folder)).toEqual([])
  expect(existsSync(runtimeFile)).toBe(false)

  const second = startProcess(folder)
  await second.ready
  expect(await hasItem(folder)).toBe(true)
  expect(secretsOf(folder)).toBe(secrets)
  expect(emulatorsIn(folder)).toHaveLength(1)
  second.child.kill('SIGKILL')
  await once(second.child, 'exit')
  await expect.poll(() => emulatorsIn(folder)).toEqual([])
  expect(existsSync(runtimeFile)).toBe(true)
})
