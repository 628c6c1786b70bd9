import { describe, expect, it } from 'vitest'
import type { MembershipStatus } from '../../protocol/member.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Answer, Person } from '../staging/stage.ts'

const MINUTE_MS = 60_000

const stage = setUpStage()

const approval = { is_private: true, entry_mode: 'APPROVAL' } as const
type Action = 'join' | 'approve' | 'reject' | 'leave' | 'kick' | 'ban' | 'unban'
type Standing = MembershipStatus | 'NONE'

const act = (action: Action, code: string, host: Person, person: Person): Promise<Answer> => {
  const own = action === 'join' || action === 'leave'
  const body = own ? { code, room_id: code } : { room_id: code, user_id: person.id }
  return stage.request('POST', `/api/rooms/${action}`, { body, token: own ? person.token : host.token })
}
const standingOf = async (code: string, host: Person, person: Person): Promise<Standing> => {
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  return participants.find(({ id }) => id === person.id)?.status ?? 'NONE'
}
const namesIn = async (code: string, host: Person) => {
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  const inside = participants.filter(({ status }) => status === 'APPROVED' || status === 'PENDING')
  return inside.map(({ display_name }) => display_name).sort()
}

/** How a person comes to stand there, in a room that asks for approval. */
const ways: Record<Standing, Action[]> = {
  NONE: [],
  PENDING: ['join'],
  APPROVED: ['join', 'approve'],
  REJECTED: ['join', 'reject'],
  LEFT: ['join', 'approve', 'leave'],
  KICKED: ['join', 'approve', 'kick'],
  BANNED: ['join', 'approve', 'ban'],
}

/** What each action answers there, and where it leads; without a third entry nowhere. */
type Outcome = [status: number, code: string | undefined, next?: Standing]
const notPending: Outcome = [404, 'not_pending']
const noMember: Outcome = [404, 'member_not_found']
const outsider: Outcome = [403, 'not_a_member']
const machine: Record<Standing, Record<Action, Outcome>> = {
  NONE: {
    ...{ join: [200, undefined, 'PENDING'], approve: notPending, reject: notPending, leave: outsider },
    ...{ kick: noMember, ban: noMember, unban: noMember },
  },
  PENDING: {
    ...{ join: [200, undefined], approve: [200, undefined, 'APPROVED'], reject: [200, undefined, 'REJECTED'] },
    ...{ leave: [200, undefined, 'LEFT'], kick: noMember, ban: [200, undefined, 'BANNED'], unban: noMember },
  },
  APPROVED: {
    // What was done already is answered as the first time.
    ...{ join: [200, undefined], approve: [200, undefined], reject: notPending, leave: [200, undefined, 'LEFT'] },
    ...{ kick: [200, undefined, 'KICKED'], ban: [200, undefined, 'BANNED'], unban: noMember },
  },
  REJECTED: {
    ...{ join: [403, 'rejected'], approve: notPending, reject: [200, undefined], leave: outsider },
    ...{ kick: noMember, ban: [200, undefined, 'BANNED'], unban: [200, undefined, 'LEFT'] },
  },
  LEFT: {
    ...{ join: [200, undefined, 'PENDING'], approve: notPending, reject: notPending, leave: [200, undefined] },
    ...{ kick: noMember, ban: [200, undefined, 'BANNED'], unban: noMember },
  },
  KICKED: {
    ...{ join: [403, 'kicked'], approve: notPending, reject: notPending, leave: outsider },
    ...{ kick: [200, undefined], ban: [200, undefined, 'BANNED'], unban: [200, undefined, 'APPROVED'] },
  },
  BANNED: {
    ...{ join: [403, 'banned'], approve: notPending, reject: notPending, leave: outsider },
    ...{ kick: noMember, ban: [200, undefined], unban: [200, undefined, 'LEFT'] },
  },
}
const moves = Object.entries(machine).flatMap(([from, actions]) =>
  Object.entries(actions).map(([action, outcome]) => ({
    from: from as Standing,
    action: action as Action,
    status: outcome[0],
    code: outcome[1],
    next: outcome[2] ?? (from as Standing),
  })),
)

