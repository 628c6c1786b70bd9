import { describe, expect, test } from 'vitest'
import { retryDelay } from '../../client/connection/connection-state.ts'
import { EPOCH } from './simulated/network.ts'
import { createWorld, enter } from './simulated/people.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const arrive = async (traits: Partial<Parameters<typeof enter>[1]> = {}) => {
  const world = createWorld()
  const person = enter(world, { name: 'ana', ...traits })
  const statuses: string[] = []
  person.session.store.subscribe(() => {
    const { status } = person.session.store.get().connection
    if (statuses.at(-1) !== status) statuses.push(status)
  })
  await world.time.pass(1_000)
  const cut = () => {
    for (const socket of [...world.room.sockets]) {
      socket.close()
      socket.received({ type: 'close' })
    }
  }
  return { ...world, ...person, statuses, cut, status: () => person.session.store.get().connection.status }
}

test('opens with the greeting', async () => {
  const { status, statuses, session } = await arrive()
  expect(status()).toBe('open')
  expect(statuses).toEqual(['connecting', 'open'])
  expect(session.store.get().people.list).toMatchObject([{ user_id: 'ana' }])
})

test('a wait doubles up to 30 s and is drawn from its upper half', () => {
  expect([1, 2, 3, 20].map((attempt) => retryDelay(attempt, 0))).toEqual([250, 500, 1_000, 15_000])
  expect([1, 2, 3, 20].map((attempt) => retryDelay(attempt, 1))).toEqual([500, 1_000, 2_000, 30_000])
})

describe('a lost socket', () => {
  test('is dialled again after a wait, and the first wait is short again once a socket has held', async () => {
    const { time, statuses, cut, session } = await arrive()
    for (const _ of [1, 2]) {
      await time.pass(11_000)
      cut()
      await time.pass(45)
      expect(session.store.get().connection).toMatchObject({ status: 'waiting', attempt: 1 })
      await time.pass(1_000)
    }
    expect(statuses).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open', 'waiting', 'connecting', 'open'])
  })

  test('that never holds is waited for longer and longer', async () => {
    const { time, cut, session } = await arrive()
    const waits: number[] = []
    for (let n = 0; n < 4; n += 1) {
      cut()
      await time.pass(45)
      const { connection } = session.store.get()
      if (connection.status === 'waiting') waits.push(connection.retryInMs)
      await time.pass(5_000)
    }
    expect(waits).toHaveLength(4)
    expect(waits).toEqual(waits.toSorted((one, other) => one - other))
  })

  test('is noticed 10 s after a PING without an answer, and dialled at once when the network returns', async () => {
    const { time, device, status } = await arrive()
    device.setOffline(true)
    await time.pass(61_000 + 11_000)
    expect(status()).not.toBe('open')
    await time.pass(2 * MINUTE_MS)
    expect(status()).toBe('waiting')
    device.setOffline(false)
    device.announceOnline()
    await time.pass(300)
    expect(status()).toBe('open')
  })

  test('that is merely suspected when the network returns is asked for a PONG', async () => {
    const { time, device, status } = await arrive()
    const pings = () => device.sent.filter(({ type }) => type === 'PING').length
    await time.pass(5_000)
    const before = pings()
    device.announceOnline()
    expect(pings()).toBe(before + 1)
    device.setOffline(true)
    device.announceOnline()
    await time.pass(10_100)
    expect(status()).not.toBe('open')
  })

  test('that is being dialled into a dead network is dialled anew when the network returns', async () => {
    const world = createWorld()
    const accept = world.room.accept
    world.room.accept = () => undefined
    const { session, device } = enter(world, { name: 'ana' })
    await world.time.pass(3_000)
    world.room.accept = accept
    device.announceOnline()
    await world.time.pass(200)
    expect(session.store.get().connection.status).toBe('open')
    await world.time.pass(30_000)
    expect(world.room.sockets.size).toBe(1)
  })

  test('whose greeting never comes is given up after 15 s', async () => {
    const world = createWorld()
    const accept = world.room.accept
    world.room.accept = (socket) => {
      socket.send({ type: 'ROOM_PARTICIPANTS', participants: [], host: 'host', members: [], viewers: 0, at: EPOCH })
      return undefined
    }
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(14_900)
    expect(session.store.get().connection.status).toBe('connecting')
    await world.time.pass(150)
    expect(session.store.get().connection.status).toBe('waiting')
    world.room.accept = accept
    await world.time.pass(1_000)
    expect(session.store.get().connection.status).toBe('open')
  })
})

