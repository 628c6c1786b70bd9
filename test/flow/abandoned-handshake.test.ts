import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const greetings: unknown[] = []
const stage = setUpStage({
  onInvoked: ({ id, result }) => {
    if (id === 'Welcome') greetings.push(result)
  },
})

/** Asks for the upgrade and closes its half at once, as a client does that gives up. */
const abandon = (code: string, { token }: Person): void => {
  const { hostname, port } = new URL(stage.runtime.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.end(
    `GET /ws/room/${code}/?token=${token} HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  )
}

const greetingsOver = async (count: number): Promise<void> => {
  while (greetings.length < count) await wait(10)
}

it('[W9] a handshake that its client gives up is greeted no longer than its record is there', async () => {
  const { code, host } = await stage.room()
  greetings.length = 0
  const began = performance.now()
  abandon(code, host)
  await greetingsOver(1)
  expect(performance.now() - began).toBeLessThan(2_500)
  expect(['never opened', 'removed meanwhile']).toContain(greetings[0])
  await stage.settled()
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(0)
})

it('[W9] a connection that never opens is given up after three seconds, also where no end of it was told', async () => {
  const { code, host } = await stage.room()
  greetings.length = 0
  stage.runtime.faults.dropDisconnect = true
  const began = performance.now()
  abandon(code, host)
  await greetingsOver(1)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(greetings).toEqual(['never opened'])
  await stage.settled()
  const { presenceOf } = await import('../../functions/table/presences.ts')
  expect(await presenceOf(code, host.id)).toBeUndefined()
})
