import { createConnection } from 'node:net'
import { expect, test } from 'vitest'
import { connect, refusal } from './socket-client.ts'
import { allow, type Event, startTiny } from './tiny-runtime.ts'

/** Any sixteen bytes. */
const KEY = Buffer.alloc(16).toString('base64')

const deferred = () => {
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  return { gate, release }
}

test('the upgrade waits for the authorizer and then for $connect', async () => {
  const authorizer = deferred()
  const integration = deferred()
  const { runtime, recorder } = await startTiny({
    handlers: {
      Authorizer: (event) => authorizer.gate.then(() => allow(event)),
      Connect: () => integration.gate.then(() => ({ statusCode: 200 })),
    },
  })
  let opened = false
  const opening = connect(runtime.realtimeUrl({ room: 'ABC', token: 't' })).then(() => {
    opened = true
  })
  await recorder.nth('Authorizer', 1)
  expect(recorder.all('Connect')).toEqual([])
  authorizer.release()
  await recorder.nth('Connect', 1)
  expect(opened).toBe(false)
  expect(runtime.connections()).toEqual([])
  integration.release()
  await opening
  expect(runtime.connections()).toHaveLength(1)
})

test('a handshake without the identity source is 401 and asks nobody', async () => {
  const { runtime, recorder } = await startTiny()
  expect(await refusal(runtime.realtimeUrl({ room: 'ABC' }))).toBe(401)
  expect(await refusal(runtime.realtimeUrl({ room: 'ABC', token: '' }))).toBe(401)
  expect(recorder.all('Authorizer')).toEqual([])
})

test('the authorizer is asked at every handshake', async () => {
  const { runtime, recorder } = await startTiny()
  const url = runtime.realtimeUrl({ token: 'same' })
  await connect(url)
  await connect(url)
  expect(recorder.all('Authorizer')).toHaveLength(2)
})

test.each<[string, (event: Event) => unknown, number]>([
  ['Deny', (event) => allow(event, {}, 'Deny'), 403],
  ['a policy for something else', (event) => allow({ methodArn: `${event.methodArn}x` }), 403],
  ['a thrown "Unauthorized"', () => Promise.reject(new Error('Unauthorized')), 401],
  ['any other failure', () => Promise.reject(new Error('unauthorized')), 500],
  ['no policy', () => ({}), 500],
  ['a context that is not flat', (event) => allow(event, { user: { id: 1 } }), 500],
  ['a context above 8 KB', (event) => allow(event, { name: 'x'.repeat(8 * 1024) }), 500],
])('an authorizer with %s refuses the handshake', async (_, authorizer, status) => {
  const { runtime, recorder } = await startTiny({ handlers: { Authorizer: authorizer } })
  expect(await refusal(runtime.realtimeUrl({ token: 't' }))).toBe(status)
  expect(recorder.all('Connect')).toEqual([])
})

test('what $connect answers other than 2xx is the status of the handshake, and a throwing $connect is 502', async () => {
  const answers: (() => unknown)[] = [
    () => ({ statusCode: 429 }),
    () => Promise.reject(new Error('no')),
    () => undefined,
    () => ({ statusCode: 204 }),
  ]
  const { runtime, recorder } = await startTiny({ handlers: { Connect: () => answers.shift()?.() } })
  const url = runtime.realtimeUrl({ token: 't' })
  expect(await refusal(url)).toBe(429)
  expect(await refusal(url)).toBe(502)
  expect(await refusal(url)).toBe(502)
  await connect(url)
  expect(recorder.all('Disconnect')).toEqual([])
})

test('the context of the authorizer arrives as text in every event of the connection', async () => {
  const context = { userId: 'u1', count: 7, admin: false }
  const { runtime, recorder } = await startTiny({ handlers: { Authorizer: (event) => allow(event, context) } })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'CHAT' })
  await recorder.nth('Message', 1)
  client.socket.close(1000)
  for (const fn of ['Connect', 'Message', 'Disconnect']) {
    const event = await recorder.nth(fn, 1)
    expect(event.requestContext.authorizer).toMatchObject({
      principalId: 'ana',
      userId: 'u1',
      count: '7',
      admin: 'false',
    })
  }
})

