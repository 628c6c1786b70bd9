import { describe, expect, it } from 'vitest'
import {
  assertMember,
  decideJoin,
  isWaiting,
  type Member,
  mustNoteAsking,
  settledAs,
  statusOf,
} from '../../functions/domain/membership.ts'
import { removal, whyRemoved } from '../../functions/domain/removal.ts'
import { newRoom, type Room } from '../../functions/domain/room.ts'
import { MembershipStatus } from '../../protocol/member.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { RemovalCode, ServerEvent } from '../../protocol/server-events.ts'

const NOW = 1_790_000_000_000
const TEN_MINUTES = 600_000
const given = { code: 'K7WQ3F', name: null, is_private: false, entry_mode: null, is_chat_enabled: true, media: null }
const room = newRoom({ ...given, host_id: 'hana', host: 'Hana', password: null }, NOW, 30)
const asks: Room = { ...room, is_private: true, entry_mode: 'APPROVAL' }
const locked: Room = { ...room, is_private: true, entry_mode: 'PASSWORD' }
const ana = { user_id: 'ana', display_name: 'Ana', is_guest: false }
const member = (status: MembershipStatus, change: Partial<Member> = {}): Member => ({
  ...{ user_id: 'ana', name: 'Ana', is_guest: false, status, status_at: NOW },
  ...{ muted_until: null, hosting_since: null, left_at: 0 },
  ...change,
})

describe('statusOf', () => {
  it.each<[MembershipStatus, number, MembershipStatus | 'NONE']>([
    ['APPROVED', TEN_MINUTES * 100, 'APPROVED'],
    ['LEFT', TEN_MINUTES, 'LEFT'],
    ['BANNED', TEN_MINUTES * 100, 'BANNED'],
    ['REJECTED', TEN_MINUTES - 1, 'REJECTED'],
    ['REJECTED', TEN_MINUTES, 'NONE'],
    ['KICKED', 0, 'KICKED'],
    ['KICKED', TEN_MINUTES - 1, 'KICKED'],
    ['KICKED', TEN_MINUTES, 'NONE'],
  ])('[R5] %s counts %i ms later as %s', (status, later, counts) => {
    expect(statusOf(member(status), NOW + later)).toBe(counts)
  })

  it.each<[string, Partial<Member>, number, 'PENDING' | 'NONE']>([
    ['asked just now', { asked_at: NOW }, 59_999, 'PENDING'],
    ['asked just now', { asked_at: NOW }, 60_000, 'NONE'],
    ['asked again later', { asked_at: NOW + 50_000 }, 109_999, 'PENDING'],
    ['asked again later', { asked_at: NOW + 50_000 }, 110_000, 'NONE'],
    ['written by the version before', {}, TEN_MINUTES - 1, 'PENDING'],
    ['written by the version before', {}, TEN_MINUTES, 'NONE'],
    ['written by the version before, after a wish of this one', { asked_at: NOW - 1 }, TEN_MINUTES - 1, 'PENDING'],
  ])('[R32] of a wish that was %s, %o, %i ms later is %s', (_, change, later, counts) => {
    expect(statusOf(member('PENDING', change), NOW + later)).toBe(counts)
    expect(isWaiting(member('PENDING', change), NOW + later)).toBe(counts === 'PENDING')
  })

  it.each<[Partial<Member>, number, boolean]>([
    [{ asked_at: NOW }, 2_999, false],
    [{ asked_at: NOW }, 3_000, true],
    [{}, 0, true],
    [{ asked_at: NOW - 1 }, 0, true],
  ])('[R32] a wish %o that is asked again %i ms later is noted: %s', (change, later, isNoted) => {
    expect(mustNoteAsking(member('PENDING', change), NOW + later)).toBe(isNoted)
  })

  it('[R5] of somebody who never came is NONE', () => {
    expect(statusOf(undefined, NOW)).toBe('NONE')
  })
})

const outcomeOf = (decide: () => string): string => {
  try {
    return decide()
  } catch (error) {
    if (error instanceof Refusal)
      return error.retryAfter === undefined ? error.code : `${error.code} ${error.retryAfter}`
    throw error
  }
}

