import { describe, expect, it } from 'vitest'
import type { Member } from '../../functions/domain/membership.ts'
import { remove } from '../../functions/table/change.ts'
import { markHosting, unmarkHosting } from '../../functions/table/hosting.ts'
import { nameKey } from '../../functions/table/keys.ts'
import { membersIn, membersWith } from '../../functions/table/member-lists.ts'
import {
  admit,
  approve,
  endMembership,
  lift,
  memberOf,
  muteUntil,
  noteAccount,
  noteAsked,
} from '../../functions/table/members.ts'
import { namesLike } from '../../functions/table/names.ts'
import { roomsOfUser } from '../../functions/table/users.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()

let rooms = 0
const newRoom = () => `ROOM${++rooms}`
const entering = (user_id: string, name = 'Ana') => ({ user_id, name, is_guest: true, hosting_since: null })
const enter = async (code: string, userId: string, status: 'APPROVED' | 'PENDING', name = 'Ana'): Promise<Member> => {
  await putPerson(userId)
  expect(await admit(code, undefined, { ...entering(userId, name), status }, NOW)).toBe(true)
  return read(code, userId)
}
const read = async (code: string, userId: string): Promise<Member> => {
  const member = await memberOf(code, userId)
  if (member === undefined) throw new Error(`${userId} is not in ${code}.`)
  return member
}
const listed = async (userId: string) => (await roomsOfUser(userId)).map(({ code }) => code)

describe('admit', () => {
  it('makes a member with a name of their own, and lists the room', async () => {
    const code = newRoom()
    expect(await enter(code, 'ana', 'APPROVED')).toEqual({
      ...{ user_id: 'ana', name: 'Ana', is_guest: true, status: 'APPROVED', status_at: NOW },
      ...{ muted_until: null, hosting_since: null, left_at: 0 },
    })
    expect(await listed('ana')).toContain(code)
    expect(await memberOf(code, 'nobody')).toBeUndefined()
  })

  it('lists the room of somebody who waits as one they wait for', async () => {
    const code = newRoom()
    const seen = await enter(code, 'waiting', 'PENDING')
    expect(await roomsOfUser('waiting')).toMatchObject([{ code, is_pending: true }])
    await approve(code, seen, NOW + 1)
    expect(await roomsOfUser('waiting')).toMatchObject([{ code, is_pending: false }])
  })

  it('refuses a name that somebody else has, in whatever form', async () => {
    const code = newRoom()
    await enter(code, 'ana', 'APPROVED')
    await putPerson('bo')
    const second = { ...entering('bo', 'ＡＮＡ'), status: 'APPROVED' } as const
    expect(await admit(code, undefined, second, NOW)).toBe(false)
    expect(await memberOf(code, 'bo')).toBeUndefined()
    expect(await admit(newRoom(), undefined, second, NOW)).toBe(true)
  })

  it('refuses where the standing has changed since it was read', async () => {
    const code = newRoom()
    const seen = await enter(code, 'ana', 'PENDING')
    await approve(code, seen, NOW + 1)
    const again = { ...entering('ana'), status: 'PENDING' } as const
    expect(await admit(code, seen, again, NOW + 2)).toBe(false)
    expect(await admit(code, undefined, again, NOW + 2)).toBe(false)
    expect(await read(code, 'ana')).toMatchObject({ status: 'APPROVED' })
  })

  it('keeps a mute, and tells two decisions of one millisecond apart', async () => {
    const code = newRoom()
    const first = await enter(code, 'ana', 'APPROVED')
    await muteUntil(code, 'ana', NOW + 5000)
    await endMembership(code, first, 'LEFT', NOW)
    const left = await read(code, 'ana')
    await admit(code, left, { ...entering('ana'), status: 'APPROVED' }, NOW)
    const back = await read(code, 'ana')
    expect(back.muted_until).toBe(NOW + 5000)
    expect(first.status_at < left.status_at && left.status_at < back.status_at).toBe(true)
  })

  it('admits nobody whose account is gone', async () => {
    const code = newRoom()
    expect(await admit(code, undefined, { ...entering('nobody'), status: 'APPROVED' }, NOW)).toBe(false)
    expect(await memberOf(code, 'nobody')).toBeUndefined()
    expect(await namesLike(code, 'Ana', 'somebody')).toEqual(new Set())
    expect(await listed('nobody')).toEqual([])
  })

  it('of ten people of one name at once lets one have it', async () => {
    const code = newRoom()
    await Promise.all(Array.from({ length: 10 }, (_, n) => putPerson(`user-${n}`)))
    const tries = Array.from({ length: 10 }, (_, n) =>
      admit(code, undefined, { ...entering(`user-${n}`), status: 'APPROVED' }, NOW),
    )
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })
})