describe('[R5] [R7] [R8] [R9] the membership of somebody', () => {
  it.each(moves)('$from: $action answers $status and leads to $next', async ({ from, action, status, code, next }) => {
    const { code: room, host } = await stage.room(approval)
    const ana = await stage.guest('Ana')
    for (const step of ways[from]) expect((await act(step, room, host, ana)).status).toBe(200)
    expect(await standingOf(room, host, ana)).toBe(from)
    const answer = await act(action, room, host, ana)
    expect([answer.status, answer.body.code === room ? undefined : answer.body.code]).toEqual([status, code])
    expect(await standingOf(room, host, ana)).toBe(next)
  })

  it.each<[Standing, number, Standing]>([
    ['NONE', 200, 'APPROVED'],
    ['PENDING', 200, 'APPROVED'],
    ['LEFT', 200, 'APPROVED'],
    ['REJECTED', 403, 'REJECTED'],
    ['KICKED', 403, 'KICKED'],
    ['BANNED', 403, 'BANNED'],
  ])('%s: joining after the room has opened answers %i and leads to %s', async (from, status, next) => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.guest('Ana')
    for (const step of ways[from]) await act(step, code, host, ana)
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    expect((await act('join', code, host, ana)).status).toBe(status)
    expect(await standingOf(code, host, ana)).toBe(next)
  })

  it('PENDING: once the room has a password, that is what counts', async () => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    const closed = { room_id: code, is_private: true, entry_mode: 'PASSWORD' }
    const { room_password } = await stage.call('rooms/settings', closed, host)
    const refused = await stage.refused('rooms/join', { code }, ana)
    expect(refused).toMatchObject({ status: 403, body: { code: 'wrong_password' } })
    const joined = await stage.call('rooms/join', { code, password: room_password }, ana)
    expect(joined).toMatchObject({ status: 'APPROVED' })
  })

  it('APPROVED: joining is safe however the room has closed since', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const closed = { room_id: code, is_private: true, entry_mode: 'PASSWORD', guests_allowed: false }
    await stage.call('rooms/settings', closed, host)
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'APPROVED', is_host: false })
  })

  it('a waiting person may not enter, hear or read anything', async () => {
    const { code } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    for (const name of ['rooms/participants', 'rooms/messages'] as const)
      expect(await stage.refused(name, { room_id: code }, ana)).toMatchObject({
        status: 403,
        body: { code: 'not_a_member' },
      })
  })
})

describe('[R5] being refused for a while', () => {
  it.each(['reject', 'kick'] as const)('after %s lasts ten minutes, counted down', async (action) => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    if (action === 'kick') await act('approve', code, host, ana)
    await act(action, code, host, ana)
    stage.elapse(9 * MINUTE_MS)
    const refused = await act('join', code, host, ana)
    expect(refused).toMatchObject({ status: 403, body: { code: action === 'kick' ? 'kicked' : 'rejected' } })
    expect(refused.body.retry_after).toBeGreaterThan(50)
    expect(refused.body.retry_after).toBeLessThanOrEqual(60)
    stage.elapse(MINUTE_MS)
    expect(await act('join', code, host, ana)).toMatchObject({ status: 200, body: { status: 'PENDING' } })
  })

  it('[H2] is told in a header too', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await act('kick', code, host, ana)
    const response = await fetch(`${stage.runtime.url}/api/rooms/join/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.token}` },
      body: JSON.stringify({ code }),
    })
    const body = (await response.json()) as { retry_after: number }
    expect(body.retry_after).toBeGreaterThan(590)
    expect(response.headers.get('retry-after')).toBe(String(body.retry_after))
  })

  it('does not end a ban, which has no retry_after', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await act('ban', code, host, ana)
    stage.elapse(60 * MINUTE_MS)
    const refused = await act('join', code, host, ana)
    expect(refused).toEqual({
      status: 403,
      body: { code: 'banned', error: 'You are banned from this room.' },
    })
    await act('unban', code, host, ana)
    expect(await act('join', code, host, ana)).toMatchObject({ status: 200, body: { status: 'APPROVED' } })
  })
})