describe('decideJoin', () => {
  it.each<[string, Room, MembershipStatus | undefined, boolean, number, string]>([
    ['open', room, undefined, false, 0, 'APPROVED'],
    ['open', room, 'PENDING', false, 0, 'APPROVED'],
    ['open', room, 'LEFT', false, 0, 'APPROVED'],
    ['open', room, 'BANNED', false, TEN_MINUTES, 'banned'],
    ['open', room, 'KICKED', false, 1, 'kicked 600'],
    ['open', room, 'KICKED', false, TEN_MINUTES - 1, 'kicked 1'],
    ['open', room, 'KICKED', false, TEN_MINUTES, 'APPROVED'],
    ['open', room, 'REJECTED', false, 60_000, 'rejected 540'],
    ['asking', asks, undefined, true, 0, 'PENDING'],
    ['asking', asks, 'PENDING', false, 0, 'PENDING'],
    ['asking', asks, 'LEFT', false, 0, 'PENDING'],
    ['asking', asks, 'APPROVED', false, 0, 'APPROVED'],
    ['asking', asks, 'REJECTED', false, TEN_MINUTES, 'PENDING'],
    ['locked', locked, undefined, false, 0, 'wrong_password'],
    ['locked', locked, undefined, true, 0, 'APPROVED'],
    ['locked', locked, 'PENDING', false, 0, 'wrong_password'],
    ['locked', locked, 'LEFT', true, 0, 'APPROVED'],
    ['locked', locked, 'APPROVED', false, 0, 'APPROVED'],
    ['locked', locked, 'BANNED', true, 0, 'banned'],
    ['locked', locked, 'KICKED', true, 0, 'kicked 600'],
  ])('[R5] %s room, %o was %s, password %s, %i ms later: %s', (_, one, status, matches, later, outcome) => {
    const who = status === undefined ? undefined : member(status)
    expect(outcomeOf(() => decideJoin(one, who, ana, matches, NOW + later))).toBe(outcome)
  })

  it.each<[MembershipStatus | undefined, string]>([
    [undefined, 'guests_not_allowed'],
    ['PENDING', 'guests_not_allowed'],
    ['LEFT', 'guests_not_allowed'],
    ['APPROVED', 'APPROVED'],
    ['BANNED', 'banned'],
  ])('[R5] a guest where guests are not allowed, %s: %s', (status, outcome) => {
    const closed = { ...locked, guests_allowed: false }
    const who = status === undefined ? undefined : member(status)
    expect(outcomeOf(() => decideJoin(closed, who, { ...ana, is_guest: true }, true, NOW))).toBe(outcome)
    if (status === undefined) expect(decideJoin(closed, who, ana, true, NOW)).toBe('APPROVED')
  })

  it.each<[Partial<Member>, number, string]>([
    [{ status_before: 'PENDING' }, 0, 'too_fast 10'],
    [{ status_before: 'PENDING' }, 9_001, 'too_fast 1'],
    [{ status_before: 'PENDING' }, 10_000, 'PENDING'],
    [{ status_before: 'REJECTED' }, 0, 'PENDING'],
    [{ status_before: 'APPROVED' }, 0, 'PENDING'],
    [{}, 0, 'PENDING'],
  ])('[R34] asking again after LEFT, %o, %i ms later: %s', (change, later, outcome) => {
    const left = member('LEFT', change)
    expect(outcomeOf(() => decideJoin(asks, left, ana, false, NOW + later))).toBe(outcome)
    expect(outcomeOf(() => decideJoin(room, left, ana, false, NOW + later))).toBe('APPROVED')
  })

  it.each<[string, Partial<Room>, boolean, 'APPROVED' | 'LEFT' | undefined]>([
    ['still asks', {}, true, undefined],
    ['is open', { entry_mode: null, is_private: false }, true, 'APPROVED'],
    ['has a password', { entry_mode: 'PASSWORD' }, false, 'LEFT'],
    ['is locked', { is_locked: true }, false, 'LEFT'],
    ['is open and locked', { is_locked: true, entry_mode: null }, false, 'LEFT'],
    ['shuts guests out', { guests_allowed: false }, true, 'LEFT'],
    ['shuts guests out', { guests_allowed: false }, false, undefined],
    ['is open to accounts', { guests_allowed: false, entry_mode: null }, true, 'LEFT'],
  ])('[R33] a room that %s, %o, settles a wish (of a guest: %s) as %s', (_, change, is_guest, settled) => {
    expect(settledAs({ ...asks, ...change }, { is_guest })).toBe(settled)
  })

  it('[R4] the host is always in', () => {
    const hana = { user_id: 'hana', display_name: 'Hana', is_guest: true }
    for (const one of [asks, locked, { ...locked, guests_allowed: false }])
      expect(decideJoin(one, undefined, hana, false, NOW)).toBe('APPROVED')
  })
})

describe('assertMember', () => {
  it.each(MembershipStatus.options)('[R14] %s', (status) => {
    const outcome = outcomeOf(() => {
      assertMember(room, member(status), 'ana')
      return 'in'
    })
    expect(outcome).toBe(status === 'APPROVED' ? 'in' : 'not_a_member')
  })

  it('[R14] a stranger is none, the host is one in any case', () => {
    expect(() => assertMember(room, undefined, 'ana')).toThrow(expect.objectContaining({ code: 'not_a_member' }))
    expect(() => assertMember(room, undefined, 'hana')).not.toThrow()
  })
})

describe('being removed', () => {
  it.each(RemovalCode.options)('[W7] %s has a sentence and a type of its own', (code) => {
    const event = removal(code)
    expect(ServerEvent.parse(event)).toEqual(event)
    expect(event).toMatchObject({
      type: code === 'room_deleted' ? 'ROOM_DELETED' : 'REMOVED',
      code,
      message: expect.stringMatching(/^[A-Z].*\.$/),
    })
  })

  it.each<[string, Room | undefined, Member | undefined, string | undefined]>([
    ['approved', room, member('APPROVED'), undefined],
    ['waiting again', room, member('PENDING'), 'left'],
    ['left', room, member('LEFT'), 'left'],
    ['never there', room, undefined, 'left'],
    ['rejected', room, member('REJECTED'), 'rejected'],
    ['kicked', room, member('KICKED'), 'kicked'],
    ['banned', room, member('BANNED'), 'banned'],
    ['in a deleted room', { ...room, deleted_at: NOW }, member('APPROVED'), 'room_deleted'],
    ['in no room', undefined, member('APPROVED'), 'room_deleted'],
  ])('[K2] %s', (_, one, who, code) => {
    expect(whyRemoved(one, who, 'ana')).toBe(code)
  })

  it('[K2] the host is not removed, but by the end of the room', () => {
    expect(whyRemoved(room, undefined, 'hana')).toBeUndefined()
    expect(whyRemoved({ ...room, deleted_at: NOW }, undefined, 'hana')).toBe('room_deleted')
  })
})
