import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { createTables, startDynamoDb } from '../../local/dynamodb.ts'
import type { FunctionCall } from '../../local/faults.ts'
import { connect } from './socket-client.ts'
import { type Event, startTiny } from './tiny-runtime.ts'
import { tinyTemplate } from './tiny-stack.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const item = { pk: { S: 'a' }, sk: { S: 'b' } }

type Act = (event: Event, call: (method: string, service: string) => Promise<number>) => Promise<unknown>

/** The tiny stack whose background function does `act`, with calls that say which invocation they belong to, as the SDK's do. */
const startActing = async (act: Act) => {
  const frozen: string[] = []
  const urls: Record<string, string> = {}
  const { runtime, environment } = await startTiny({
    onFrozen: (sentence) => frozen.push(sentence),
    invoker: () => ({
      invoke: async (fn, event, context) => {
        if (fn.logicalId !== 'Background') return { statusCode: 200, policyDocument: { Statement: [] } }
        const headers = { 'x-amzn-trace-id': context.trace }
        const call = async (method: string, service: string) =>
          (await fetch(urls[service] ?? '', { method, headers, ...(method === 'POST' && { body: '{}' }) })).status
        return act(event as Event, call)
      },
      close: async () => {},
    }),
  })
  const management = environment('Message').AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI
  urls.gateway = `${management}/@connections/${'a'.repeat(15)}=`
  urls.lambda = `${environment('Message').AWS_ENDPOINT_URL_LAMBDA}/nothing`
  return { runtime, frozen }
}

const startWithTable = async () => {
  const dynamodb = await startDynamoDb()
  await createTables(dynamodb.endpoint, tinyTemplate(), { emptyDisposable: true })
  const { runtime, environment } = await startTiny({ dynamodb: dynamodb.endpoint })
  const endpoint = environment('Message').AWS_ENDPOINT_URL_DYNAMODB ?? ''
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
  return { runtime, client, close: dynamodb.close }
}

test('killInvocation: an invocation ends before its n-th call, which is not carried out, nor is any later one', async () => {
  const done: number[] = []
  const failed: string[] = []
  const { runtime, frozen } = await startActing(async (_event, call) => {
    for (const [method, service] of [
      ['GET', 'gateway'],
      ['POST', 'lambda'],
      ['GET', 'gateway'],
    ] as const)
      await call(method, service).then(
        (status) => done.push(status),
        () => failed.push(service),
      )
  })
  const seen: FunctionCall[] = []
  runtime.faults.killInvocation = (call) => {
    seen.push({ ...call, event: undefined })
    return call.nth === 2
  }
  await expect(runtime.invoke('Background')).rejects.toMatchObject({ name: 'Runtime.ExitError' })
  expect(seen).toEqual([
    { function: 'Background', service: 'management', action: 'GET', nth: 1, event: undefined },
    { function: 'Background', service: 'lambda', action: 'POST', nth: 2, event: undefined },
  ])
  await expect.poll(() => failed).toEqual(['lambda', 'gateway'])
  expect(done).toEqual([410])
  expect(frozen).toEqual([])
  runtime.faults.reset()
  await runtime.invoke('Background')
  expect(done).toEqual([410, 410, 404, 410])
})

test('what Lambda would freeze is told: a call that is open at the answer, and one that comes after it', async () => {
  const late = Promise.withResolvers<void>()
  let left: Promise<unknown> = Promise.resolve()
  const { runtime, frozen } = await startActing(async (event, call) => {
    if (event.n === 1) left = call('POST', 'gateway')
    if (event.n === 2) left = late.promise.then(() => call('GET', 'gateway'))
    if (event.n === 3) await call('GET', 'gateway')
    // Long enough for the call to have arrived.
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
  runtime.faults.delayPost = () => 100
  await runtime.invoke('Background', { n: 1 })
  const open = 'streamit-Background has answered while its call of management (POST) is open.'
  await expect.poll(() => frozen).toEqual([open])
  await left
  await runtime.invoke('Background', { n: 2 })
  late.resolve()
  await left
  expect(frozen.slice(1)).toEqual(['streamit-Background calls management (GET) after it has answered.'])
  await runtime.invoke('Background', { n: 3 })
  expect(frozen).toHaveLength(2)
})

test('loseDynamoDbAnswer: the call is carried out, and the SDK repeats it', async () => {
  const { runtime, client, close } = await startWithTable()
  const seen: string[] = []
  runtime.faults.loseDynamoDbAnswer = ({ action }) => seen.push(action) === 1
  const isNew = { TableName: 'streamit-Kept', Item: item, ConditionExpression: 'attribute_not_exists(pk)' }
  const put = client.send(new PutItemCommand(isNew))
  await expect(put).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' })
  expect(seen).toEqual(['PutItem', 'PutItem'])
  expect(await client.send(new GetItemCommand({ TableName: 'streamit-Kept', Key: item }))).toMatchObject({ Item: item })
  await close()
})

test('losePostAnswer: the frame arrives and its sender does not know; delayPost of Infinity: it hangs', async () => {
  const { runtime, environment } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  const [id = ''] = runtime.connections()
  const url = `${environment('Message').AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI}/@connections/${encodeURIComponent(id)}`
  runtime.faults.losePostAnswer = ({ data }) => data === 'lost'
  await expect(fetch(url, { method: 'POST', body: 'lost' })).rejects.toThrow()
  expect(await client.next()).toBe('lost')
  runtime.faults.delayPost = ({ data }) => (data === 'hangs' ? Number.POSITIVE_INFINITY : 0)
  const hanging = fetch(url, { method: 'POST', body: 'hangs', signal: AbortSignal.timeout(100) })
  await expect(hanging).rejects.toMatchObject({ name: 'TimeoutError' })
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(200)
  expect(await client.next()).toBe('x')
})

test('duplicateFrames: a frame starts two invocations; a fault that is drawn happens as often as it is drawn', async () => {
  const { runtime, recorder } = await startTiny()
  const draws = [true, false]
  runtime.faults.duplicateFrames = () => draws.shift() ?? false
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send('1')
  client.send('2')
  await recorder.nth('Message', 3)
  const events = recorder.all('Message')
  expect(events.map((event) => event.body)).toEqual(['1', '1', '2'])
  expect(new Set(events.map((event) => event.requestContext.messageId)).size).toBe(2)
})
