import { describe, expect, test, vi } from 'vitest'
import { type Api, createApi } from '../../client/api/api.ts'
import { openRoom } from '../../client/room/open-room.ts'
import type { RoomSession } from '../../client/room/session.ts'
import { createDevice, type Device, EPOCH } from './simulated/network.ts'
import { createWorld, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const LIFE_MS = 12 * HOUR_MS

/** A token issued `ageMs` before the world began. */
const jwt = (ageMs: number, mark: string) => {
  const claims = { sub: mark, iat: (EPOCH - ageMs) / 1000, exp: (EPOCH - ageMs + LIFE_MS) / 1000 }
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${mark}`
}
const markOf = (token: string | undefined) => token?.split('.')[2]

type Visit = { world: World; device: Device; api: Api; renewals: () => number; enter: () => RoomSession }

/** A device with a stored token, and a server that renews tokens after `ms`, and says what time it is if `saysDate`. */
const visit = (ageMs: number, { ms = 0, saysDate = false, wallError = 0 } = {}): Visit => {
  const world = createWorld()
  const device = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  const { runtime } = device
  const { fetch, wall } = runtime
  runtime.wall = () => wall() + wallError
  const headers = () => (saysDate ? { date: new Date(EPOCH + world.time.now()).toUTCString() } : {})
  runtime.fetch = async (url, init) => {
    if (url.endsWith('/auth/refresh')) await new Promise<void>((resolve) => world.time.after(ms, resolve))
    return fetch(url, init)
  }
  let renewed = 0
  world.room.instead = ({ path }) => {
    if (path !== '/api/auth/refresh')
      return saysDate ? { status: 200, body: { id: 'u' }, headers: headers() } : undefined
    renewed += 1
    return { status: 200, body: { access_token: jwt(-world.time.now(), `new ${renewed}`) }, headers: headers() }
  }
  const api = createApi({ origin: 'https://streamit.example', token: jwt(ageMs, 'old'), runtime })
  const enter = () => openRoom({ api, code: CODE, runtime })
  return { world, device, api, renewals: () => renewed, enter }
}

const goodbye = ({ world }: Visit, code: 'expired' | 'signed_out' | 'replaced', only = (_mark?: string) => true) => {
  for (const socket of [...world.room.sockets].filter(({ token }) => only(markOf(token)))) {
    socket.send({ type: 'ERROR', code: 'unauthorized', message: 'Sign in.', re: 'PING' })
    socket.send({ type: 'REMOVED', code, message: 'Bye.' })
    socket.close()
    socket.received({ type: 'close' })
  }
}

describe('a socket', () => {
  test('2a is not dialled before a token that is due has been renewed', async () => {
    const one = visit(11 * HOUR_MS, { ms: 800 })
    const session = one.enter()
    await one.world.time.pass(2_000)
    expect(session.store.get().connection.status).toBe('open')
    expect([...one.world.room.sockets].map(({ token }) => markOf(token))).toEqual(['new 1'])
  })

  test('2a whose token is signed out while a newer one is in hand is dialled again with that', async () => {
    const one = visit(5.9 * HOUR_MS)
    const session = one.enter()
    await one.world.time.pass(20 * MINUTE_MS)
    expect(markOf(one.api.token())).toBe('new 1')
    goodbye(one, 'signed_out', (mark) => mark === 'old')
    await one.world.time.pass(2_000)
    expect(session.store.get().connection.status).toBe('open')
    expect([...one.world.room.sockets].map(({ token }) => markOf(token))).toEqual(['new 1'])
  })

  test('whose own token is signed out closes for good', async () => {
    const one = visit(0)
    const session = one.enter()
    await one.world.time.pass(2_000)
    goodbye(one, 'signed_out')
    await one.world.time.pass(HOUR_MS)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'signed_out' })
  })

  test('whose token has ended is dialled again, with a token that was renewed before', async () => {
    const one = visit(6.5 * HOUR_MS)
    const session = one.enter()
    await one.world.time.pass(2_000)
    goodbye(one, 'expired')
    await one.world.time.pass(2_000)
    expect(session.store.get().connection.status).toBe('open')
  })

  test('whose token has ended, and nothing renews it, closes with what the server says of that', async () => {
    const one = visit(0)
    const session = one.enter()
    await one.world.time.pass(2_000)
    one.world.room.refuse({ status: 401, code: 'unauthorized' })
    goodbye(one, 'expired')
    await one.world.time.pass(MINUTE_MS)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'unauthorized' })
  })

  test('that a newer tab has replaced closes for good', async () => {
    const one = visit(0)
    const session = one.enter()
    await one.world.time.pass(2_000)
    goodbye(one, 'replaced')
    await one.world.time.pass(HOUR_MS)
    expect(session.store.get().connection).toMatchObject({ status: 'closed', code: 'replaced' })
  })

  test('that its own successor replaces before it is greeted ends alone', async () => {
    const one = visit(0)
    const session = one.enter()
    await one.world.time.pass(2_000)
    const [old] = one.world.room.sockets
    const { accept } = one.world.room
    one.world.room.accept = (socket) => {
      old?.send({ type: 'REMOVED', code: 'replaced', message: 'Bye.' })
      old?.close()
      old?.received({ type: 'close' })
      return accept(socket)
    }
    await one.world.time.pass(2 * HOUR_MS)
    expect(session.store.get().connection.status).toBe('open')
  })

  test('that its own successor has replaced ends alone', async () => {
    const one = visit(0)
    const session = one.enter()
    await one.world.time.pass(2_000)
    const [old] = one.world.room.sockets
    while (one.world.room.sockets.size < 2) await one.world.time.pass(500)
    await one.world.time.pass(100)
    old?.send({ type: 'REMOVED', code: 'replaced', message: 'Bye.' })
    await one.world.time.pass(MINUTE_MS)
    expect(session.store.get().connection.status).toBe('open')
  })

  test.each([
    ['begins anew with a wake', true, 1_000, 'new 1'],
    ['is given up after a while', false, 16_000, 'old'],
  ])('does not wait for ever where the renewal hangs: it %s', async (_how, wakes, ms, token) => {
    const one = visit(11 * HOUR_MS)
    const { runtime } = one.device
    const { fetch } = runtime
    let hangs = true
    runtime.fetch = (url, init) =>
      hangs && url.endsWith('/auth/refresh')
        ? new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(new Error('aborted'))))
        : fetch(url, init)
    const session = one.enter()
    await one.world.time.pass(1_000)
    expect(session.store.get().connection.status).toBe('connecting')
    hangs = !wakes
    if (wakes) session.wake()
    await one.world.time.pass(ms)
    expect(session.store.get().connection.status).toBe('open')
    expect([...one.world.room.sockets].map((socket) => markOf(socket.token))).toEqual([token])
  })
})

describe('[A7] a change of password', () => {
  test('2c waits for a renewal that is due, and is asked with the token that came of it', async () => {
    const one = visit(7 * HOUR_MS, { ms: 500 })
    void one.api.call('auth/password', { current: 'x', new: 'yyyyyyyyy' }).catch(() => undefined)
    await one.world.time.pass(2_000)
    const asked = one.world.room.calls.find(({ path }) => path === '/api/auth/password')
    expect(markOf(asked?.token ?? undefined)).toBe('new 1')
    expect(markOf(one.api.token())).toBe('new 1')
  })
})

test('a page that cannot say which token is kept, as where its storage is shut, goes on with the one in hand', async () => {
  const reported: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error))
  const world = createWorld()
  const { runtime } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  const keptToken = () => {
    throw new Error('The storage is shut.')
  }
  const api = createApi({ origin: 'https://streamit.example', token: 'ana', runtime, keptToken })
  const session = openRoom({ api, code: CODE, runtime })
  await world.time.pass(1_000)
  expect(session.store.get().connection.status).toBe('open')
  expect(reported[0]).toEqual(new Error('The storage is shut.'))
  vi.unstubAllGlobals()
})

describe('the age of a token', () => {
  /** Keeps the token fresh once a minute for as long as it would live; how often it was renewed, and the longest it was held. */
  const live = async (one: Visit, hours: number) => {
    for (let minute = 0; minute < hours * 60; minute += 1) {
      void one.api.keepTokenFresh()
      await one.world.time.pass(MINUTE_MS)
    }
    return one.renewals()
  }

  test('2b counts what passed in sleep, where the local clock stood still', async () => {
    const one = visit(0)
    await live(one, 1)
    one.device.sleep(9 * HOUR_MS)
    await one.world.time.pass(9 * HOUR_MS)
    expect(await live(one, 0.1)).toBe(1)
  })

  test.each([
    ['right', 0],
    ['three days ahead', 3 * DAY_MS],
    ['three days behind', -3 * DAY_MS],
    ['eight hours behind', -8 * HOUR_MS],
  ])('is that of the server, where the device’s clock is %s', async (_wrong, wallError) => {
    const fresh = visit(0, { saysDate: true, wallError })
    // Once at the start at the most, while nobody knows better.
    expect(await live(fresh, 5)).toBeLessThanOrEqual(1)
    const old = visit(11 * HOUR_MS, { saysDate: true, wallError })
    void old.api.call('auth/me', {})
    await old.world.time.pass(1_000)
    expect(await live(old, 0.5)).toBe(1)
  })

  test.each([
    ['three days ahead', 3 * DAY_MS, true],
    ['three days ahead, and no answer says the time', 3 * DAY_MS, false],
    ['three days behind', -3 * DAY_MS, true],
    ['eight hours behind', -8 * HOUR_MS, true],
    ['eight hours behind, and no answer says the time', -8 * HOUR_MS, false],
    ['right', 0, true],
  ])(
    'is known of the token of another tab as well, where the clock of both is %s',
    async (_wrong, wallError, saysDate) => {
      const one = visit(0, { saysDate, wallError })
      const { runtime } = one.device
      let token = jwt(0, 'old')
      const onToken = (next = '') => {
        token = next
      }
      const openTab = () =>
        createApi({ origin: 'https://streamit.example', token, runtime, keptToken: () => token, onToken })
      const tabs = [openTab(), openTab()]
      /** Both send their PINGs for so many hours. */
      const pass = async (hours: number) => {
        for (let turn = 0; turn < hours * 120; turn += 1) {
          void tabs[turn % 2]?.keepTokenFresh()
          await one.world.time.pass(MINUTE_MS / 2)
        }
        return one.renewals()
      }
      // Once each at the start at the most, while nobody knows better.
      expect(await pass(5)).toBeLessThanOrEqual(2)
      const before = one.renewals()
      expect((await pass(12)) - before).toBe(2)
    },
  )

  test('is none at all where the clock puts the token of another tab into the future', async () => {
    const one = visit(0, { wallError: -8 * HOUR_MS })
    let token = jwt(8.5 * HOUR_MS, 'old')
    const { runtime } = one.device
    one.api = createApi({ origin: 'https://streamit.example', token, runtime, keptToken: () => token })
    expect(await live(one, 0.1)).toBe(0)
    token = jwt(-one.world.time.now(), 'of another tab')
    expect(await live(one, 5.9)).toBe(0)
    expect(await live(one, 0.2)).toBe(1)
  })

  test('is not changed by setting the clock back', async () => {
    const one = visit(0)
    await live(one, 1)
    const { wall } = one.device.runtime
    one.device.runtime.wall = () => wall() - 5 * DAY_MS
    expect(await live(one, 5.1)).toBe(1)
  })
})
