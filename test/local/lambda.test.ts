import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createWorkerInvoker } from '../../local/lambda/worker-invoker.ts'
import { startTiny, writeAssets } from './tiny-runtime.ts'

const clientOf = (endpoint = '') =>
  new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })

/** The tiny stack with `code` as its background function, in a real worker thread. */
const startWorkers = async (code: string, edit: Record<string, unknown> = {}) => {
  const lines: string[] = []
  const assets = writeAssets({
    'background/index.mjs': code,
    'http/index.mjs': 'export const handler = async () => process.env.SHARED ?? "nothing"',
  })
  const started = await startTiny({
    assets,
    invoker: () => createWorkerInvoker((line) => lines.push(line)),
    edit,
  })
  return { ...started, lines, client: clientOf(started.environment('Message').AWS_ENDPOINT_URL_LAMBDA) }
}

test('a function runs in its own thread with its own environment', async () => {
  const { runtime } = await startWorkers(
    `process.env.SHARED = 'mine'
     export const handler = async (event, context) => ({ event, env: { ...process.env }, context, left: context.getRemainingTimeInMillis() })`,
    { 'Background.Properties.Environment.Variables': { TABLE: { Ref: 'Kept' }, NUMBER: 5 } },
  )
  const result = await runtime.invoke('Background', { a: 1 })
  expect(result).toMatchObject({
    event: { a: 1 },
    env: {
      TABLE: 'streamit-Kept',
      NUMBER: '5',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'streamit-Background',
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/),
    },
    context: { functionName: 'streamit-Background', memoryLimitInMB: '1024', awsRequestId: expect.any(String) },
  })
  expect(result).not.toHaveProperty('env.PATH')
  expect(process.env.SHARED).toBeUndefined()
  expect(await runtime.invoke('Http')).toBe('nothing')
})

test('calls of one function run concurrently in one instance', async () => {
  const { runtime } = await startWorkers(
    `const waiting = []
     export const handler = (event) => new Promise((resolve) => {
       waiting.push(resolve)
       if (waiting.length === 3) for (const done of waiting) done(event.n)
     })`,
  )
  const results = await Promise.all([1, 2, 3].map((n) => runtime.invoke('Background', { n })))
  expect(results).toHaveLength(3)
})

test('what a handler throws is reported as Lambda reports it', async () => {
  const { client, runtime } = await startWorkers(
    `export const handler = async ({ how }) => {
       if (how === 'text') throw 'just text'
       throw new TypeError('no good')
     }`,
  )
  const invoke = async (payload: string) => {
    const answer = await client.send(new InvokeCommand({ FunctionName: 'streamit-Background', Payload: payload }))
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' })
    return JSON.parse(answer.Payload?.transformToString() ?? '')
  }
  expect(await invoke('{}')).toEqual({
    errorType: 'TypeError',
    errorMessage: 'no good',
    trace: expect.arrayContaining(['TypeError: no good']),
  })
  expect(await invoke('{"how":"text"}')).toMatchObject({ errorType: 'string', errorMessage: 'just text' })
  await expect(runtime.invoke('Background', {})).rejects.toMatchObject({ name: 'TypeError', message: 'no good' })
})

test('a call that crashes its instance fails, and the next call gets a fresh one', async () => {
  const { runtime } = await startWorkers(
    `let calls = 0
     export const handler = async ({ how }) => {
       if (how === 'exit') process.exit(3)
       if (how === 'throw') setTimeout(() => { throw new RangeError('later') })
       if (how) await new Promise(() => {})
       return ++calls
     }`,
  )
  expect(await runtime.invoke('Background', {})).toBe(1)
  expect(await runtime.invoke('Background', {})).toBe(2)
  await expect(runtime.invoke('Background', { how: 'exit' })).rejects.toMatchObject({ name: 'Runtime.ExitError' })
  expect(await runtime.invoke('Background', {})).toBe(1)
  await expect(runtime.invoke('Background', { how: 'throw' })).rejects.toMatchObject({ message: 'later' })
  expect(await runtime.invoke('Background', {})).toBe(1)
})

test('a call over the Timeout of the template fails, even in an endless loop, and the next gets a fresh instance', async () => {
  const { runtime } = await startWorkers(
    `let calls = 0
     export const handler = async ({ loop }) => { while (loop); return ++calls }`,
    { 'Background.Properties.Timeout': 0.3 },
  )
  expect(await runtime.invoke('Background', {})).toBe(1)
  const late = runtime.invoke('Background', { loop: true })
  await expect(late).rejects.toMatchObject({
    name: 'Sandbox.Timedout',
    message: expect.stringMatching(/Task timed out after 0\.30 seconds$/),
  })
  expect(await runtime.invoke('Background', {})).toBe(1)
})

test('a bundle that does not load, or has no handler, fails its calls', async () => {
  const broken = await startWorkers('throw new Error("at start")')
  await expect(broken.runtime.invoke('Background')).rejects.toThrow('at start')
  const nameless = await startWorkers('export const other = 1')
  await expect(nameless.runtime.invoke('Background')).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' })
})

test('what a function prints goes to the log', async () => {
  const { runtime, lines } = await startWorkers(
    'export const handler = async () => { console.log("said"); console.error("shouted") }',
  )
  await runtime.invoke('Background')
  await expect.poll(() => [...lines].sort()).toEqual(['said', 'shouted'])
})

test('Invoke by ARN, by name and asynchronously; an unknown function is 404', async () => {
  const { recorder, environment } = await startTiny({ handlers: { Background: (event) => ({ got: event.n }) } })
  const client = clientOf(environment('Message').AWS_ENDPOINT_URL_LAMBDA)
  const name = environment('Message').BACKGROUND ?? ''
  for (const FunctionName of [name, `arn:aws:lambda:us-east-1:000000000000:function:${name}`]) {
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload: '{"n":1}' }))
    expect(answer.Payload?.transformToString()).toBe('{"got":1}')
  }
  const queued = await client.send(
    new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: '{"n":2}' }),
  )
  expect(queued.StatusCode).toBe(202)
  expect(await recorder.nth('Background', 3)).toEqual({ n: 2 })
  const nobody = client.send(new InvokeCommand({ FunctionName: 'nobody' }))
  await expect(nobody).rejects.toBeInstanceOf(ResourceNotFoundException)
})

test.each([
  [undefined, 3],
  [0, 1],
  [1, 2],
])('a failing asynchronous call with MaximumRetryAttempts %s is tried %i times', async (retries, tries) => {
  const { recorder, environment } = await startTiny({
    handlers: { Background: ({ fail }) => (fail ? Promise.reject(new Error('no')) : null) },
    limits: { asyncRetryMilliseconds: 1 },
    edit: {
      Retries: retries !== undefined && {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'Background' }, MaximumRetryAttempts: retries, Qualifier: '$LATEST' },
      },
    },
  })
  const url = `${environment('Message').AWS_ENDPOINT_URL_LAMBDA}/2015-03-31/functions/streamit-Background/invocations`
  const send = (body: string, type: string) =>
    fetch(url, { method: 'POST', body, headers: { 'x-amz-invocation-type': type } })
  await send('{"fail":true}', 'Event')
  await recorder.nth('Background', tries)
  // Anything more would come before an answer to a call made well after the pause.
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(recorder.all('Background')).toHaveLength(tries)
})