describe('[R5] a room without guests', () => {
  it('refuses them with 403 guests_not_allowed, and lets accounts in', async () => {
    const { code, host } = await stage.room()
    await stage.call('rooms/settings', { room_id: code, guests_allowed: false }, host)
    const ana = await stage.guest('Ana')
    const refused = await stage.refused('rooms/join', { code }, ana)
    expect(refused).toMatchObject({ status: 403, body: { code: 'guests_not_allowed' } })
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ guests_allowed: false })
    const account = { email: 'ana@example.com', password: 'correct horse', display_name: 'Ana' }
    await stage.call('auth/register', account, ana)
    expect(await stage.call('rooms/join', { code }, ana)).toMatchObject({ status: 'APPROVED' })
  })
})

describe('[R6] names', () => {
  it('are unique in the room: of whatever form, the second taker gets a number', async () => {
    const { code, host } = await stage.room()
    for (const name of ['Ana', 'Ana', 'ANA', 'ＡＮＡ', 'A\u200dna', 'Hana']) await stage.member(code, name)
    const expected = ['Ana', 'Ana 2', 'ANA 3', 'ＡＮＡ 4', 'A\u200dna 5', 'Hana', 'Hana 2']
    expect(await namesIn(code, host)).toEqual(expected.sort())
  })

  it('that look alike are the same, and the host has one like any', async () => {
    const { code, host } = await stage.room()
    for (const name of ['Ana', 'Аna', 'Alice', 'AIice', 'АLІСЕ', 'Напа', 'Наna']) await stage.member(code, name)
    const expected = ['Ana', 'Аna 2', 'Alice', 'AIice 2', 'АLІСЕ 3', 'Напа', 'Наna 2', 'Hana']
    expect(await namesIn(code, host)).toEqual(expected.sort())
  })

  it('that look alike, taken at one moment, are one name and one with a number', async () => {
    const { code, host } = await stage.room()
    const people = await Promise.all(['Ana', 'Аna', 'ᴀna', 'AИA', 'Αna', 'Anа'].map((name) => stage.guest(name)))
    await Promise.all(people.map((person) => stage.call('rooms/join', { code }, person)))
    const names = (await namesIn(code, host)).filter((name) => name !== 'Hana' && name !== 'AИA')
    expect(names).toHaveLength(5)
    expect(names.filter((name) => !/\d/.test(name))).toHaveLength(1)
  })

  it('that look alike are free again together', async () => {
    const { code, host } = await stage.room()
    const first = await stage.member(code, 'Аna')
    await act('leave', code, host, first)
    await stage.member(code, 'Ana')
    expect(await act('join', code, host, first)).toMatchObject({ status: 200 })
    expect(await namesIn(code, host)).toEqual(['Ana', 'Hana', 'Аna 2'])
  })

  it('are claimed while waiting, and kept when let in', async () => {
    const { code, host } = await stage.room(approval)
    const first = await stage.member(code, 'Ana')
    const second = await stage.member(code, 'Ana')
    await act('approve', code, host, second)
    await act('approve', code, host, first)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    const nameOf = (person: Person) => participants.find(({ id }) => id === person.id)?.display_name
    expect([nameOf(first), nameOf(second)]).toEqual(['Ana', 'Ana 2'])
  })

  it('of twenty people who come at once are all different', async () => {
    const { code, host } = await stage.room()
    const people = await Promise.all(Array.from({ length: 20 }, () => stage.guest('Ana')))
    await Promise.all(people.map((person) => stage.call('rooms/join', { code }, person)))
    const names = await namesIn(code, host)
    expect(names).toHaveLength(21)
    expect(new Set(names).size).toBe(21)
    expect(names).toContain('Ana')
  }, 30_000)

  it.each(['leave', 'kick', 'ban'] as const)('are free again after %s', async (action) => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await act(action, code, host, ana)
    await stage.member(code, 'Ana')
    expect(await namesIn(code, host)).toEqual(['Ana', 'Hana'])
  })

  it('taken by somebody else meanwhile do not keep their former holder out', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await act('leave', code, host, ana)
    await stage.member(code, 'Ana')
    expect(await act('join', code, host, ana)).toMatchObject({ status: 200, body: { status: 'APPROVED' } })
    expect(await namesIn(code, host)).toEqual(['Ana', 'Ana 2', 'Hana'])
  })

  it('[R9] taken by somebody else meanwhile are not in the way of a ban', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await act('leave', code, host, ana)
    const namesake = await stage.member(code, 'Ana')
    expect(await act('ban', code, host, ana)).toMatchObject({ status: 200 })
    expect(await act('join', code, host, ana)).toMatchObject({ status: 403, body: { code: 'banned' } })
    await stage.member(code, 'Ana')
    expect(await standingOf(code, host, namesake)).toBe('APPROVED')
    expect(await namesIn(code, host)).toEqual(['Ana', 'Ana 2', 'Hana'])
  })
})

