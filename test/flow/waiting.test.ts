import { describe, expect, it } from 'vitest'
import { emptyRoom, foldEvent } from '../../client/index.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const approval = { is_private: true, entry_mode: 'APPROVAL' } as const
const about = (code: string, { id }: Person) => ({ room_id: code, user_id: id })
const join = (code: string, person: Person) => stage.call('rooms/join', { code }, person)
const peopleOf = async (code: string, host: Person) =>
  (await stage.call('rooms/participants', { room_id: code }, host)).participants
const statusOf = async (code: string, host: Person, { id }: Person) =>
  (await peopleOf(code, host)).find((one) => one.id === id)?.status

/** A room whose host is inside, and somebody who waits at its door. */
const doorOf = async () => {
  const { code, host } = await stage.room(approval)
  const socket = await stage.enter(code, host)
  const ana = await stage.member(code, 'Ana')
  await stage.settled()
  return { code, host, socket, ana }
}

it('[R20] a question that did not arrive is not repeated by the server: its answer may have been told meanwhile', async () => {
  const { code, host, socket, ana } = await doorOf()
  stage.elapse(4_000)
  // The gateway refuses it as often as the SDK tries.
  stage.runtime.faults.answerPost = ({ data }) => (data.includes('JOIN_REQUESTED') ? 429 : undefined)
  await join(code, ana)
  await stage.call('rooms/approve', about(code, ana), host)
  stage.runtime.faults.reset()
  await socket.next('JOIN_RESOLVED')
  await stage.settled()
  expect(socket.frames.filter(({ type }) => type.startsWith('JOIN_')).at(-1)).toMatchObject({ type: 'JOIN_RESOLVED' })
})

it('[R20] a question that gets its number after its answer is followed by the answer', async () => {
  const { table } = await import('../../functions/table/client.ts')
  const { code, host, socket, ana } = await doorOf()
  const bo = await stage.guest('Bo')
  const counting = holdUpdate(table, 'REVISION#waiting')
  const asking = join(code, bo)
  await counting.hasArrived
  await stage.call('rooms/approve', about(code, bo), host)
  counting.letThrough()
  await asking
  await stage.settled()
  const heard = socket.frames.filter((frame) => 'user_id' in frame && frame.user_id === bo.id)
  expect(
    heard
      .map(({ type }) => type)
      .filter((type) => type.startsWith('JOIN_'))
      .at(-1),
  ).toBe('JOIN_RESOLVED')
  const { requests } = socket.frames.reduce(foldEvent, emptyRoom)
  expect(requests.map(({ user_id }) => user_id)).toEqual([ana.id])
})

