import { afterEach, describe, expect, test, vi } from 'vitest'
import { createApi } from '../../client/api/api.ts'
import { report } from '../../client/report.ts'
import { openRoom } from '../../client/room/open-room.ts'
import { createDevice } from './simulated/network.ts'
import { createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'

/** What a connection does when the network, the page or the device does something wrong. */

afterEach(() => vi.unstubAllGlobals())

const cutLines = ({ room }: World) => {
  for (const socket of [...room.sockets]) {
    socket.close()
    socket.received({ type: 'close' })
  }
}

const arrive = (world: World, token: string) => {
  const { runtime, announceOnline } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  const open = () =>
    openRoom({ api: createApi({ origin: 'https://streamit.example', token, runtime }), code: CODE, runtime })
  return { runtime, announceOnline, open }
}

test('11a a page of the network on the way, with status 403, does not close the connection for good', async () => {
  const world = createWorld()
  const { session } = enter(world, { name: 'ana' })
  await world.time.pass(1_000)
  const { accept } = world.room
  world.room.accept = () => 503
  world.room.instead = () => ({ status: 403, body: '<html>Hotel wifi</html>' })
  cutLines(world)
  await world.time.pass(5_000)
  world.room.accept = accept
  world.room.instead = undefined
  await world.time.pass(120_000)
  expect(session.store.get().connection.status).toBe('open')
})

test('11b a network that returns while the reason is being asked for is used within seconds', async () => {
  const world = createWorld()
  const { runtime, announceOnline, open } = arrive(world, 'ana')
  const { fetch } = runtime
  let hangs = false
  runtime.fetch = (url, init) =>
    hangs
      ? new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(new Error('aborted'))))
      : fetch(url, init)
  const session = open()
  await world.time.pass(15_000)
  const { accept } = world.room
  world.room.accept = () => 503
  hangs = true
  cutLines(world)
  await world.time.pass(1_500)
  world.room.accept = accept
  hangs = false
  announceOnline()
  session.wake()
  await world.time.pass(3_000)
  expect(session.store.get().connection.status).toBe('open')
})

test.each([
  [200, '<html>Welcome to the hotel</html>'],
  [200, {}],
  [401, '<html>Sign in to the hotel</html>'],
  [401, { message: 'Unauthorized' }],
  [403, { message: 'Forbidden' }],
  [404, '<html>Nothing here</html>'],
  [403, { error: 'Blocked.', code: 'blocked_by_policy' }],
  [403, { error: 'Only at weekends.', code: 'weekdays' }],
])('[H8] an answer %i %j to the question why a handshake failed is not final', async (status, body) => {
  const world = createWorld()
  const { session } = enter(world, { name: 'ana' })
  await world.time.pass(1_000)
  const { accept } = world.room
  world.room.accept = () => 503
  world.room.instead = () => ({ status, body })
  cutLines(world)
  await world.time.pass(120_000)
  expect(session.store.get().connection.status).not.toBe('closed')
  world.room.accept = accept
  world.room.instead = undefined
  await world.time.pass(31_000)
  expect(session.store.get().connection.status).toBe('open')
})

test('11c a connection that a subscriber closes stays closed', async () => {
  const world = createWorld()
  const { session } = enter(world, { name: 'ana' })
  await world.time.pass(1_000)
  session.store.subscribe(() => {
    if (session.store.get().connection.status === 'waiting') session.close()
  })
  cutLines(world)
  await world.time.pass(5_000)
  expect(session.store.get().connection.status).toBe('closed')
  expect(world.room.sockets.size).toBe(0)
})

test('11d a subscriber that throws is reported, and keeps neither the session nor other subscribers from hearing', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const world = createWorld()
  const session = arrive(world, 'host').open()
  await world.time.pass(1_000)
  let told = 0
  session.store.subscribe(() => {
    throw new Error('The page failed.')
  })
  session.store.subscribe(() => {
    told += 1
  })
  session.play(0)
  await world.time.pass(10_000)
  expect(world.room.playback.version).toBe(2)
  expect(world.room.told.filter(({ type }) => type === 'PLAY')).toHaveLength(1)
  expect(told).toBeGreaterThan(1)
  expect(reported).toHaveLength(told)
  expect(reported[0]).toEqual(new Error('The page failed.'))
})

