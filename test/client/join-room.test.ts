import { describe, expect, test } from 'vitest'
import { createApi } from '../../client/api/api.ts'
import { type JoinOptions, joinRoom } from '../../client/room/join-room.ts'
import { refusals } from '../../protocol/refusals.ts'
import { routes } from '../../protocol/routes.ts'
import { createDevice } from './simulated/network.ts'
import { createWorld } from './simulated/people.ts'
import { type Answer, CODE } from './simulated/room-server.ts'

const joined = (status: string): Answer => ({
  status: 200,
  body: { room_id: CODE, code: CODE, status, is_host: false },
})

/** Joins a room that answers with `answers` one after another, the last for ever. */
const join = (answers: Answer[], more: Partial<JoinOptions> = {}) => {
  const world = createWorld()
  const { runtime } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
  world.room.instead = ({ path }) =>
    path === '/api/rooms/join' ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? joined('APPROVED')) : undefined
  const api = createApi({ origin: 'https://streamit.example', token: 'ana', runtime })
  const joining = joinRoom({ api, code: CODE, runtime, ...more })
  joining.catch(() => undefined)
  const asked = () => world.room.calls.filter(({ path }) => path === '/api/rooms/join')
  return { ...world, joining, asked }
}

test('an open room is entered at once, a password goes with the question', async () => {
  const { time, joining, asked } = join([joined('APPROVED')], { password: 'secret' })
  await time.pass(1_000)
  const session = await joining
  expect(session.store.get().connection.status).toBe('open')
  expect(asked()).toMatchObject([{ body: { code: CODE, password: 'secret' } }])
})

test.each(['k7w-q3f', ' K7WQ3F.', 'https://streamit.example/r/K7WQ3F'])(
  'a code that was typed as "%s" opens the socket of the room: the edge takes no other form',
  async (typed) => {
    const world = createWorld()
    const { runtime } = createDevice(world.time, world.random, world.room, { roundTrip: 80 })
    const { openSocket } = runtime
    const dialled: string[] = []
    runtime.openSocket = (url, listeners) => {
      dialled.push(url)
      return openSocket(url, listeners)
    }
    const api = createApi({ origin: 'https://streamit.example', token: 'ana', runtime })
    const joining = joinRoom({ api, code: typed, runtime })
    await world.time.pass(1_000)
    const session = await joining
    expect(dialled).toEqual([`wss://streamit.example/ws/room/${CODE}/?token=ana`])
    expect(session.store.get().room?.name).toBe('Film night')
  },
)

test('a person who has to wait asks again every 3 to 4.5 s, through outages, until let in', async () => {
  let pending = 0
  const outage = { status: 503, body: '' }
  const { time, joining, asked } = join([joined('PENDING'), joined('PENDING'), outage, joined('APPROVED')], {
    onPending: () => {
      pending += 1
    },
  })
  await time.pass(15_000)
  const session = await joining
  expect([pending, asked().length]).toEqual([1, 4])
  expect(session.store.get().connection.status).toBe('open')
})

test('who waits already goes on through an outage of the first question', async () => {
  const outage = { status: 503, body: '' }
  const outcome = await Promise.all(
    [true, false].map(async (isWaiting) => {
      const { time, joining } = join([outage, joined('PENDING'), joined('APPROVED')], { isWaiting })
      await time.pass(15_000)
      return joining.then(
        (session) => session.store.get().connection.status,
        (error) => error.code,
      )
    }),
  )
  expect(outcome).toEqual(['open', 'unavailable'])
})

test('[R42] who waits is told each time that the reason is another, and not where an answer says nothing of it', async () => {
  const reasons: (string | undefined)[] = []
  const traced: Answer = { status: 200, body: { ...(joined('PENDING').body as object), reason: 'recent_ban' } }
  const outage = { status: 503, body: '' }
  const hotel = { status: 200, body: '<html>Welcome to the hotel</html>' }
  const answers = [joined('PENDING'), traced, outage, hotel, traced, joined('PENDING'), joined('APPROVED')]
  const { time, joining } = join(answers, { onPending: (reason) => reasons.push(reason) })
  await time.pass(40_000)
  await joining
  expect(reasons).toEqual([undefined, 'recent_ban', undefined])
})

test('a refusal, at once or after waiting, is thrown and ends it', async () => {
  const rejected = { status: 403, body: { error: 'No.', code: 'rejected', retry_after: 600 } }
  const { time, joining, asked } = join([joined('PENDING'), rejected])
  await time.pass(60_000)
  await expect(joining).rejects.toMatchObject({ code: 'rejected', retryAfter: 600 })
  expect(asked()).toHaveLength(2)
})

