import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { readFaultFile } from '../../local/fault-file.ts'
import { createFaults } from '../../local/faults.ts'
import { connect } from './socket-client.ts'
import { startTiny, temporaryFolder } from './tiny-runtime.ts'

const postUrl = (environment: (id: string) => Record<string, string>, connectionId: string) =>
  `${environment('Message').AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI}/@connections/${encodeURIComponent(connectionId)}`

const post = async (url: string): Promise<number> => (await fetch(url, { method: 'POST', body: 'x' })).status

test('dropDisconnect: $disconnect never comes', async () => {
  const { runtime, recorder } = await startTiny()
  runtime.faults.dropDisconnect = true
  const dropped = await connect(runtime.realtimeUrl({ token: 't' }))
  dropped.socket.close()
  await dropped.closed
  runtime.faults.reset()
  const heard = await connect(runtime.realtimeUrl({ token: 't' }))
  heard.socket.close(3001)
  const event = await recorder.nth('Disconnect', 1)
  expect(event.requestContext.disconnectStatusCode).toBe(3001)
})

test('delayUpgrade: posts answer 410 after $connect has returned, until the socket is open', async () => {
  const { runtime, recorder, environment } = await startTiny()
  runtime.faults.delayUpgradeMilliseconds = 100
  const opening = connect(runtime.realtimeUrl({ token: 't' }))
  const { requestContext } = await recorder.nth('Connect', 1)
  const url = postUrl(environment, requestContext.connectionId)
  expect(await post(url)).toBe(410)
  const client = await opening
  expect(await post(url)).toBe(200)
  expect(await client.next()).toBe('x')
})

test('answerPost and delayPost decide by connection and content', async () => {
  const { runtime, environment } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  const [id = ''] = runtime.connections()
  const url = postUrl(environment, id)
  const seen: string[] = []
  runtime.faults.answerPost = ({ connectionId, data }) => {
    seen.push(`${connectionId} ${data}`)
    return seen.length < 3 ? 429 : undefined
  }
  expect([await post(url), await post(url), await post(url)]).toEqual([429, 429, 200])
  expect(seen[0]).toBe(`${id} x`)
  expect(await client.next()).toBe('x')

  runtime.faults.delayPost = () => 50
  const began = performance.now()
  await post(url)
  expect(performance.now() - began).toBeGreaterThan(45)
})

test('failDynamoDb: single writes and transactions fail in the shapes of DynamoDB', async () => {
  const { runtime, environment } = await startTiny()
  const endpoint = environment('Message').AWS_ENDPOINT_URL_DYNAMODB ?? ''
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  const item = { pk: { S: 'a' }, sk: { S: 'b' } }
  runtime.faults.failDynamoDb = ({ action, body }) => {
    expect(body).toMatchObject(action === 'PutItem' ? { Item: item } : { TransactItems: [{}, {}] })
    return 'TransactionConflictException'
  }
  const put = client.send(new PutItemCommand({ TableName: 'kept', Item: item }))
  await expect(put).rejects.toMatchObject({ name: 'TransactionConflictException', $metadata: { httpStatusCode: 400 } })
  const write = { Put: { TableName: 'kept', Item: item } }
  const transaction = client.send(new TransactWriteItemsCommand({ TransactItems: [write, write] }))
  await expect(transaction).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  })
  runtime.faults.failDynamoDb = () => 'ThrottlingException'
  const throttled = client.send(new PutItemCommand({ TableName: 'kept', Item: item }))
  await expect(throttled).rejects.toMatchObject({ name: 'ThrottlingException' })
})

test('duplicateAsyncInvoke: an event arrives twice', async () => {
  const { runtime, recorder, environment } = await startTiny()
  runtime.faults.duplicateAsyncInvoke = true
  const url = `${environment('Message').AWS_ENDPOINT_URL_LAMBDA}/2015-03-31/functions/streamit-Background/invocations`
  const headers = { 'x-amz-invocation-type': 'Event' }
  expect((await fetch(url, { method: 'POST', body: '{"n":1}', headers })).status).toBe(202)
  expect(await recorder.nth('Background', 2)).toEqual({ n: 1 })
})

test('reorderFrames: frames start in another order than they came', async () => {
  const { runtime, recorder } = await startTiny()
  runtime.faults.reorderFrames = true
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send('1')
  client.send('2')
  await recorder.nth('Message', 2)
  expect(recorder.all('Message').map((event) => event.body)).toEqual(['2', '1'])
})

test('reset turns every fault off', () => {
  const faults = createFaults()
  const fresh = { ...faults }
  faults.dropDisconnect = true
  faults.answerPost = () => 410
  faults.reset()
  expect({ ...faults }).toEqual(fresh)
})

test('a file of faults is read, and a wrong one is refused in one sentence', () => {
  const file = join(temporaryFolder(), 'faults.json')
  const content = {
    dropDisconnect: true,
    delayUpgradeMilliseconds: 20,
    postDelayMilliseconds: { p50: 10, p95: 40 },
    postErrorRates: { gone: 1, tooMany: 0 },
    dynamoDbErrorRates: { conflict: 1, throttled: 0 },
    lostAnswerRates: { posts: 0, dynamoDb: 1 },
  }
  writeFileSync(file, JSON.stringify(content))
  const faults = createFaults()
  readFaultFile(file)(faults)
  const nobody = { connectionId: 'a', data: '' }
  expect(faults).toMatchObject({ dropDisconnect: true, delayUpgradeMilliseconds: 20, duplicateAsyncInvoke: false })
  expect(faults.answerPost(nobody)).toBe(410)
  expect(faults.failDynamoDb({ action: 'UpdateItem', body: {} })).toBe('TransactionConflictException')
  expect(faults.failDynamoDb({ action: 'Query', body: {} })).toBeUndefined()
  expect(faults.losePostAnswer(nobody)).toBe(false)
  expect(faults.loseDynamoDbAnswer({ action: 'Query', body: {} })).toBe(true)
  const delays = Array.from({ length: 4000 }, () => faults.delayPost(nobody)).sort((a, b) => a - b)
  expect(delays[2000]).toBeGreaterThan(8)
  expect(delays[2000]).toBeLessThan(12)
  expect(delays[3800]).toBeGreaterThan(32)
  expect(delays[3800]).toBeLessThan(50)

  writeFileSync(file, '{"dropEverything":true}')
  expect(() => readFaultFile(file)).toThrow(/is not a list of faults/)
  expect(() => readFaultFile(`${file}x`)).toThrow(/cannot be read as JSON/)
})
