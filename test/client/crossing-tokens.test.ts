import { expect, test } from 'vitest'
import { type Api, createApi } from '../../client/api/api.ts'
import { createDevice, EPOCH } from './simulated/network.ts'
import { createWorld } from './simulated/people.ts'

const HOUR_MS = 3_600_000

const jwt = (issuedAt: number, mark: string) => {
  const iat = Math.floor(issuedAt / 1000)
  return `e30.${Buffer.from(JSON.stringify({ sub: mark, iat, exp: iat + 12 * 3600 })).toString('base64url')}.${mark}`
}
const markOf = (token: string | null | undefined) => token?.split('.')[2]

/**
 * A server that takes a while over a change of password: it spares the token that asked, and refuses all others of before.
 * The answer to a new name is slower yet: all the person's rooms are renamed first.
 */
const visit = (age = 0) => {
  const world = createWorld()
  const { runtime } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  const wait = (ms: number) => new Promise<void>((resolve) => world.time.after(ms, resolve))
  let refused: readonly string[] = []
  const issued = ['first']
  const issue = (mark: string) => {
    issued.push(mark)
    return jwt(EPOCH + world.time.now(), mark)
  }
  let isSignedOut = false
  const { fetch } = runtime
  runtime.fetch = async (url, init) => {
    const answered = fetch(url, init)
    if (url.endsWith('/auth/name')) await wait(900)
    if (url.endsWith('/auth/password')) await wait(600)
    return answered
  }
  world.room.instead = ({ path, token }) => {
    if (isSignedOut || refused.includes(markOf(token) ?? ''))
      return { status: 401, body: { error: 'No.', code: 'unauthorized' } }
    if (path === '/api/auth/refresh') return { status: 200, body: { access_token: issue('renewed') } }
    if (path === '/api/auth/name')
      return { status: 200, body: { id: 'u', display_name: 'Bo', is_guest: false, access_token: issue('renamed') } }
    if (path === '/api/auth/logout') isSignedOut = true
    if (path === '/api/auth/password')
      world.time.after(400, () => {
        refused = issued.filter((mark) => mark !== markOf(token))
      })
    return { status: 200, body: { id: 'u', success: true } }
  }
  const api = createApi({ origin: 'https://streamit.example', token: jwt(EPOCH - age, 'first'), runtime })
  return { world, api }
}

const isIn = async ({ world, api }: ReturnType<typeof visit>): Promise<string> => {
  const asked = api.call('auth/me', {}).then(
    () => 'in',
    ({ code }) => code,
  )
  await world.time.pass(5_000)
  return asked
}

const changeName = (api: Api) => api.call('auth/name', { display_name: 'Bo' })
const changePassword = (api: Api) => api.call('auth/password', { current: 'x', new: 'yyyyyyyyy' })

test.each([
  ['the name first', changeName, changePassword],
  ['the password first', changePassword, changeName],
] as const)('[A7] [A12] a new name that crosses a new password signs nobody out: %s', async (_which, first, second) => {
  const one = visit()
  const both: Promise<unknown>[] = [first(one.api)]
  await one.world.time.pass(100)
  both.push(second(one.api))
  await one.world.time.pass(5_000)
  await Promise.all(both)
  expect(await isIn(one)).toBe('in')
  expect(markOf(one.api.token())).toBe('renamed')
})

test('[A7] a renewal that a wake asks for waits while a password is changed, and nobody is signed out', async () => {
  // Due a second from now, while the change is under way.
  const one = visit(6 * HOUR_MS - 1_000)
  await one.world.time.pass(900)
  const changing = changePassword(one.api)
  await one.world.time.pass(150)
  void one.api.keepTokenFresh(true)
  await one.world.time.pass(5_000)
  await changing
  expect(await isIn(one)).toBe('in')
})

test('a sign-out behind a new name that is under way ends signed out', async () => {
  const { world, api } = visit()
  const renaming = changeName(api)
  await world.time.pass(100)
  const leaving = api.call('auth/logout', {})
  await world.time.pass(5_000)
  await Promise.all([renaming, leaving])
  expect(api.token()).toBeUndefined()
})

test('a change that is refused holds up none behind it', async () => {
  const { world, api } = visit()
  const { instead } = world.room
  world.room.instead = (call) =>
    call.path === '/api/auth/name' ? { status: 409, body: { error: 'No.', code: 'conflict' } } : instead?.(call)
  const refused = changeName(api).catch(({ code }) => code)
  const changed = changePassword(api)
  await world.time.pass(5_000)
  expect(await refused).toBe('conflict')
  expect(await changed).toMatchObject({ success: true })
})
