import { describe, expect, it } from 'vitest'
import {
  activityBucket,
  hasEnded,
  hashRoomPassword,
  idleUntil,
  livingRoom,
  newRoom,
  roomDetail,
  roomUpdated,
} from '../../functions/domain/room.ts'
import { ServerEvent } from '../../protocol/server-events.ts'

const NOW = 1_790_000_000_000
const DAY_MS = 24 * 3600 * 1000
const given = {
  code: 'K7WQ3F',
  name: 'Films',
  is_private: true,
  entry_mode: 'PASSWORD',
  is_chat_enabled: true,
} as const
const room = newRoom({ ...given, media: null, host_id: 'hana', host: 'Hana', password: 'SECRET' }, NOW, 30)

describe('a new room', () => {
  it('[R18] is paused at 0 in version 0, admits guests, and lasts thirty days', () => {
    expect(room).toEqual({
      ...given,
      ...{
        cohosts: [],
        barred: [],
        barred_at: 0,
        control: 'HOSTS',
        heirs: 'COHOSTS',
        chat_since: null,
        slow_mode_seconds: 0,
        offered_to: null,
        stands_in_for: null,
      },
      ...{ media: null, host_id: 'hana', host: 'Hana', guests_allowed: true, deleted_at: null, is_listed: false },
      ...{ is_playing: false, time: 0, at: NOW, rate: 1, version: 0, sent_at: 0, facts_revision: 0, empty_since: null },
      ...{ created_at: NOW, active_at: NOW - (NOW % 600_000), idle_until: NOW + 30 * DAY_MS },
      ...{
        is_locked: false,
        chosen_hash: null,
        password_at: null,
        password_hash: hashRoomPassword('K7WQ3F', 'SECRET'),
      },
    })
  })

  it.each([
    [undefined, null, 0],
    [90, null, 90],
    [90, 60, 60],
    [60, 60, 60],
  ])('[R1] of a start at %j and a duration of %j it stands at %i', (start, duration, time) => {
    const media = { url: 'https://a.example/v.mp4', title: null, duration }
    expect(newRoom({ ...given, media, start, host_id: 'hana', host: 'Hana', password: null }, NOW, 30).time).toBe(time)
  })

  it('keeps its password as a hash only, and none where there is none', () => {
    expect(JSON.stringify(room)).not.toContain('SECRET')
    const open = newRoom({ ...given, media: null, host_id: 'hana', host: 'Hana', password: null }, NOW, 30)
    expect(open.password_hash).toBeNull()
  })
})

describe('a living room', () => {
  it.each([
    ['just made', room, NOW, true],
    ['a millisecond before its time', room, room.idle_until - 1, true],
    ['at its time', room, room.idle_until, false],
    ['deleted', { ...room, deleted_at: NOW }, NOW, false],
    ['never made', undefined, NOW, false],
  ])('[R18] %s', (_, one, now, lives) => {
    if (one !== undefined) expect(hasEnded(one, now)).toBe(!lives)
    if (lives) expect(livingRoom(one, now)).toBe(one)
    else expect(() => livingRoom(one, now)).toThrow(expect.objectContaining({ code: 'room_not_found' }))
  })
})

describe('time', () => {
  it.each([
    [0, 0],
    [1, 0],
    [599_999, 0],
    [600_000, 600_000],
    [NOW, 1_789_999_800_000],
  ])('[R17] the bucket of %i starts at %i', (now, start) => {
    expect(activityBucket(now)).toBe(start)
  })

  it('[R18] a room is idle after whole days', () => {
    expect(idleUntil(NOW, 1)).toBe(NOW + DAY_MS)
  })
})

describe('what is told of a room', () => {
  it('[R14] to its members, with what they are in it, and no secret', () => {
    const detail = roomDetail(room, 'ana', 3)
    expect(detail).toMatchObject({ room_id: 'K7WQ3F', code: 'K7WQ3F', is_host: false, viewers: 3 })
    expect(roomDetail(room, 'hana', 3)).toEqual({ ...detail, is_host: true })
    expect(detail).not.toHaveProperty('password_hash')
  })

  it('[R12] after any change, everything', () => {
    const event = roomUpdated(room, NOW + 1)
    expect(ServerEvent.parse(event)).toEqual(event)
    expect(event).toMatchObject({ name: 'Films', entry_mode: 'PASSWORD', host: 'Hana', version: 0, at: NOW + 1 })
    expect(event).not.toHaveProperty('password_hash')
  })
})
