import { expect, test } from 'vitest'
import { connect } from './socket-client.ts'
import { startTiny } from './tiny-runtime.ts'
import { answeringRoute, socketRoute } from './tiny-stack.ts'

test('a frame goes to the route that its body names, and to $default otherwise', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  const frames = [
    '{"type":"PING"}',
    '{"type":"CHAT"}',
    'not JSON',
    '[]',
    '{"type":{"a":1}}',
    '{"__proto__":{"type":"PING"}}',
    'null',
  ]
  for (const [index, frame] of frames.entries()) {
    client.send(frame)
    await recorder.nth('Message', index + 1)
  }
  expect(recorder.all('Message').map((event) => event.requestContext.routeKey)).toEqual([
    'PING',
    ...Array(6).fill('$default'),
  ])
  expect(recorder.all('Message').map((event) => event.body)).toEqual(frames)
})

test('a frame that names $connect or $disconnect reaches that function as a MESSAGE', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: '$connect' })
  client.send({ type: '$disconnect' })
  const connected = await recorder.nth('Connect', 2)
  const disconnected = await recorder.nth('Disconnect', 1)
  expect(connected.requestContext).toMatchObject({ eventType: 'MESSAGE', routeKey: '$connect' })
  expect(disconnected.requestContext).toMatchObject({ eventType: 'MESSAGE', routeKey: '$disconnect' })
  expect(runtime.connections()).toHaveLength(1)
})

test('a route response sends the body to the sender, an empty frame without one; other routes stay silent', async () => {
  const answers = [
    { statusCode: 200, body: 'pong' },
    { statusCode: 200 },
    undefined,
    { statusCode: 200, body: 'unheard' },
  ]
  const { runtime, recorder } = await startTiny({ handlers: { Message: () => answers.shift() } })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'PING' })
  expect(await client.next()).toBe('pong')
  client.send({ type: 'PING' })
  expect(await client.next()).toBe('')
  client.send({ type: 'PING' })
  expect(await client.next()).toBe('')
  client.send({ type: 'CHAT' })
  await recorder.nth('Message', 4)
  client.send({ type: 'PING' })
  expect(await client.next()).toBe('')
  expect(client.frames).toEqual([])
})

test('a throwing function tells the client "Internal server error"', async () => {
  const { runtime, recorder } = await startTiny({ handlers: { Message: () => Promise.reject(new Error('a secret')) } })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'CHAT' })
  const { requestContext } = await recorder.nth('Message', 1)
  expect(JSON.parse(await client.next())).toEqual({
    message: 'Internal server error',
    connectionId: requestContext.connectionId,
    requestId: requestContext.requestId,
  })
  expect(client.socket.readyState).toBe(client.socket.OPEN)
})

test('an integration that takes too long is given up', async () => {
  const { runtime } = await startTiny({
    handlers: { Message: () => new Promise(() => {}) },
    limits: { integrationMilliseconds: 20 },
  })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'CHAT' })
  expect(JSON.parse(await client.next()).message).toBe('Endpoint request timed out')
})

test('frames of one client run concurrently and may finish in another order', async () => {
  let finishFirst = () => {}
  const { runtime } = await startTiny({
    handlers: {
      Message: (event) => {
        const { name } = JSON.parse(event.body)
        const answer = { statusCode: 200, body: name }
        if (name === 'second') return answer
        return new Promise((resolve) => {
          finishFirst = () => resolve(answer)
        })
      },
    },
  })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'PING', name: 'first' })
  client.send({ type: 'PING', name: 'second' })
  expect(await client.next()).toBe('second')
  finishFirst()
  expect(await client.next()).toBe('first')
})

test('a message of 128 KB in frames of 32 KB arrives; one more byte closes with 1009', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  const sendInFrames = (bytes: number) => {
    for (let sent = 0; sent < bytes; sent += 32 * 1024) {
      const size = Math.min(32 * 1024, bytes - sent)
      client.socket.send('x'.repeat(size), { fin: sent + size === bytes })
    }
  }
  sendInFrames(128 * 1024)
  expect((await recorder.nth('Message', 1)).body).toHaveLength(128 * 1024)
  sendInFrames(128 * 1024 + 1)
  expect((await client.closed).code).toBe(1009)
  expect(recorder.all('Message')).toHaveLength(1)
})

test('a frame over 32 KB closes with 1009 and reaches no function', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send('x'.repeat(32 * 1024))
  await recorder.nth('Message', 1)
  client.send('x'.repeat(32 * 1024 + 1))
  expect((await client.closed).code).toBe(1009)
  const event = await recorder.nth('Disconnect', 1)
  expect(event.requestContext.disconnectStatusCode).toBe(1009)
  expect(recorder.all('Message')).toHaveLength(1)
})

test('a binary frame closes with 1003', async () => {
  const { runtime, recorder } = await startTiny()
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.socket.send(Buffer.from('{"type":"CHAT"}'))
  expect((await client.closed).code).toBe(1003)
  expect(recorder.all('Message')).toEqual([])
})

test('a connection without traffic goes away, traffic keeps it', async () => {
  const { runtime } = await startTiny({ limits: { idleMilliseconds: 150 } })
  const busy = await connect(runtime.realtimeUrl({ token: 't' }))
  const idle = await connect(runtime.realtimeUrl({ token: 't' }))
  const chatter = setInterval(() => busy.send({ type: 'CHAT' }), 20)
  expect(await idle.closed).toEqual({ code: 1001, reason: 'Going away' })
  clearInterval(chatter)
  expect(busy.socket.readyState).toBe(busy.socket.OPEN)
})

test('a connection goes away at the end of its time, traffic or not', async () => {
  const { runtime } = await startTiny({ limits: { durationMilliseconds: 150 } })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  const chatter = setInterval(() => client.send({ type: 'CHAT' }), 20)
  expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' })
  clearInterval(chatter)
})

test('a route, or another selection expression, added to the template is followed', async () => {
  const { runtime, recorder } = await startTiny({
    edit: {
      ...answeringRoute('SYNC', 'Background'),
      ...socketRoute('LEAVE', 'Http'),
      'SocketApi.Properties.RouteSelectionExpression': '$request.body.kind.name',
    },
    handlers: { Background: () => ({ body: 'synced' }) },
  })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ kind: { name: 'SYNC' } })
  expect(await client.next()).toBe('synced')
  client.send({ kind: { name: 'LEAVE' } })
  expect((await recorder.nth('Http', 1)).requestContext.routeKey).toBe('LEAVE')
})

test('without $default an unknown frame is answered "Forbidden"', async () => {
  const { runtime, recorder } = await startTiny({
    edit: { SocketdefaultRoute: undefined },
  })
  const client = await connect(runtime.realtimeUrl({ token: 't' }))
  client.send({ type: 'CHAT' })
  expect(JSON.parse(await client.next()).message).toBe('Forbidden')
  expect(recorder.all('Message')).toEqual([])
})