test('[R34] who withdrew a moment ago is told how long to wait, and is asked for by itself', async () => {
  const waits: number[] = []
  const tooFast = { status: 429, body: { error: 'A moment.', code: 'too_fast', retry_after: 7 } }
  const onTooSoon = (seconds: number) => waits.push(seconds)
  const { time, joining, asked } = join([tooFast, tooFast, joined('APPROVED')], { onTooSoon })
  await time.pass(1_000)
  expect([waits, asked().length]).toEqual([[7], 1])
  await time.pass(6_900)
  expect(asked()).toHaveLength(2)
  await time.pass(8_000)
  expect((await joining).store.get().connection.status).toBe('open')
  expect(waits).toEqual([7, 7])
})

/** What the next asking may not meet any more. */
const passing = new Set<string>(['too_fast', 'conflict'])
test.each(routes['rooms/join'].refusals.filter((code) => !passing.has(code)))(
  '%s, as the server says it, ends the wait',
  async (code) => {
    const [status, error] = refusals[code]
    const { time, joining, asked } = join([joined('PENDING'), { status, body: { error, code } }])
    await time.pass(60_000)
    await expect(joining).rejects.toMatchObject({ code })
    expect(asked()).toHaveLength(2)
  },
)

test('[R31] a room that is locked meanwhile ends the wait', async () => {
  const locked = { status: 403, body: { error: 'No.', code: 'room_locked' } }
  const { time, joining, asked } = join([joined('PENDING'), locked])
  await time.pass(60_000)
  await expect(joining).rejects.toMatchObject({ code: 'room_locked' })
  expect(asked()).toHaveLength(2)
})

test('the wait ends when the person gives up', async () => {
  const abort = new AbortController()
  const { time, joining, asked } = join([joined('PENDING')], { signal: abort.signal })
  await time.pass(4_700)
  abort.abort(new Error('gave up'))
  await time.pass(60_000)
  await expect(joining).rejects.toThrow('gave up')
  expect(asked()).toHaveLength(2)
})

describe('12 giving up ends the asking', () => {
  const givingUp =
    (after: (asked: () => number) => boolean, answers: Answer[] = [joined('PENDING')]) =>
    async () => {
      const abort = new AbortController()
      const { time, joining, asked } = join(answers, { signal: abort.signal })
      const count = () => asked().length
      while (!after(count)) await time.pass(5)
      abort.abort(new Error('gave up'))
      const before = count()
      // At once, whatever is on its way.
      await expect(joining).rejects.toThrow('gave up')
      await time.pass(60_000)
      expect(count()).toBe(before)
    }

  test(
    'while the first question is on its way',
    givingUp((asked) => asked() === 1),
  )
  test(
    'while the second question is on its way',
    givingUp((asked) => asked() === 2),
  )
  test(
    'while the answer that lets in is on its way: no room is opened',
    givingUp((asked) => asked() === 2, [joined('PENDING'), joined('APPROVED')]),
  )

  test('before it began: nothing is asked', async () => {
    const { time, joining, asked } = join([joined('PENDING')], { signal: AbortSignal.abort(new Error('gave up')) })
    await expect(joining).rejects.toThrow('gave up')
    await time.pass(10_000)
    expect(asked()).toEqual([])
  })

  test('from within onPending', async () => {
    const abort = new AbortController()
    const { time, joining, asked } = join([joined('PENDING')], {
      signal: abort.signal,
      onPending: () => abort.abort(new Error('gave up')),
    })
    await time.pass(60_000)
    await expect(joining).rejects.toThrow('gave up')
    expect(asked()).toHaveLength(1)
  })
})

test.each([
  [{ status: 200, body: '<html>Welcome to the hotel</html>' }],
  [{ status: 200, body: {} }],
  [{ status: 403, body: '<html>Blocked</html>' }],
  [{ status: 401, body: '<html>Sign in to the hotel</html>' }],
  [{ status: 409, body: { error: 'Again.', code: 'conflict' } }],
])('[H8] an answer that does not say that the wait is over goes on with it: %j', async (answer) => {
  const { time, joining, asked } = join([joined('PENDING'), answer, joined('APPROVED')])
  await time.pass(15_000)
  expect((await joining).store.get().connection.status).toBe('open')
  expect(asked()).toHaveLength(3)
})

test('a page of a proxy with 403, instead of the first answer, is told as one that is not the server’s', async () => {
  const { time, joining } = join([{ status: 403, body: '<html>Blocked</html>' }])
  await time.pass(1_000)
  await expect(joining).rejects.toMatchObject({ code: 'forbidden', status: 403 })
})