it('namesLike: the folded names that begin alike, in this room', async () => {
  const code = newRoom()
  for (const [n, name] of ['Ana', 'ANA 2', 'Anabel', 'Bo'].entries()) await enter(code, `user-${n}`, 'APPROVED', name)
  await enter(newRoom(), 'other', 'APPROVED', 'Ana 3')
  expect(await namesLike(code, 'Ana', 'somebody')).toEqual(new Set(['ana', 'ana 2', 'anabel']))
  expect(await namesLike(code, 'Ana', 'user-1')).toEqual(new Set(['ana', 'anabel']))
  expect(await namesLike(code, 'Аna', 'somebody')).toEqual(new Set(['ana', 'ana 2', 'anabel']))
})

describe('approve', () => {
  it('lets a waiting person in, once', async () => {
    const code = newRoom()
    const waiting = await enter(code, 'approved-once', 'PENDING')
    const answers = await Promise.all([approve(code, waiting, NOW + 1), approve(code, waiting, NOW + 1)])
    expect(answers.sort()).toEqual([false, true])
    expect(await read(code, 'approved-once')).toMatchObject({ status: 'APPROVED' })
    expect(await listed('approved-once')).toEqual([code])
  })
})

it('noteAsked: the wish that was read, and no other', async () => {
  const code = newRoom()
  const waiting = await enter(code, 'ana', 'PENDING')
  expect(waiting.asked_at).toBe(NOW)
  expect(await noteAsked(code, waiting, { now: NOW + 30_000, is_traced: true })).toBe(true)
  expect(await read(code, 'ana')).toMatchObject({ status: 'PENDING', status_at: NOW, asked_at: NOW + 30_000 })
  await approve(code, waiting, NOW + 31_000)
  expect(await noteAsked(code, waiting, { now: NOW + 32_000, is_traced: false })).toBe(false)
  expect(await read(code, 'ana')).toMatchObject({ status: 'APPROVED', asked_at: NOW + 30_000 })
  expect(await noteAsked(newRoom(), waiting, { now: NOW, is_traced: false })).toBe(false)
})

describe('endMembership', () => {
  it.each(['LEFT', 'KICKED', 'BANNED', 'REJECTED'] as const)(
    '%s: saved, the name free, the room unlisted',
    async (status) => {
      const code = newRoom()
      const member = await enter(code, `gone-${status}`, 'APPROVED')
      expect(await endMembership(code, member, status, NOW + 1)).toBe(true)
      expect(await read(code, member.user_id)).toMatchObject({ status, status_at: NOW + 1 })
      expect(await namesLike(code, 'Ana', 'somebody')).toEqual(new Set())
      expect(await listed(member.user_id)).toEqual([])
      expect(await endMembership(code, member, status, NOW + 2)).toBe(false)
    },
  )

  it('does not touch the name of somebody who has taken it since', async () => {
    const code = newRoom()
    const ana = await enter(code, 'ana', 'APPROVED')
    await endMembership(code, ana, 'LEFT', NOW + 1)
    await enter(code, 'namesake', 'APPROVED')
    expect(await endMembership(code, await read(code, 'ana'), 'BANNED', NOW + 2)).toBe(true)
    expect(await namesLike(code, 'Ana', 'somebody')).toEqual(new Set(['ana']))
  })

  it('gives back every form of the name', async () => {
    const code = newRoom()
    const ana = await enter(code, 'cyrillic', 'APPROVED', 'Аna')
    expect(await namesLike(code, 'Аna', 'somebody')).toEqual(new Set(['ana', 'аna']))
    await endMembership(code, ana, 'LEFT', NOW + 1)
    expect(await namesLike(code, 'Аna', 'somebody')).toEqual(new Set())
  })

  it('lets somebody go whose other form belongs to a look-alike, as functions of 0.1.0 let two in', async () => {
    const code = newRoom()
    const looksAlike = await enter(code, 'old-cyrillic', 'APPROVED', 'Аna')
    await remove(nameKey(code, 'ana'))
    await enter(code, 'old-latin', 'APPROVED')
    expect(await endMembership(code, looksAlike, 'LEFT', NOW + 1)).toBe(true)
    expect(await namesLike(code, 'Аna', 'somebody')).toEqual(new Set(['ana']))
  })

  it('refuses while the person hosts, or is about to', async () => {
    const code = newRoom()
    const ana = await enter(code, 'ana', 'APPROVED')
    expect(await markHosting(code, 'ana', NOW)).toMatchObject({ hosting_since: NOW })
    expect(await endMembership(code, ana, 'KICKED', NOW + 1)).toBe(false)
    await unmarkHosting(code, 'ana', NOW - 1)
    expect(await read(code, 'ana')).toMatchObject({ hosting_since: NOW })
    await unmarkHosting(code, 'ana', NOW)
    expect(await endMembership(code, ana, 'KICKED', NOW + 1)).toBe(true)
    expect(await markHosting(code, 'ana', NOW)).toBeUndefined()
    expect(await markHosting(code, 'nobody', NOW)).toBeUndefined()
  })
})