describe('[R32] a wish that nobody repeats for a minute', () => {
  it('is over: not listed as waiting, and neither approved nor declined', async () => {
    const { code, host, ana } = await doorOf()
    stage.elapse(59_000)
    expect(await statusOf(code, host, ana)).toBe('PENDING')
    stage.elapse(1_000)
    expect(await statusOf(code, host, ana)).toBe('LEFT')
    for (const name of ['rooms/approve', 'rooms/reject'] as const)
      expect(await stage.refused(name, about(code, ana), host)).toMatchObject({
        status: 404,
        body: { code: 'not_pending' },
      })
    expect(await stage.call('rooms/reject-all', { room_id: code }, host)).toEqual({ rejected: 0 })
  })

  it('lasts a minute from when it was asked last, however soon that was after the time before', async () => {
    const { code, host, ana } = await doorOf()
    stage.elapse(15_000)
    await join(code, ana)
    stage.elapse(56_000)
    expect(await statusOf(code, host, ana)).toBe('PENDING')
    stage.elapse(4_000)
    expect(await statusOf(code, host, ana)).toBe('LEFT')
  })

  it('begins anew when it is asked again, under the same name and without a pause', async () => {
    const { code, host, socket, ana } = await doorOf()
    const [first] = socket.all('JOIN_REQUESTED')
    stage.elapse(61_000)
    expect(await join(code, ana)).toMatchObject({ status: 'PENDING' })
    const again = await socket.next('JOIN_REQUESTED', ({ revision }) => (revision ?? 0) > (first?.revision ?? 0))
    expect(again).toMatchObject({ user: 'Ana', user_id: ana.id })
    await stage.call('rooms/approve', about(code, ana), host)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
  })

  it('lasts as long as it is repeated, and is written once in three seconds at the most', async () => {
    const { code, host, ana } = await doorOf()
    let written = 0
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (action === 'UpdateItem' && JSON.stringify(body).includes('asked_at')) written += 1
      return undefined
    }
    for (let count = 0; count < 70; count += 1) {
      stage.elapse(1_000)
      await join(code, ana)
    }
    expect(await statusOf(code, host, ana)).toBe('PENDING')
    expect(written).toBeGreaterThan(15)
    expect(written).toBeLessThan(25)
  })

  it('[R6] gives its name to whoever asks for it, and not before', async () => {
    const { code, host, socket, ana } = await doorOf()
    await stage.member(code, 'Ana')
    await socket.next('JOIN_REQUESTED', ({ user }) => user === 'Ana 2')
    stage.elapse(61_000)
    const real = await stage.member(code, 'Ana')
    const asked = await socket.next('JOIN_REQUESTED', ({ user_id }) => user_id === real.id)
    expect(asked.user).toBe('Ana')
    await join(code, ana)
    const late = await socket.next('JOIN_REQUESTED', ({ user_id, user }) => user_id === ana.id && user !== 'Ana')
    expect(late.user).toMatch(/^Ana \d+$/)
    for (const person of [real, ana]) await stage.call('rooms/approve', about(code, person), host)
    const names = (await peopleOf(code, host)).filter(({ status }) => status === 'APPROVED')
    expect(names.map(({ display_name }) => display_name).sort()).toEqual(['Ana', late.user, 'Hana'].sort())
  })

  it('[R6] [A12] gives it to a member who takes that name as well', async () => {
    const { code, host } = await doorOf()
    const bo = await stage.member(code, 'Bo')
    await stage.call('rooms/approve', about(code, bo), host)
    stage.elapse(61_000)
    await stage.call('auth/name', { display_name: 'Ana' }, bo)
    expect((await peopleOf(code, host)).find(({ id }) => id === bo.id)?.display_name).toBe('Ana')
  })

  it('[R6] keeps its name where it is asked again at the moment at which another one asks for it', async () => {
    const { code, host, ana } = await doorOf()
    stage.elapse(61_000)
    const real = await stage.guest('Ana')
    await Promise.all([join(code, ana), join(code, real)])
    await stage.settled()
    const waiting = (await peopleOf(code, host)).filter(({ status }) => status === 'PENDING')
    expect(waiting).toHaveLength(2)
    expect(new Set(waiting.map(({ display_name }) => display_name)).size).toBe(2)
    expect(waiting.map(({ display_name }) => display_name)).toContain('Ana')
  })

  it('may still be withdrawn, and its person banned', async () => {
    const { code, host, socket, ana } = await doorOf()
    stage.elapse(61_000)
    expect(await stage.call('rooms/leave', { room_id: code }, ana)).toEqual({ left: true })
    expect(await socket.next('JOIN_RESOLVED')).toMatchObject({ user_id: ana.id, status: 'LEFT' })
    await stage.call('rooms/ban', about(code, ana), host)
    expect(await statusOf(code, host, ana)).toBe('BANNED')
  })

  it('of the version before, which does not note who asks, lasts for ten minutes', async () => {
    const { code, host, ana } = await doorOf()
    const { change } = await import('../../functions/table/change.ts')
    const { memberKey } = await import('../../functions/table/keys.ts')
    await change(memberKey(code, ana.id), { remove: ['asked_at'] })
    stage.elapse(9 * 60_000)
    expect(await statusOf(code, host, ana)).toBe('PENDING')
    await join(code, ana)
    stage.elapse(59_000)
    expect(await statusOf(code, host, ana)).toBe('PENDING')
    stage.elapse(1_000)
    expect(await statusOf(code, host, ana)).toBe('LEFT')
  })
})