test('events are told apart by eventType; only $connect has headers and a query', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ room: 'ABC', token: 't' }), { headers: { 'X-Thing': 'one' } })
  client.send({ type: 'CHAT' })
  await recorder.nth('Message', 1)
  client.socket.close(3000, 'bye')
  const connected = await recorder.nth('Connect', 1)
  const message = await recorder.nth('Message', 1)
  const disconnected = await recorder.nth('Disconnect', 1)

  const { connectionId } = connected.requestContext
  expect(connected).toMatchObject({
    queryStringParameters: { room: 'ABC', token: 't' },
    multiValueQueryStringParameters: { room: ['ABC'], token: ['t'] },
    headers: { Host: 'socketapi.execute-api.us-east-1.amazonaws.com', 'X-Thing': 'one' },
    multiValueHeaders: { 'X-Thing': ['one'] },
    requestContext: {
      eventType: 'CONNECT',
      routeKey: '$connect',
      stage: 'prod',
      apiId: 'socketapi',
      domainName: 'socketapi.execute-api.us-east-1.amazonaws.com',
      connectedAt: expect.any(Number),
      requestTimeEpoch: expect.any(Number),
      identity: { sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) },
    },
  })
  expect(message.requestContext).toMatchObject({ eventType: 'MESSAGE', routeKey: '$default', connectionId })
  expect(message.requestContext.messageId).toEqual(expect.any(String))
  expect(message).not.toHaveProperty('headers')
  expect(message).not.toHaveProperty('queryStringParameters')
  expect(disconnected.requestContext).toMatchObject({
    eventType: 'DISCONNECT',
    routeKey: '$disconnect',
    connectionId,
    disconnectStatusCode: 3000,
    disconnectReason: 'bye',
  })
  expect(disconnected).not.toHaveProperty('queryStringParameters')
})

test('a connection id holds an equals sign', async () => {
  const { runtime } = await startTiny()
  await connect(runtime.realtimeUrl({ token: 't' }))
  expect(runtime.connections()[0]).toMatch(/^[\w-]{15}=$/)
})

test('anything but exactly the stage is 403, and without an upgrade it is 426', async () => {
  const { runtime } = await startTiny()
  const base = runtime.url.replace('http', 'ws')
  expect(await refusal(`${base}/prod/?token=t`)).toBe(403)
  expect(await refusal(`${base}/prod/more?token=t`)).toBe(403)
  expect(await refusal(`${base}/?token=t`)).toBe(403)
  expect(await refusal(`${base}/api/prod?token=t`)).toBe(403)
  expect((await fetch(`${runtime.url}/prod?token=t`)).status).toBe(426)
})

test('another identity source in the template is another thing to bring along', async () => {
  const { runtime } = await startTiny({
    edit: { 'SocketAuthorizer.Properties.IdentitySource': ['route.request.header.Authorization'] },
  })
  const url = runtime.realtimeUrl({ token: 't' })
  expect(await refusal(url)).toBe(401)
  await connect(url, { headers: { authorization: 'Bearer t' } })
})

test('a client that leaves during its handshake is said goodbye to', async () => {
  const integration = deferred()
  const { runtime, recorder } = await startTiny({
    handlers: { Connect: () => integration.gate.then(() => ({ statusCode: 200 })) },
  })
  const gone = connect(runtime.realtimeUrl({ token: 't' }), { handshakeTimeout: 100 })
  await expect(gone).rejects.toThrow()
  integration.release()
  const event = await recorder.nth('Disconnect', 1)
  expect(event.requestContext.disconnectStatusCode).toBe(1006)
})

test('and so is one that has closed its half', async () => {
  const integration = deferred()
  const { runtime, recorder } = await startTiny({
    handlers: { Connect: () => integration.gate.then(() => ({ statusCode: 200 })) },
  })
  const { port, pathname, search } = new URL(runtime.realtimeUrl({ token: 't' }))
  const socket = createConnection(Number(port), 'localhost')
  socket.on('error', () => {})
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
  ]
  socket.write([`GET ${pathname}${search} HTTP/1.1`, 'Host: localhost', ...upgrade, '', ''].join('\r\n'))
  await recorder.nth('Connect', 1)
  socket.end()
  // Once the end of the stream has been seen on the other side.
  await new Promise((resolve) => setTimeout(resolve, 50))
  integration.release()
  await recorder.nth('Disconnect', 1)
  socket.destroy()
})

test('closing the runtime closes its sockets, those in their handshake too', async () => {
  const { runtime, recorder } = await startTiny({
    handlers: { Connect: () => new Promise(() => {}) },
  })
  const waiting = connect(runtime.realtimeUrl({ room: 'ABC', token: 't' }))
  waiting.catch(() => {})
  await recorder.nth('Connect', 1)
  await runtime.close()
  await expect(waiting).rejects.toThrow()

  const second = await startTiny()
  const client = await connect(second.runtime.realtimeUrl({ token: 't' }))
  await second.runtime.close()
  expect((await client.closed).code).toBe(1006)
  expect(second.recorder.all('Disconnect')).toEqual([])
})
