import { describe, expect, it } from 'vitest'
import { type HostThen, succession } from '../../functions/domain/absence.ts'
import type { Member } from '../../functions/domain/membership.ts'
import type { Connection, Presence } from '../../functions/domain/presence.ts'
import { newRoom, type Room } from '../../functions/domain/room.ts'

const NOW = 1_790_000_000_000
const LONG_AGO = NOW - 3600_000
const given = { code: 'K7WQ3F', name: null, is_private: false, entry_mode: null, is_chat_enabled: true, media: null }
const roomMade = (at: number): Room => ({
  ...newRoom({ ...given, host_id: 'hana', host: 'Hana', password: null }, at, 30),
  heirs: 'MEMBERS',
})
const room = roomMade(LONG_AGO)
const present = (user_id: string, change: Partial<Connection> = {}): Presence => ({
  ...{ user_id, name: user_id, present_since: LONG_AGO, announced: LONG_AGO, joined_revision: null },
  ...{ left_told: null, left_at: 0, closing: [] },
  connections: [
    { id: user_id, state: 'live', since: LONG_AGO, expires: NOW + 1, live_from: LONG_AGO, seen: null, ...change },
  ],
})
const mia = present('mia')
const host = (change: Partial<Member> = {}, isForgotten = false): HostThen => ({
  member: {
    ...{ user_id: 'hana', name: 'Hana', is_guest: true, status: 'APPROVED', status_at: LONG_AGO },
    ...{ muted_until: null, left_at: 0, hosting_since: LONG_AGO, ...change },
  },
  isForgotten,
})
const heirOf = (then: HostThen, of = room, presences = [mia]) => succession(of, presences, then, NOW)
const away = { isHere: false, heir: 'mia' }
const here = { isHere: true }

describe('[R25] a host is away', () => {
  it('who has had no socket for a minute', () => {
    expect(heirOf(host({ left_at: NOW - 60_000 }))).toEqual(away)
    expect(heirOf(host({ left_at: NOW - 59_999 }))).toEqual(here)
  })

  it('who was never inside, a minute after they became the host', () => {
    expect(heirOf(host())).toEqual(away)
    expect(heirOf(host({ hosting_since: NOW - 59_999 }))).toEqual(here)
    expect(heirOf(host({ hosting_since: NOW - 60_000 }))).toEqual(away)
  })

  it('who was never inside, a minute after they came into the room', () => {
    expect(heirOf(host({ status_at: NOW - 59_999, hosting_since: null }))).toEqual(here)
    expect(heirOf(host({ status_at: NOW - 60_000, hosting_since: null }))).toEqual(away)
  })

  it('whose row is missing, a minute after the room was made', () => {
    const none = { member: undefined, isForgotten: false }
    expect(heirOf(none, roomMade(NOW - 59_999))).toEqual(here)
    expect(heirOf(none, roomMade(NOW - 60_000))).toEqual(away)
  })

  it('never while a socket of theirs is open, unless it has been silent for too long', () => {
    expect(heirOf(host(), room, [mia, present('hana')])).toEqual(here)
    expect(heirOf(host(), room, [mia, present('hana', { seen: NOW - 5 * 60_000 })])).toEqual(away)
  })

  it('at once where they cannot come back, and then any member may be the heir', () => {
    const forgotten = host({ left_at: NOW - 1 }, true)
    expect(heirOf(forgotten, { ...room, heirs: 'COHOSTS' })).toEqual(away)
    expect(heirOf(host({ left_at: LONG_AGO }), { ...room, heirs: 'COHOSTS' })).toEqual({
      isHere: false,
      heir: undefined,
    })
  })
})