describe('[R33] changing the entry', () => {
  const crowd = async (count: number) => {
    const { code, host, socket } = await doorOf()
    const more = await Promise.all(Array.from({ length: count - 1 }, (_, n) => stage.member(code, `P${n}`)))
    await stage.settled()
    const set = (change: object) => stage.call('rooms/settings', { room_id: code, ...change }, host)
    const waiting = (await peopleOf(code, host)).filter(({ status }) => status === 'PENDING')
    expect(waiting).toHaveLength(count)
    const counts = async () => {
      const statuses = (await peopleOf(code, host)).filter(({ id }) => id !== host.id).map(({ status }) => status)
      return Object.fromEntries([...new Set(statuses)].map((one) => [one, statuses.filter((s) => s === one).length]))
    }
    return { code, host, socket, people: more, set, waiting, counts }
  }

  it.each([
    ['to open', { is_private: false }, 'APPROVED'],
    ['to a password', { is_private: true, entry_mode: 'PASSWORD' }, 'LEFT'],
    ['locking', { is_locked: true }, 'LEFT'],
    ['shutting guests out', { guests_allowed: false }, 'LEFT'],
  ] as const)('%s settles those who wait, and the host hears of each', async (_how, change, status) => {
    const { socket, set, waiting, counts } = await crowd(3)
    await set(change)
    for (const { id } of waiting)
      expect(await socket.next('JOIN_RESOLVED', ({ user_id }) => user_id === id)).toMatchObject({ status })
    expect(await counts()).toEqual({ [status]: 3 })
  })

  it.each([
    ['another name', { name: 'New' }],
    ['unlocking', { is_locked: false }],
    ['approval again', approval],
  ])('%s leaves them waiting', async (_how, change) => {
    const { socket, set, counts } = await crowd(2)
    await set(change)
    await stage.settled()
    expect(await counts()).toEqual({ PENDING: 2 })
    expect(socket.all('JOIN_RESOLVED')).toEqual([])
  })

  it('of forty people is done well within the time of a function', async () => {
    const { set, counts } = await crowd(40)
    const began = performance.now()
    await set({ is_private: false })
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await counts()).toEqual({ APPROVED: 40 })
  }, 60_000)

  it('[H9] cut short, and set again, settles the rest, and tells of all', async () => {
    const { code, host, socket, waiting, counts } = await crowd(12)
    let written = 0
    stage.runtime.faults.failDynamoDb = ({ action }) => {
      if (action === 'TransactWriteItems') written += 1
      return written > 5 ? 'InternalServerError' : undefined
    }
    const open = { room_id: code, is_private: false }
    expect((await stage.refused('rooms/settings', open, host)).status).toBe(500)
    stage.runtime.faults.reset()
    await stage.call('rooms/settings', open, host)
    for (const { id } of waiting) await socket.next('JOIN_RESOLVED', ({ user_id }) => user_id === id)
    expect(await counts()).toEqual({ APPROVED: 12 })
  })

  it.each([
    ['locking', { is_locked: true }, 'room_locked'],
    ['a password', { is_private: true, entry_mode: 'PASSWORD' }, 'wrong_password'],
    ['shutting guests out', { guests_allowed: false }, 'guests_not_allowed'],
  ] as const)('%s ends also a wish that came at that moment, once it is asked again', async (_how, change, refusal) => {
    const { table } = await import('../../functions/table/client.ts')
    const { code, host, socket } = await doorOf()
    await stage.settled()
    const late = await stage.guest('Late')
    const asking = holdUpdate(table, 'PENDING', 1, 'TransactWriteItemsCommand')
    const wish = stage.call('rooms/join', { code }, late)
    await asking.hasArrived
    await stage.call('rooms/settings', { room_id: code, ...change }, host)
    asking.letThrough()
    expect(await wish).toMatchObject({ status: 'PENDING' })
    expect((await stage.refused('rooms/join', { code }, late)).body.code).toBe(refusal)
    expect(await socket.next('JOIN_RESOLVED', ({ user_id }) => user_id === late.id)).toMatchObject({ status: 'LEFT' })
    expect((await peopleOf(code, host)).map(({ status }) => status)).not.toContain('PENDING')
  })

  it('their pages ask again, and meet what the room asks for now', async () => {
    const { code, people, set } = await crowd(2)
    const [bo] = people
    if (bo === undefined) throw new Error('Nobody waits.')
    const refusal = async () => (await stage.refused('rooms/join', { code }, bo)).body.code
    await set({ is_private: true, entry_mode: 'PASSWORD' })
    expect(await refusal()).toBe('wrong_password')
    await set({ is_locked: true })
    expect(await refusal()).toBe('room_locked')
  })
})

describe('[R34] who withdrew a wish', () => {
  it('may ask again after ten seconds, and is told so before', async () => {
    const { code, ana } = await doorOf()
    await stage.call('rooms/leave', { room_id: code }, ana)
    expect(await stage.refused('rooms/join', { code }, ana)).toEqual({
      status: 429,
      body: {
        ...{ code: 'too_fast', error: 'You asked a moment ago. You can ask again in a few seconds.' },
        retry_after: expect.any(Number),
      },
    })
    stage.elapse(10_000)
    expect(await join(code, ana)).toMatchObject({ status: 'PENDING' })
  })

  it('comes in at once where nobody has to let them in', async () => {
    const { code, host, ana } = await doorOf()
    await stage.call('rooms/leave', { room_id: code }, ana)
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    expect(await join(code, ana)).toMatchObject({ status: 'APPROVED' })
  })
})