describe('[R7] [R20] answering those who wait', () => {
  it('the host hears who asks, each time they ask, and how it ended', async () => {
    const { code, host } = await stage.room(approval)
    const socket = await stage.enter(code, host)
    await stage.settled()
    const ana = await stage.member(code, 'Ana')
    const asked = await socket.next('JOIN_REQUESTED')
    expect(asked).toMatchObject({ user: 'Ana', user_id: ana.id })
    await act('join', code, host, ana)
    await act('approve', code, host, ana)
    expect(await socket.next('JOIN_RESOLVED')).toMatchObject({ user_id: ana.id, status: 'APPROVED' })
    const bo = await stage.member(code, 'Bo')
    await act('reject', code, host, bo)
    expect(await socket.next('JOIN_RESOLVED')).toMatchObject({ user_id: bo.id, status: 'REJECTED' })
    const cy = await stage.member(code, 'Cy')
    await act('leave', code, host, cy)
    expect(await socket.next('JOIN_RESOLVED')).toMatchObject({ user_id: cy.id, status: 'LEFT' })
    await stage.settled()
    const names = socket.all('JOIN_REQUESTED').map(({ user }) => user)
    expect(names).toEqual(['Ana', 'Ana', 'Bo', 'Cy'])
  })

  it('the host hears that somebody who waited came in by another way', async () => {
    const { code, host } = await stage.room(approval)
    const socket = await stage.enter(code, host)
    const ana = await stage.member(code, 'Ana')
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    await act('join', code, host, ana)
    expect(await socket.next('JOIN_RESOLVED')).toMatchObject({ user_id: ana.id, status: 'APPROVED' })
  })

  it.each(['approve', 'reject'] as const)('%s twice at once is one answer, and both calls hear so', async (one) => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    const answers = await Promise.all([act(one, code, host, ana), act(one, code, host, ana)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await standingOf(code, host, ana)).toBe(one === 'approve' ? 'APPROVED' : 'REJECTED')
  })

  it('of approve and reject at once exactly one counts', async () => {
    const { code, host } = await stage.room(approval)
    const ana = await stage.member(code, 'Ana')
    const answers = await Promise.all([act('approve', code, host, ana), act('reject', code, host, ana)])
    const [first, second] = answers.sort((a, b) => a.status - b.status)
    expect(first?.status).toBe(200)
    expect([second?.status, second?.body.code]).toEqual([404, 'not_pending'])
    const expected = first !== undefined && 'approved' in first.body ? 'APPROVED' : 'REJECTED'
    expect(await standingOf(code, host, ana)).toBe(expected)
  })
})
