import { describe, expect, test } from 'vitest'
import { createApi } from '../../client/api/api.ts'
import { openRoom } from '../../client/room/open-room.ts'
import { createDevice } from './simulated/network.ts'
import { createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'

const cutLines = ({ room }: World) => {
  for (const socket of [...room.sockets]) {
    socket.close()
    socket.received({ type: 'close' })
  }
}

/** A call that hangs until its caller gives up. */
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

const arrive = (world: World, token: string) => {
  const { runtime, announceOnline } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  const open = () =>
    openRoom({ api: createApi({ origin: 'https://streamit.example', token, runtime }), code: CODE, runtime })
  return { runtime, announceOnline, open }
}

describe('a wake', () => {
  /** Nothing answers until the network is back; how long it then takes until the room is open. */
  const backAfter = async (deadFor: number, before: (world: World) => void = () => {}) => {
    const world = createWorld()
    const { runtime, announceOnline, open } = arrive(world, 'ana')
    const { fetch } = runtime
    let isDead = false
    const { accept } = world.room
    runtime.fetch = (url, init) => (isDead ? never(init.signal) : fetch(url, init))
    const session = open()
    await world.time.pass(15_000)
    isDead = true
    before(world)
    cutLines(world)
    await world.time.pass(deadFor)
    isDead = false
    world.room.accept = accept
    announceOnline()
    const back = world.time.now()
    while (session.store.get().connection.status !== 'open' && world.time.now() - back < 60_000)
      await world.time.pass(50)
    await world.time.pass(30_000)
    expect(world.room.sockets.size).toBe(1)
    return world.time.now() - 30_000 - back
  }

  test('while waiting dials at once', async () => {
    expect(await backAfter(60)).toBeLessThan(500)
  })

  test.each([700, 1_500, 2_400, 5_000])(
    '%i ms after the loss of a line, in a dial that hangs, dials anew within seconds',
    async (ms) => {
      const hangs = (world: World) => {
        world.room.accept = () => undefined
      }
      expect(await backAfter(ms, hangs)).toBeLessThan(2_500)
    },
  )

  test('while the reason is being asked for dials anew', async () => {
    const refuses = (world: World) => {
      world.room.accept = () => 503
    }
    expect(await backAfter(2_000, refuses)).toBeLessThan(500)
  })

  test('while open asks for a PONG, and dials anew where none comes within five seconds', async () => {
    const world = createWorld()
    const { session, device } = enter(world, { name: 'ana' })
    await world.time.pass(5_000)
    device.setOffline(true)
    session.wake()
    await world.time.pass(5_100)
    expect(session.store.get().connection.status).not.toBe('open')
  })

  test('in a handover whose successor hangs dials another one, and nobody hears a leave', async () => {
    const world = createWorld()
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(1_000)
    const { accept } = world.room
    let dialled = 0
    world.room.accept = () => {
      dialled += 1
      return undefined
    }
    while (dialled === 0) await world.time.pass(1_000)
    const [old] = world.room.sockets
    await world.time.pass(3_000)
    world.room.accept = accept
    session.wake()
    await world.time.pass(3_000)
    expect([...world.room.sockets]).not.toContain(old)
    expect(world.room.sockets.size).toBe(1)
    expect(session.store.get().connection.status).toBe('open')
    expect(world.room.told.filter(({ type }) => type === 'USER_LEFT')).toEqual([])
  })

  test('after the end changes nothing', async () => {
    const world = createWorld()
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(1_000)
    session.close()
    session.wake()
    await world.time.pass(60_000)
    expect([session.store.get().connection.status, world.room.sockets.size]).toEqual(['closed', 0])
  })
})
