import { beforeEach, describe, expect, test } from 'vitest'
import { type Api, createApi } from '../../client/api/api.ts'
import { ApiError } from '../../client/api/api-error.ts'
import type { RouteName } from '../../protocol/routes.ts'
import { createDevice, type Device, EPOCH } from './simulated/network.ts'
import { createWorld, type World } from './simulated/people.ts'
import { CODE, type RoomServer } from './simulated/room-server.ts'

const HOUR_MS = 3_600_000
const LIFE_MS = 12 * HOUR_MS

/** A JWT issued `ageMs` ago, to live 12 h; `mark` tells one from another. */
const jwt = (ageMs: number, mark = 'a', now = EPOCH) => {
  const claims = { sub: mark, iat: (now - ageMs) / 1000, exp: (now - ageMs + LIFE_MS) / 1000 }
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${mark}`
}

let world: World
let room: RoomServer
let device: Device
const tokens: (string | undefined)[] = []

const apiWith = (token?: string): Api =>
  createApi({
    origin: 'https://streamit.example',
    runtime: device.runtime,
    onToken: (next) => tokens.push(next),
    ...(token === undefined ? {} : { token }),
  })

/** The outcome of a call, once `ms` have passed. */
const settled = async <T>(promise: Promise<T>, ms = 1_000): Promise<T> => {
  promise.catch(() => undefined)
  await world.time.pass(ms)
  return promise
}

const refusedWith = async (promise: Promise<unknown>, ms?: number): Promise<ApiError> => {
  const error = await settled(promise, ms).catch((caught: unknown) => caught)
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`)
  return error
}

beforeEach(() => {
  world = createWorld()
  room = world.room
  device = createDevice(world.time, world.random, room, { roundTrip: 80 })
  tokens.length = 0
})

describe('a call', () => {
  test('fills path parameters, sends the rest of a GET in the query string, and leaves out what is undefined', async () => {
    const api = apiWith('host')
    await settled(api.call('rooms/messages', { room_id: 'A B', after: undefined }))
    await settled(api.call('rooms/detail', { code: CODE }))
    expect(room.calls).toMatchObject([
      { method: 'GET', path: '/api/rooms/messages?room_id=A+B', token: 'host' },
      { method: 'GET', path: `/api/rooms/${CODE}/detail`, body: {} },
    ])
  })

  test('goes below an origin that was copied with its slash', async () => {
    const api = createApi({ origin: 'https://streamit.example/', runtime: device.runtime })
    await settled(api.call('rooms/detail', { code: CODE })).catch(() => undefined)
    expect(api.origin).toBe('https://streamit.example')
    expect(room.calls.map(({ path }) => path)).toEqual([`/api/rooms/${CODE}/detail`])
  })

  test('sends a POST as JSON, without a token where there is none', async () => {
    const answer = await settled(apiWith().call('rooms/join', { code: CODE, password: 'x' }))
    expect(answer.status).toBe('APPROVED')
    expect(room.calls).toMatchObject([{ method: 'POST', body: { code: CODE, password: 'x' }, token: null }])
  })

  test('adopts the token of a sign-in and drops it on signing out', async () => {
    const user = { id: 'u', display_name: 'Ana', is_guest: true, access_token: jwt(0) }
    room.instead = ({ path }) => ({ status: 200, body: path === '/api/auth/guest' ? user : { success: true } })
    const api = apiWith()
    await settled(api.call('auth/guest', { display_name: 'Ana' }))
    expect(api.token()).toBe(user.access_token)
    await settled(api.call('auth/logout', {}))
    expect(api.token()).toBeUndefined()
    expect(tokens).toEqual([user.access_token, undefined])
  })
})

