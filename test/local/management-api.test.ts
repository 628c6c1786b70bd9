import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  LimitExceededException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { expect, test } from 'vitest'
import { connect } from './socket-client.ts'
import { startTiny } from './tiny-runtime.ts'

const clientOf = (endpoint: string) =>
  new ApiGatewayManagementApiClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })

const startWithClient = async (options: Parameters<typeof startTiny>[0] = {}) => {
  const { runtime, recorder, environment } = await startTiny(options)
  const endpoint = environment('Message').AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI ?? ''
  const api = clientOf(endpoint)
  const post = (id: string, data: string) => api.send(new PostToConnectionCommand({ ConnectionId: id, Data: data }))
  const open = async () => {
    const client = await connect(runtime.realtimeUrl({ token: 't' }))
    const id = runtime.connections().at(-1) ?? ''
    return { client, id }
  }
  return { runtime, recorder, endpoint, api, post, open }
}

test('a post reaches the client and answers 200', async () => {
  const { post, open } = await startWithClient()
  const { client, id } = await open()
  const answer = await post(id, 'hello ä')
  expect(answer.$metadata.httpStatusCode).toBe(200)
  expect(await client.next()).toBe('hello ä')
})

test('a post to a connection that is gone answers 410 as GoneException', async () => {
  const { post, open, recorder } = await startWithClient()
  const { client, id } = await open()
  client.socket.close()
  await recorder.nth('Disconnect', 1)
  const error = await post(id, 'x').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GoneException)
  expect(error).toMatchObject({ $metadata: { httpStatusCode: 410 } })
})

test('a post before $connect has returned answers 410', async () => {
  let status: unknown
  const { runtime, post } = await startWithClient({
    handlers: {
      Connect: async (event) => {
        status = await post(event.requestContext.connectionId, 'early').catch((error: GoneException) => error.name)
        return { statusCode: 200 }
      },
    },
  })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  expect(status).toBe('GoneException')
  await post(runtime.connections()[0] ?? '', 'in time')
  expect(await client.next()).toBe('in time')
})

test('a malformed id answers 400, another stage or path 403, more than 128 KB 413', async () => {
  const { post, open, endpoint } = await startWithClient()
  const { id } = await open()
  const nonsense = await post('nonsense', 'x').catch((thrown: unknown) => thrown)
  expect(nonsense).toMatchObject({ $metadata: { httpStatusCode: 400 } })
  const elsewhere = endpoint.replace('/prod', '/dev')
  for (const url of [`${elsewhere}/@connections/${encodeURIComponent(id)}`, `${endpoint}/connections`, `${endpoint}`])
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(403)
  expect((await fetch(`${endpoint}/@connections/%`, { method: 'POST', body: 'x' })).status).toBe(400)
  await expect(post(id, 'x'.repeat(128 * 1024 + 1))).rejects.toBeInstanceOf(PayloadTooLargeException)
})

test('a client that does not read makes posts answer 429', async () => {
  const { post, open } = await startWithClient({ limits: { bufferedBytes: 100_000 } })
  const { client, id } = await open()
  client.socket.pause()
  const flood = async () => {
    // What the system's own buffers take is not known: so until it is refused.
    for (;;) await post(id, 'x'.repeat(120_000))
  }
  await expect(flood()).rejects.toBeInstanceOf(LimitExceededException)
})

test('DELETE answers 204 and closes with 1000, also for a name with an equals sign in it', async () => {
  const { api, open, recorder } = await startWithClient()
  const { client, id } = await open()
  const answer = await api.send(new DeleteConnectionCommand({ ConnectionId: id }))
  expect(answer.$metadata.httpStatusCode).toBe(204)
  expect((await client.closed).code).toBe(1000)
  await recorder.nth('Disconnect', 1)
  await expect(api.send(new DeleteConnectionCommand({ ConnectionId: id }))).rejects.toBeInstanceOf(GoneException)
})

test('GET tells since when a connection is open and answers 410 for one that is not', async () => {
  const { api, open } = await startWithClient()
  const { id } = await open()
  const answer = await api.send(new GetConnectionCommand({ ConnectionId: id }))
  expect(answer.ConnectedAt).toBeInstanceOf(Date)
  expect(answer.LastActiveAt).toBeInstanceOf(Date)
  expect(answer.Identity?.SourceIp).toMatch(/^(127\.0\.0\.1|::1)$/)
  const other = `${'A'.repeat(15)}=`
  await expect(api.send(new GetConnectionCommand({ ConnectionId: other }))).rejects.toBeInstanceOf(GoneException)
})

test('only functions to which the template gives the stage find its endpoint', async () => {
  const { environment } = await startTiny()
  expect(environment('Message').AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/prod$/,
  )
  expect(environment('Connect')).not.toHaveProperty('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI')
})