describe('for good', () => {
  test.each([
    [401, 'unauthorized'],
    [403, 'not_a_member'],
    [403, 'service_banned'],
    [404, 'room_not_found'],
  ])('a handshake that fails while the room answers %i is not repeated', async (status, code) => {
    const world = createWorld()
    world.room.refuse({ status, code })
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(HOUR_MS)
    expect(session.store.get().connection).toEqual({ status: 'closed', code, message: 'No.' })
    expect(world.room.calls).toHaveLength(1)
  })

  test('a handshake that fails while the room cannot be asked, or knows no reason, is repeated', async () => {
    const world = createWorld()
    world.room.refuse({ status: 500, code: 'fault' })
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(MINUTE_MS)
    expect(world.room.calls.length).toBeGreaterThan(3)
    world.room.refuse(undefined)
    await world.time.pass(31_000)
    expect(session.store.get().connection.status).toBe('open')
  })

  test.each(['REMOVED', 'ROOM_DELETED'] as const)(
    '%s closes, and nothing is dialled or sent after it',
    async (type) => {
      const { time, room, session, device, cut } = await arrive()
      room.tell({ type, code: 'kicked', message: 'The host removed you.' })
      cut()
      await time.pass(1_000)
      const sent = device.sent.length
      await time.pass(3 * HOUR_MS)
      device.announceOnline()
      await time.pass(MINUTE_MS)
      expect(session.store.get().connection).toEqual({
        status: 'closed',
        code: 'kicked',
        message: 'The host removed you.',
      })
      expect([device.sent.length, room.sockets.size]).toEqual([sent, 0])
    },
  )

  test('a reason of a newer server closes as well, as `unknown` with its sentence', async () => {
    const { time, room, session } = await arrive()
    for (const socket of room.sockets) socket.send({ type: 'REMOVED', code: 'weekdays', message: 'Not today.' })
    await time.pass(1_000)
    expect(session.store.get().connection).toEqual({ status: 'closed', code: 'unknown', message: 'Not today.' })
  })

  test('a PING that finds the token revoked closes', async () => {
    const { time, room, session } = await arrive()
    room.tell({ type: 'ERROR', code: 'unauthorized', message: 'Sign in.', re: 'PING' })
    room.tell({ type: 'REMOVED', code: 'signed_out', message: 'You signed out.' })
    await time.pass(1_000)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'signed_out' })
  })

  test('an ERROR that says why is followed by the goodbye, whose reason is the one that counts', async () => {
    const { time, room, session } = await arrive()
    room.tell({ type: 'ERROR', code: 'not_a_member', message: 'Join first.', re: 'PING' })
    await time.pass(1_000)
    expect(session.store.get().connection.status).toBe('open')
    room.tell({ type: 'ROOM_DELETED', code: 'room_deleted', message: 'The host deleted the room.' })
    await time.pass(1_000)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'room_deleted' })
  })

  test('closing by oneself is heard by the room', async () => {
    const { time, room, session } = await arrive()
    session.close()
    session.close()
    await time.pass(1_000)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'closed' })
    expect(room.told.at(-1)).toMatchObject({ type: 'USER_LEFT', user: 'ana' })
  })
})

describe('over hours', () => {
  test('a socket is replaced before the 2 h limit without a leave, a join or a moment closed', async () => {
    const { time, room, statuses } = await arrive()
    const first = [...room.sockets][0]
    let most = 0
    for (let minute = 0; minute < 6 * 60; minute += 1) {
      await time.pass(MINUTE_MS)
      most = Math.max(most, room.sockets.size)
      const [only] = room.sockets
      if (minute === 119) expect(only).not.toBe(first)
    }
    expect(statuses).toEqual(['connecting', 'open'])
    expect(room.told.filter(({ type }) => type === 'USER_LEFT' || type === 'USER_JOINED')).toHaveLength(1)
    expect(room.sockets.size).toBe(1)
  }, 20_000)

  test('a successor that cannot be opened is tried again, and the old socket serves on', async () => {
    const { time, room, status } = await arrive()
    const [first] = room.sockets
    const accept = room.accept
    room.accept = () => 503
    await time.pass(116 * MINUTE_MS)
    expect(status()).toBe('open')
    expect([...room.sockets]).toEqual([first])
    room.accept = accept
    await time.pass(2 * MINUTE_MS)
    expect([...room.sockets]).not.toContain(first)
    expect(status()).toBe('open')
  })

  test('a socket lost while its successor is being dialled leaves the successor', async () => {
    const { time, room, device, status } = await arrive()
    const accept = room.accept
    let dialled = 0
    room.accept = (socket) => {
      dialled += 1
      time.after(5_000, () => accept(socket))
      return undefined
    }
    while (dialled === 0) await time.pass(1_000)
    const [old] = room.sockets
    old?.close()
    await time.pass(100)
    expect(status()).toBe('connecting')
    await time.pass(6_000)
    expect([status(), dialled]).toEqual(['open', 1])
    expect(device.sent.length).toBeGreaterThan(0)
  })

  test('no two frames are further apart than the platform allows to be idle', async () => {
    const { time, device } = await arrive()
    await time.pass(HOUR_MS)
    const gaps = device.sent.slice(1).map(({ at }, index) => at - (device.sent[index]?.at ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(10 * MINUTE_MS)
  })
})

test('frames that are none of ours change nothing', async () => {
  const { time, room, session, status } = await arrive()
  const before = session.store.get()
  for (const frame of [{}, { message: 'Internal server error' }, { type: 7 }, { type: 'TOMORROW' }, [1], 'text', null])
    for (const socket of room.sockets) socket.send(frame as object)
  await time.pass(1_000)
  expect(session.store.get()).toBe(before)
  expect(status()).toBe('open')
})