describe('a refusal', () => {
  const answered = (status: number, body: unknown, headers?: Record<string, string>) => {
    room.instead = () => ({ status, body, ...(headers === undefined ? {} : { headers }) })
    return refusedWith(apiWith('host').call('auth/me', {}))
  }

  test('arrives with its code, status, sentence and seconds to wait', async () => {
    const error = await answered(403, { error: 'Later.', code: 'kicked', retry_after: 600 })
    expect(error).toMatchObject({ code: 'kicked', status: 403, message: 'Later.', retryAfter: 600 })
  })

  test('of a newer server, with a code that is not known here, is told with its sentence', async () => {
    const error = await answered(403, { error: 'Only at weekends.', code: 'weekdays' })
    expect(error).toMatchObject({ code: 'unknown', status: 403, message: 'Only at weekends.' })
  })

  test.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'unexpected'],
    [413, 'too_large'],
    [429, 'throttled'],
    [503, 'unavailable'],
    [302, 'unexpected'],
    [200, 'unexpected'],
  ])('[H8] in the form of the gateway is told by its status: %i is %s', async (status, code) => {
    expect(await answered(status, '<html></html>')).toMatchObject({ status, code, retryAfter: undefined })
  })

  test('takes the seconds to wait from the header where the body has none, and only if they are seconds', async () => {
    expect((await answered(429, { message: 'Limit' }, { 'retry-after': '7' })).retryAfter).toBe(7)
    expect((await answered(429, {}, { 'retry-after': 'tomorrow' })).retryAfter).toBeUndefined()
  })

  test('is unreachable without a network, and timed out after 15 s of silence, both with status 0', async () => {
    device.setOffline(true)
    expect(await refusedWith(apiWith().call('health', {}))).toMatchObject({ code: 'unreachable', status: 0 })
    const silent = { ...device.runtime, fetch: (_: string, { signal }: { signal: AbortSignal }) => never(signal) }
    const call = createApi({ origin: '', runtime: silent }).call('health', {})
    expect(await refusedWith(call, 15_000)).toMatchObject({ code: 'timed_out', status: 0 })
  })
})

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

describe('a token', () => {
  const refreshes = () => room.calls.filter(({ path }) => path === '/api/auth/refresh').length
  const answerRefresh = (answer: () => { status: number; body: unknown }) => {
    room.instead = ({ path }) => (path === '/api/auth/refresh' ? answer() : { status: 200, body: { id: 'u' } })
  }

  test('is refreshed by the first call after half its life, once, while calls go on with the old one', async () => {
    answerRefresh(() => ({ status: 200, body: { access_token: jwt(0, 'b', EPOCH + world.time.now()) } }))
    const api = apiWith(jwt(0))
    await world.time.pass(LIFE_MS / 2 - 1_000)
    await settled(api.call('auth/me', {}), 500)
    expect(refreshes()).toBe(0)
    await world.time.pass(1_000)
    await settled(Promise.all([api.call('auth/me', {}), api.call('auth/me', {})]))
    expect(refreshes()).toBe(1)
    expect(tokens).toEqual([api.token()])
    await settled(api.keepTokenFresh())
    expect(refreshes()).toBe(1)
  })

  test('kept from before is as old as it says, and from a clock that is behind never older than half a life from now', async () => {
    answerRefresh(() => ({ status: 200, body: { access_token: jwt(0, 'b') } }))
    await settled(apiWith(jwt(7 * HOUR_MS)).keepTokenFresh())
    expect(refreshes()).toBe(1)
    const fromTheFuture = apiWith(jwt(-30 * HOUR_MS, 'c'))
    await world.time.pass(LIFE_MS / 2)
    await settled(fromTheFuture.keepTokenFresh())
    expect(refreshes()).toBe(2)
  })

  test('that cannot be refreshed is kept, and tried again after a minute', async () => {
    answerRefresh(() => ({ status: 503, body: {} }))
    const old = jwt(7 * HOUR_MS)
    const api = apiWith(old)
    await settled(api.keepTokenFresh())
    await settled(api.keepTokenFresh())
    expect([refreshes(), api.token()]).toEqual([1, old])
    await world.time.pass(60_000)
    await settled(api.keepTokenFresh())
    expect(refreshes()).toBe(2)
  })

  test('does not come back from a refresh that was under way while the person signed out', async () => {
    answerRefresh(() => ({ status: 200, body: { access_token: jwt(0, 'b') } }))
    const { fetch } = device.runtime
    device.runtime.fetch = async (url, init) => {
      if (url.endsWith('refresh')) await new Promise<void>((resolve) => world.time.after(300, resolve))
      return fetch(url, init)
    }
    const api = apiWith(jwt(7 * HOUR_MS))
    void api.keepTokenFresh()
    await settled(api.call('auth/logout', {}))
    expect(api.token()).toBeUndefined()
  })

  test.each(['opaque', 'a.!.c', `a.${btoa('1')}.c`, `a.${btoa('{}')}.c`, `a.${btoa('{"iat":"1","exp":2}')}.c`])(
    'that does not say how long it lives (%s) is never refreshed',
    async (token) => {
      const api = apiWith(token)
      await world.time.pass(LIFE_MS)
      await settled(api.keepTokenFresh())
      expect(room.calls).toEqual([])
    },
  )
})

test('the type of a call follows from its route', () => {
  const names: RouteName[] = ['rooms/create']
  const call: Api['call'] = apiWith().call
  // @ts-expect-error a room needs to say whether it is private
  const wrong = () => call('rooms/create', {})
  expect([names.length, typeof wrong]).toEqual([1, 'function'])
})
