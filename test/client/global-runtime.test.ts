import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createApi } from '../../client/api/api.ts'
import { globalRuntime } from '../../client/runtime.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A real server that echoes every frame and answers every call with its path. */
const listen = async () => {
  const server = createServer((request, response) => response.end(JSON.stringify({ path: request.url })))
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.send(Buffer.from([1, 2, 3]))
    socket.on('message', (data) => socket.send(data.toString()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    sockets.close()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a real socket opens, carries text both ways and closes', async () => {
  const address = await listen()
  const heard: string[] = []
  await new Promise<void>((resolve) => {
    const socket = globalRuntime.openSocket(`ws://${address}/`, {
      opened: () => {
        heard.push('opened')
        socket.send('hello')
      },
      received: (text) => {
        heard.push(text)
        socket.close()
      },
      closed: resolve,
    })
  })
  expect(heard).toEqual(['opened', 'hello'])
})

test('a real call is made with the global fetch', async () => {
  const api = createApi({ origin: `http://${await listen()}` })
  expect(await api.call('health', {})).toEqual({ path: '/api/health' })
})

test('timers, clocks and chance are those of the place', async () => {
  const before = [globalRuntime.now(), globalRuntime.wall()] as const
  await new Promise<void>((resolve) => {
    globalRuntime.after(1, () => expect.unreachable())()
    globalRuntime.after(5, resolve)
  })
  expect(globalRuntime.now()).toBeGreaterThan(before[0])
  expect(globalRuntime.wall()).toBeGreaterThan(before[1])
  expect(globalRuntime.random()).toBeLessThan(1)
})

test('the return of the network is heard where the global tells of it', () => {
  const target = new EventTarget()
  Object.assign(globalThis, {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  })
  ends.push(() => Object.assign(globalThis, { addEventListener: undefined, removeEventListener: undefined }))
  let returned = 0
  const cancel = globalRuntime.onOnline(() => {
    returned += 1
  })
  target.dispatchEvent(new Event('online'))
  cancel()
  target.dispatchEvent(new Event('online'))
  expect(returned).toBe(1)
})

test('a place that does not tell of it is no error', () => {
  expect(() => globalRuntime.onOnline(() => undefined)()).not.toThrow()
})