test('11d an onError that throws is reported, and the room goes on', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const world = createWorld()
  const onError = () => {
    throw new Error('The page failed.')
  }
  const { session } = enter(world, { name: 'ana', options: { onError } })
  await world.time.pass(1_000)
  world.room.tell({ type: 'ERROR', code: 'unknown_type', message: '' })
  world.room.say('host', 'Hello')
  await world.time.pass(1_000)
  expect(reported).toEqual([new Error('The page failed.')])
  expect(session.store.get().messages).toHaveLength(1)
})

test('11d a player that cannot be read yet is reported, followed once it can, and let go of as any other', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const world = createWorld()
  const { session, player } = enter(world, { name: 'host' })
  await world.time.pass(1_000)
  session.play(0)
  await world.time.pass(3_000)
  player.meddle(true)
  let isReady = false
  let reads = 0
  const detach = session.attach({
    ...player,
    read: () => {
      reads += 1
      if (!isReady) throw new TypeError('getCurrentTime is not a function')
      return player.read()
    },
  })
  await world.time.pass(1_000)
  expect(reported[0]).toEqual(new TypeError('getCurrentTime is not a function'))
  isReady = true
  await world.time.pass(3_000)
  expect(player.isMoving()).toBe(true)
  detach()
  const before = reads
  await world.time.pass(1_000)
  expect(reads).toBe(before)
})

test('a player that is attached after the end is left alone', async () => {
  const world = createWorld()
  const { session, player } = enter(world, { name: 'ana' })
  await world.time.pass(1_000)
  session.close()
  let reads = 0
  const read = () => {
    reads += 1
    return player.read()
  }
  const detach = session.attach({ ...player, read })
  await world.time.pass(1_000)
  expect(reads).toBe(0)
  detach()
})

test('11d without a page to report to, the error surfaces on its own', async () => {
  const thrown: (() => void)[] = []
  vi.stubGlobal('queueMicrotask', (run: () => void) => thrown.push(run))
  report(new Error('The page failed.'))
  expect(thrown[0]).toThrow('The page failed.')
})

test('where no socket can be opened that is reported, and tried again', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const world = createWorld()
  const { runtime, open } = arrive(world, 'ana')
  const { openSocket } = runtime
  runtime.openSocket = () => {
    throw new SyntaxError('The address is none.')
  }
  const session = open()
  await world.time.pass(30_000)
  expect(session.store.get().connection.status).toBe('waiting')
  expect(reported.length).toBeGreaterThan(1)
  runtime.openSocket = openSocket
  await world.time.pass(31_000)
  expect(session.store.get().connection.status).toBe('open')
})

test('a subscriber hears of an event once every part of the session knows of it', async () => {
  const world = createWorld()
  const { session } = enter(world, { name: 'host' })
  await world.time.pass(1_000)
  const seen: string[] = []
  session.store.subscribe(() => {
    const { intent, playback } = session.store.get()
    seen.push(`${intent?.type ?? 'heard'} ${playback?.version}`)
  })
  session.play(0)
  await world.time.pass(300)
  expect(seen).toEqual(['PLAY 1', 'heard 2'])
})

describe('11c close() from within a subscriber holds', () => {
  test.each(['connecting', 'open', 'waiting'] as const)('in the state %s', async (status) => {
    const world = createWorld()
    const { session } = enter(world, { name: 'ana' })
    const { accept } = world.room
    if (status !== 'open') {
      await world.time.pass(1_000)
      if (status === 'connecting') world.room.accept = () => undefined
    }
    session.store.subscribe(() => {
      if (session.store.get().connection.status === status) session.close()
    })
    if (status !== 'open') cutLines(world)
    await world.time.pass(3_000)
    world.room.accept = accept
    await world.time.pass(60_000)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'closed' })
    expect(world.room.sockets.size).toBe(0)
    const calls = world.room.calls.length
    await world.time.pass(3_600_000)
    expect(world.room.calls).toHaveLength(calls)
  })

  test.each(['ROOM_PARTICIPANTS', 'CHAT_HISTORY', 'PLAYBACK_STATE'])('told of the first %s', async (type) => {
    const world = createWorld()
    world.room.say('host', 'Hello')
    const { runtime, open } = arrive(world, 'ana')
    const { openSocket } = runtime
    let isDue = false
    runtime.openSocket = (url, listeners) =>
      openSocket(url, {
        ...listeners,
        received: (text) => {
          isDue = JSON.parse(text).type === type
          listeners.received(text)
        },
      })
    const session = open()
    session.store.subscribe(() => {
      if (isDue) session.close()
    })
    await world.time.pass(10_000)
    expect([session.store.get().connection.status, world.room.sockets.size]).toEqual(['closed', 0])
  })
})
