import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createFaults } from '../../local/faults.ts'
import { createDynamoDbProxy } from '../../local/services/dynamodb-proxy.ts'
import { readTarget } from '../../local/services/dynamodb-target.ts'
import { openService } from '../../local/services/listen.ts'

afterEach(() => vi.unstubAllEnvs())

const TARGET = 'DynamoDB_20120810.GetItem'
const TABLE = 'streamit-Core'

/** Something that answers like DynamoDB and keeps what it was sent. */
const listen = async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray()
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.setHeader('access-control-allow-origin', '*')
    response.end('{}')
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return { received, url: `http://127.0.0.1:${address.port}` }
}

const callThrough = async (
  target: ReturnType<typeof readTarget>,
  { action = TARGET, body = { TableName: TABLE } as unknown } = {},
) => {
  const service = await openService(() => {})
  onTestFinished(async () => service.close())
  const proxy = createDynamoDbProxy(target, createFaults(), [TABLE])
  onTestFinished(proxy.close)
  service.use(proxy.handler)
  const headers = { 'x-amz-target': action, authorization: 'AWS4-HMAC-SHA256 Credential=local/whatever' }
  return fetch(service.url, { method: 'POST', headers, body: JSON.stringify(body) })
}

test('a call to AWS is signed anew with the credentials of the developer', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  vi.stubEnv('AWS_SESSION_TOKEN', 'session')
  const { url, received } = await listen()
  expect((await callThrough(readTarget(url, true))).status).toBe(200)
  expect(received[0]?.body).toBe(`{"TableName":"${TABLE}"}`)
  expect(received[0]?.headers).toMatchObject({
    'x-amz-target': TARGET,
    'x-amz-security-token': 'session',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/dynamodb\/aws4_request/,
    ),
  })
})

const other = { TableName: 'payroll' }
const ours = { TableName: TABLE }
test.each([
  ['DeleteTable', other],
  ['DeleteTable', ours],
  ['Scan', ours],
  ['ListTables', {}],
  ['ExportTableToPointInTime', ours],
  ['ExecuteStatement', { Statement: `SELECT * FROM "${TABLE}"` }],
  ['GetItem', other],
  ['GetItem', {}],
  ['GetItem', { TableName: [TABLE] }],
  ['BatchGetItem', { RequestItems: { [TABLE]: {}, payroll: {} } }],
  ['BatchWriteItem', { RequestItems: {} }],
  ['TransactWriteItems', { TransactItems: [{ Put: ours }, { Delete: other }] }],
  ['TransactWriteItems', { TransactItems: [{ Put: ours, Delete: other }] }],
  ['constructor', ours],
])('%s of %j is not signed with the credentials of the developer', async (action, body) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const { url, received } = await listen()
  await callThrough(readTarget(url, true), { action: `DynamoDB_20120810.${action}`, body })
  expect(received).toHaveLength(1)
  expect(JSON.stringify(received[0]?.headers)).not.toContain('AKIDEXAMPLE')
})

test.each([
  ['Query', ours],
  ['BatchGetItem', { RequestItems: { [TABLE]: {} } }],
  ['TransactWriteItems', { TransactItems: [{ Put: ours }, { ConditionCheck: ours }] }],
])('%s of %j is signed: functions do so', async (action, body) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const { url, received } = await listen()
  await callThrough(readTarget(url, true), { action: `DynamoDB_20120810.${action}`, body })
  expect(received[0]?.headers.authorization).toContain('AKIDEXAMPLE')
})

test('a call to an emulator is passed on as it came, and what it allows to pages is not', async () => {
  const { url, received } = await listen()
  const answer = await callThrough(readTarget(url))
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(received[0]?.headers.authorization).toBe('AWS4-HMAC-SHA256 Credential=local/whatever')
})

test.each([
  ['https://dynamodb.eu-west-1.amazonaws.com', 'eu-west-1', true],
  ['https://dynamodb.cn-north-1.amazonaws.com.cn', 'cn-north-1', true],
  ['http://localhost:8000', 'us-east-1', false],
  ['https://dynamodb.example.com', 'us-east-1', false],
])('%s is in %s and signed: %s', (address, region, signed) => {
  const target = readTarget(address)
  expect(target.region).toBe(region)
  expect(target.sign !== undefined).toBe(signed)
})