describe('lift', () => {
  it.each(['BANNED', 'KICKED', 'REJECTED'] as const)('%s: once, and it is known what was lifted', async (status) => {
    const code = newRoom()
    await endMembership(code, await enter(code, 'ana', 'APPROVED'), status, NOW)
    const shutOut = await read(code, 'ana')
    const answers = await Promise.all([lift(code, shutOut, NOW), lift(code, shutOut, NOW)])
    expect(answers.sort()).toEqual([false, true])
    const lifted = await read(code, 'ana')
    expect(lifted).toMatchObject({ status: 'LEFT', status_before: status })
    expect(lifted.status_at).toBeGreaterThan(shutOut.status_at)
  })

  it('of a kick leaves a ban that came after it', async () => {
    const code = newRoom()
    await endMembership(code, await enter(code, 'ana', 'APPROVED'), 'KICKED', NOW)
    const kicked = await read(code, 'ana')
    await endMembership(code, kicked, 'BANNED', NOW + 1)
    expect(await lift(code, kicked, NOW + 2)).toBe(false)
    expect(await read(code, 'ana')).toMatchObject({ status: 'BANNED' })
  })

  it('makes nobody a member', async () => {
    const code = newRoom()
    const nobody = { ...(await enter(newRoom(), 'ana', 'APPROVED')), status: 'BANNED' } as const
    expect(await lift(code, nobody, NOW)).toBe(false)
    expect(await memberOf(code, 'ana')).toBeUndefined()
  })
})

it('membersWith: those with one of these statuses, and no others', async () => {
  const code = newRoom()
  for (const name of ['ana', 'bo', 'cy']) await enter(code, name, name === 'bo' ? 'APPROVED' : 'PENDING', name)
  await endMembership(code, await read(code, 'cy'), 'REJECTED', NOW)
  const idsWith = async (...statuses: Member['status'][]) =>
    (await membersWith(code, statuses)).map(({ user_id }) => user_id)
  expect([await idsWith('PENDING'), await idsWith('PENDING', 'REJECTED')]).toEqual([['ana'], ['ana', 'cy']])
  expect(await idsWith('BANNED')).toEqual([])
})

it('muteUntil: approved members only', async () => {
  const code = newRoom()
  await enter(code, 'ana', 'APPROVED')
  await enter(code, 'bo', 'PENDING', 'Bo')
  expect(await muteUntil(code, 'ana', NOW)).toBe(true)
  expect(await read(code, 'ana')).toMatchObject({ muted_until: NOW })
  expect(await muteUntil(code, 'ana', null)).toBe(true)
  expect(await read(code, 'ana')).toMatchObject({ muted_until: null })
  expect([await muteUntil(code, 'bo', NOW), await muteUntil(code, 'nobody', NOW)]).toEqual([false, false])
})

it('noteAccount: a member is a guest no more, and nobody becomes a member by it', async () => {
  const code = newRoom()
  await enter(code, 'ana', 'APPROVED')
  await noteAccount(code, 'ana')
  await noteAccount(code, 'nobody')
  expect(await read(code, 'ana')).toMatchObject({ is_guest: false })
  expect(await memberOf(code, 'nobody')).toBeUndefined()
})

it('membersIn: page after page in a stable order, each once', async () => {
  const code = newRoom()
  const ids = Array.from({ length: 7 }, (_, n) => `user-${n}`)
  for (const id of ids) await enter(code, id, 'APPROVED', id)
  const pages: string[][] = []
  let after: string | null | undefined
  do {
    const { members, last } = await membersIn(code, 3, after ?? undefined)
    pages.push(members.map(({ user_id }) => user_id))
    after = last
  } while (after !== null)
  expect(pages).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)])
})
