import { describe, expect, it } from 'vitest'
import { randomIds } from '../../functions/domain/ids.ts'
import { newRoom, type Room } from '../../functions/domain/room.ts'
import { forgetEmpty, noteEmpty, pauseEmpty } from '../../functions/table/empty-rooms.ts'
import { endedRooms, endIdleRoom, endRoom, forgetEnded } from '../../functions/table/endings.ts'
import { setHost } from '../../functions/table/hosting.ts'
import { commandPlayback, trimCommands } from '../../functions/table/playback.ts'
import { publicRooms, roomsInactiveSince, touchRoom } from '../../functions/table/room-lists.ts'
import { putRoom, roomByCode, roomsByCodes } from '../../functions/table/rooms.ts'
import { changeRoom } from '../../functions/table/settings.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const TEN_MINUTES = 10 * 60_000
const DAY_MS = 24 * 3600 * 1000
const NOW = 1_790_000_400_000
const media = { url: 'https://media.example/film.mp4', title: null, duration: 90 }

setUpStage()

const made = async (change: Partial<Room> = {}, now = NOW): Promise<Room> => {
  const given = { code: randomIds.roomCode(), name: null, is_private: false, entry_mode: null, is_chat_enabled: true }
  const room = {
    ...newRoom({ ...given, media: null, host_id: 'hana', host: 'Hana', password: null }, now, 30),
    ...change,
  }
  expect(await putRoom(room)).toBe(true)
  return room
}
const read = async ({ code }: Room): Promise<Room> => {
  const room = await roomByCode(code)
  if (room === undefined) throw new Error(`There is no room ${code}.`)
  return room
}
/** A command that nobody has sent before, unless it is given the mark or the frame of one. */
const command = (sentAt: number, more: Partial<Parameters<typeof commandPlayback>[1]> = {}) => ({
  ...{ type: 'PLAY' as const, time: 12.5, userId: 'hana', at: NOW + 400, sentAt, now: NOW, idleDays: 30 },
  ...{ mark: randomIds.token(), frameId: randomIds.token() },
  ...more,
})
/** The room after a command that is saved. */
const run = async (...given: Parameters<typeof commandPlayback>): Promise<Room> => {
  const result = await commandPlayback(...given)
  if (result.outcome !== 'saved') throw new Error(`It was ${result.outcome}.`)
  return result.room
}
const refused = { outcome: 'refused' }
const unchanged = { outcome: 'unchanged' }
/** The room after a change of settings. */
const changed = async (...given: Parameters<typeof changeRoom>) => (await changeRoom(...given))?.room
const as = (userId: string) => ({ userId, right: 'change' as const })
const times = { now: NOW + 5, receivedAt: NOW + 4 }

describe('putRoom, roomByCode, roomsByCodes', () => {
  it('keep a room as it is, under a code taken once', async () => {
    const room = await made({ media, entry_mode: 'APPROVAL', is_private: true, is_listed: false, name: 'Films' })
    expect(await read(room)).toEqual(room)
    expect(await putRoom({ ...room, created_at: NOW + 1, name: 'Other' })).toBe(false)
    expect(await read(room)).toEqual(room)
    expect(await roomByCode('NOBODY')).toBeUndefined()
  })

  it('read many in the order of the codes', async () => {
    const [a, b] = [await made(), await made()]
    expect(await roomsByCodes([b.code, 'NOBODY', a.code, b.code])).toEqual([b, undefined, a, b])
    expect(await roomsByCodes([])).toEqual([])
  })
})

describe('commandPlayback', () => {
  it('saves the host’s command with the next version, and where the room is active', async () => {
    const room = await made()
    const later = NOW + TEN_MINUTES
    const saved = await run(room.code, command(NOW, { now: later }))
    expect(saved).toEqual({
      ...room,
      ...{ is_playing: true, time: 12.5, at: NOW + 400, version: 1, sent_at: NOW },
      ...{ active_at: later - (later % TEN_MINUTES), idle_until: later + 30 * DAY_MS },
    })
    expect(await read(room)).toEqual(saved)
  })

  it('SEEK leaves a room playing or paused, PAUSE pauses it', async () => {
    const room = await made()
    const plays: boolean[] = []
    for (const type of ['SEEK', 'PLAY', 'SEEK', 'PAUSE', 'SEEK'] as const)
      plays.push((await run(room.code, command(NOW, { type }))).is_playing)
    expect(plays).toEqual([false, true, true, false, false])
  })

  it('[P2] changes nothing for anyone but the host, in a deleted room, or in none', async () => {
    const [room, deleted] = [await made(), await made({ deleted_at: NOW })]
    expect(await commandPlayback(room.code, command(NOW, { userId: 'bo' }))).toEqual(refused)
    expect(await commandPlayback(deleted.code, command(NOW))).toEqual(refused)
    expect(await commandPlayback('NOBODY', command(NOW))).toEqual(refused)
    expect([await read(room), await read(deleted)]).toEqual([room, deleted])
    expect(await roomByCode('NOBODY')).toBeUndefined()
  })

  it('[P6] changes nothing where a newer frame has been saved', async () => {
    const room = await made()
    await run(room.code, command(NOW + 100, { time: 1 }))
    expect(await commandPlayback(room.code, command(NOW + 99, { time: 2 }))).toMatchObject(unchanged)
    expect(await run(room.code, command(NOW + 100, { time: 3 }))).toMatchObject({ version: 2 })
    expect(await read(room)).toMatchObject({ time: 3, version: 2 })
  })

  it('[P6] a PLAY or PAUSE that a SEEK has overtaken says whether the room plays, and not where', async () => {
    const room = await made()
    const before = await run(room.code, command(NOW))
    const seek = command(NOW + 20, { type: 'SEEK', time: 100, at: NOW + 500 })
    await run(room.code, seek)
    const late = await commandPlayback(room.code, command(NOW + 10, { type: 'PAUSE', time: 12 }))
    expect(late).toMatchObject({ outcome: 'saved', isOvertaken: true, room: { is_playing: false, time: 100 } })
    // The newest of several PLAYs and PAUSEs counts, and a SEEK that is late itself says nothing any more.
    for (const older of [command(NOW + 9), command(NOW + 19, { type: 'SEEK', time: 50 })])
      expect(await commandPlayback(room.code, older)).toMatchObject(unchanged)
    expect((await run(room.code, command(NOW + 15))).is_playing).toBe(true)
    expect(await read(room)).toMatchObject({ is_playing: true, time: 100, at: seek.at, version: before.version + 3 })
  })

  it('[P6] a PAUSE that was received before a change of media does not stop the PLAY after it', async () => {
    const room = await made()
    await changed(room.code, as('hana'), { media }, room, { now: NOW + 20, receivedAt: NOW + 20 })
    await run(room.code, command(NOW + 30, { type: 'SEEK', time: 7 }))
    expect(await commandPlayback(room.code, command(NOW + 10, { type: 'PLAY' }))).toMatchObject(unchanged)
    expect(await read(room)).toMatchObject({ is_playing: false, time: 7 })
  })

  it('[P6] what a function of 0.1.0 saved is the newest PLAY or PAUSE for whoever comes late', async () => {
    // It says when with `sent_at` alone.
    const room = await made({ is_playing: true, sent_at: NOW + 10 })
    expect(await commandPlayback(room.code, command(NOW + 5, { type: 'PAUSE' }))).toMatchObject(unchanged)
    await run(room.code, command(NOW + 20, { type: 'SEEK', time: 100 }))
    expect(await commandPlayback(room.code, command(NOW + 5, { type: 'PAUSE' }))).toMatchObject(unchanged)
    expect((await run(room.code, command(NOW + 15, { type: 'PAUSE' }))).is_playing).toBe(false)
  })

  it('[P10] changes nothing the second time, and answers with the room as it is by then', async () => {
    const room = await made()
    const play = command(NOW)
    await run(room.code, play)
    const now = await run(room.code, command(NOW + 50, { type: 'SEEK', time: 70 }))
    const again = { ...play, frameId: 'another', sentAt: NOW + 100, at: NOW + 500 }
    expect(await commandPlayback(room.code, again)).toEqual({ ...unchanged, room: now })
    // From somebody who may not command it is silence, whatever its mark.
    expect(await commandPlayback(room.code, { ...again, userId: 'bo' })).toEqual(refused)
    expect(await read(room)).toEqual(now)
  })

  it('whose answer was lost is saved once, and not taken for one that a client sent again', async () => {
    const room = await made()
    const play = command(NOW)
    const first = await run(room.code, play)
    expect(await commandPlayback(room.code, play)).toMatchObject({ outcome: 'saved', room: first })
    const seek = command(NOW + 50, { type: 'SEEK' })
    await run(room.code, seek)
    const late = command(NOW + 40, { type: 'PAUSE' })
    const second = await run(room.code, late)
    expect(await commandPlayback(room.code, late)).toMatchObject({ outcome: 'saved', room: second })
  })

  it('[P10] keeps the marks of the latest commands, and the oldest go once there are many', async () => {
    const room = await made()
    const commands = Array.from({ length: 25 }, () => command(NOW))
    let marks = 0
    for (const one of commands) {
      const result = await commandPlayback(room.code, one)
      if (result.outcome === 'saved') ({ marks } = result)
      await trimCommands(room.code, marks)
    }
    expect(marks).toBe(25)
    // A second function that has counted as many takes nothing more.
    await trimCommands(room.code, marks)
    const outcomeOf = async (one: (typeof commands)[number] | undefined) =>
      one && (await commandPlayback(room.code, { ...one, frameId: 'again' })).outcome
    expect([await outcomeOf(commands[9]), await outcomeOf(commands[24])]).toEqual(['unchanged', 'unchanged'])
    expect(await outcomeOf(commands[8])).toBe('saved')
  })

  it('[P4] of commands at once each has a version of its own', async () => {
    const room = await made()
    const saved = await Promise.all([1, 2, 3, 4].map(() => run(room.code, command(NOW))))
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4])
  })
})

describe('a room that nobody watches', () => {
  it('[P7] is noted while it plays, with the latest instant at which somebody was heard of', async () => {
    const room = await made()
    await noteEmpty(room.code, NOW)
    expect(await read(room)).toEqual(room)
    await commandPlayback(room.code, command(NOW))
    for (const since of [NOW + 5, NOW + 9, NOW + 7]) await noteEmpty(room.code, since)
    expect(await read(room)).toMatchObject({ empty_since: NOW + 9, is_playing: true, version: 1 })
  })

  it('[P7] is paused as it was read, and not where somebody commanded or came meanwhile', async () => {
    const room = await made()
    const playing = await run(room.code, command(NOW))
    expect(await pauseEmpty({ ...playing, version: 0 }, 20, NOW + 9)).toBeUndefined()
    await noteEmpty(room.code, NOW + 5)
    expect(await pauseEmpty(playing, 20, NOW + 9)).toBeUndefined()
    const noted = { ...playing, empty_since: NOW + 5 }
    expect(await read(room)).toEqual(noted)
    const paused = { ...playing, is_playing: false, time: 20, at: NOW + 9, version: 2 }
    expect(await pauseEmpty(noted, 20, NOW + 9)).toEqual(paused)
    expect(await pauseEmpty(paused, 30, NOW + 10)).toBeUndefined()
  })

  it('[P7] is forgotten by whoever comes in time, and by a command', async () => {
    const room = await made()
    await commandPlayback(room.code, command(NOW))
    await noteEmpty(room.code, NOW + 5)
    const noted = await read(room)
    if (noted === undefined) throw new Error('There is no room.')
    await forgetEmpty(room.code, NOW + 5)
    expect(await read(room)).toEqual(noted)
    await forgetEmpty(room.code, NOW + 6)
    expect(await read(room)).toEqual({ ...noted, empty_since: null })
    await noteEmpty(room.code, NOW + 6)
    expect(await run(room.code, command(NOW + 7))).toMatchObject({ empty_since: null })
  })
})

describe('changeRoom', () => {
  it('changes what is given and nothing else, and raises the revision of the facts', async () => {
    const room = await made()
    const change = { name: 'New', is_chat_enabled: false, guests_allowed: false }
    expect(await changed(room.code, as('hana'), change, room, times)).toEqual({ ...room, ...change, facts_revision: 1 })
    const back = await changed(room.code, as('hana'), { name: null }, room, times)
    expect(back).toEqual({ ...room, ...change, name: null, facts_revision: 2 })
  })

  it('[P5] a change of media pauses at 0 in the same write, with the next version', async () => {
    const room = await made()
    await commandPlayback(room.code, command(NOW))
    const after = await changed(room.code, as('hana'), { media }, room, times)
    expect(after).toMatchObject({ media, is_playing: false, time: 0, at: NOW + 5, sent_at: NOW + 4, version: 2 })
    expect(await changed(room.code, as('hana'), { media: null }, room, times)).toMatchObject({ version: 3 })
  })

  it('changes nothing for anyone but the host, in a deleted room, or of an entry that changed meanwhile', async () => {
    const room = await made()
    const name = { name: 'Mine' }
    expect(await changed(room.code, as('bo'), name, room, times)).toBeUndefined()
    const unlisted = { is_listed: false }
    expect(await changed(room.code, as('hana'), unlisted, { ...room, entry_mode: 'APPROVAL' }, times)).toBeUndefined()
    expect(await changed('NOBODY', as('hana'), name, room, times)).toBeUndefined()
    expect(await read(room)).toEqual(room)
  })

  it('[R12] of two requests for one setting the one that was received later counts, setting by setting', async () => {
    const room = await made()
    const at = (receivedAt: number) => ({ now: NOW + 500, receivedAt })
    await changed(room.code, as('hana'), { is_chat_enabled: false }, room, at(NOW + 20))
    const late = await changeRoom(room.code, as('hana'), { is_chat_enabled: true, name: 'Late' }, room, at(NOW + 10))
    expect(late).toEqual({
      room: { ...room, is_chat_enabled: false, name: 'Late', facts_revision: 2 },
      saved: { name: 'Late' },
    })
    const none = await changeRoom(
      room.code,
      as('hana'),
      { name: 'Later still', is_chat_enabled: true },
      room,
      at(NOW + 9),
    )
    expect(none).toMatchObject({ room: { name: 'Late', is_chat_enabled: false }, saved: {} })
    // The entry is one setting: who is let in, the password, whether the room is listed.
    const entry = { is_private: true, is_listed: false, entry_mode: 'PASSWORD' as const, password_hash: 'hash' }
    await changed(room.code, as('hana'), entry, room, at(NOW + 30))
    const stale = await changeRoom(room.code, as('hana'), { is_listed: true, name: 'New' }, entry, at(NOW + 29))
    expect(stale).toMatchObject({ room: { ...entry, name: 'New' }, saved: { name: 'New' } })
  })

  it('[P6] a video that was asked for before a newer command is there, and the command stands', async () => {
    const room = await made()
    const late = { now: NOW + 500, receivedAt: NOW + 20 }
    await run(room.code, command(NOW + 10))
    const seek = await run(room.code, command(NOW + 30, { type: 'SEEK', time: 70 }))
    const sought = await changed(room.code, as('hana'), { media }, room, late)
    expect(sought).toMatchObject({ media, is_playing: false, time: 70, at: seek.at, version: 3, sent_at: NOW + 30 })
    const play = await run(room.code, command(NOW + 40, { time: 8 }))
    const other = { ...media, url: 'https://media.example/other.mp4' }
    const played = await changed(room.code, as('hana'), { media: other }, room, { ...late, receivedAt: NOW + 35 })
    expect(played).toMatchObject({ media: other, is_playing: true, time: 8, at: play.at, version: 5 })
  })

  it('a change of the entry whose answer was lost is known by what it wrote', async () => {
    const room = await made()
    const entry = { is_private: true, is_listed: false, entry_mode: 'PASSWORD' as const, password_hash: 'hash' }
    const first = await changeRoom(room.code, as('hana'), entry, room, times)
    expect(first).toMatchObject({ saved: entry })
    expect(await changeRoom(room.code, as('hana'), entry, room, times)).toEqual(first)
    expect(await changeRoom(room.code, as('hana'), { ...entry, password_hash: 'other' }, room, times)).toBeUndefined()
  })

  it('[R17] moves the room between the lists of listed and other ones', async () => {
    const room = await made()
    const isFound = async () => (await publicRooms(0, 1000, undefined)).some(({ code }) => code === room.code)
    expect(await isFound()).toBe(true)
    const closed = { is_private: true, is_listed: false, entry_mode: 'APPROVAL' as const }
    await changed(room.code, as('hana'), closed, room, times)
    expect([await isFound(), (await read(room)).is_listed]).toEqual([false, false])
    const opened = { is_private: false, is_listed: true, entry_mode: null }
    await changed(room.code, as('hana'), opened, { ...room, ...closed }, times)
    expect([await isFound(), (await read(room)).is_listed]).toEqual([true, true])
    await changed(room.code, as('hana'), { is_listed: false }, room, times)
    expect([await isFound(), (await read(room)).is_listed]).toEqual([false, false])
  })
})

describe('setHost', () => {
  it('[R11] hands a living room over for its host only', async () => {
    const room = await made()
    const ana = { user_id: 'ana', name: 'Ana' }
    const from = (userId: string) => ({ from: userId, set: {} })
    expect(await setHost(room.code, from('bo'), ana)).toBeUndefined()
    expect(await setHost(room.code, from('hana'), ana)).toEqual({
      ...room,
      ...{ host_id: 'ana', host: 'Ana', former_host_id: 'hana', facts_revision: 1 },
    })
    // The same hand-over again, as the SDK repeats a request whose answer was lost: it is so.
    expect(await setHost(room.code, from('hana'), ana)).toMatchObject({ host_id: 'ana' })
    expect(await setHost(room.code, from('hana'), { user_id: 'bo', name: 'Bo' })).toBeUndefined()
    await endRoom(room.code, 'ana', NOW)
    expect(await setHost(room.code, from('ana'), ana)).toBeUndefined()
  })
})

describe('the end of a room', () => {
  it('[R13] endRoom ends it once, for its host, and keeps nothing but its code', async () => {
    const room = await made({ media, password_hash: 'hash', is_playing: true })
    expect(await endRoom(room.code, 'bo', NOW)).toBe('not theirs')
    expect(await endRoom('NOBODY', 'hana', NOW)).toBe('not theirs')
    expect(await endRoom(room.code, 'hana', NOW + 1)).toBe('ended')
    // The same request repeated is the same answer; another one comes too late.
    expect(await endRoom(room.code, 'hana', NOW + 1)).toBe('ended')
    expect(await endRoom(room.code, 'hana', NOW + 2)).toBe('ended before')
    const ended = { deleted_at: NOW + 1, is_playing: false, is_listed: false, media: null, password_hash: null }
    expect(await read(room)).toEqual({ ...room, ...ended })
    expect(await putRoom(room)).toBe(false)
  })

  it('[R18] endIdleRoom ends only what is idle, and roomsInactiveSince finds it, listed or not', async () => {
    const [open, closed] = [await made(), await made({ is_listed: false })]
    const fresh = await made({}, NOW + DAY_MS)
    const found = await roomsInactiveSince(NOW + DAY_MS)
    expect([open, closed, fresh].map(({ code }) => found.includes(code))).toEqual([true, true, false])
    const end = NOW + 30 * DAY_MS
    expect([await endIdleRoom(open.code, end - 1), await endIdleRoom(open.code, end)]).toEqual([false, true])
    expect([await endIdleRoom(open.code, end), await endIdleRoom('NOBODY', end)]).toEqual([false, false])
    expect(await roomsInactiveSince(NOW + DAY_MS)).not.toContain(open.code)
  })

  it('endedRooms holds what waits for the sweep, until it is forgotten', async () => {
    const [ended, living] = [await made(), await made()]
    await endRoom(ended.code, 'hana', NOW)
    const waiting = await endedRooms()
    expect([waiting.includes(ended.code), waiting.includes(living.code)]).toEqual([true, false])
    await forgetEnded(ended.code)
    await forgetEnded(living.code)
    expect(await endedRooms()).not.toContain(ended.code)
    expect(await read(ended)).toMatchObject({ deleted_at: NOW })
    expect((await publicRooms(0, 1000, undefined)).some(({ code }) => code === living.code)).toBe(true)
  })
})

describe('touchRoom', () => {
  it('writes once in ten minutes, and never revives a deleted room', async () => {
    const room = await made()
    await touchRoom(room, NOW + 1, 30)
    expect(await read(room)).toEqual(room)
    const later = NOW + TEN_MINUTES
    await touchRoom(room, later, 30)
    const touched = { ...room, active_at: later, idle_until: later + 30 * DAY_MS }
    expect(await read(room)).toEqual(touched)
    await touchRoom(room, later + 5, 30)
    expect(await read(room)).toEqual(touched)
    await endRoom(room.code, 'hana', later)
    await touchRoom(room, later + DAY_MS, 30)
    expect(await read(room)).toMatchObject({ deleted_at: later, active_at: later })
  })
})

describe('publicRooms', () => {
  it('[R17] lists from the latest back, across all shards, from any place on', async () => {
    const start = NOW + 1000 * DAY_MS
    const rooms: Room[] = []
    for (let n = 0; n < 12; n += 1) rooms.push(await made({}, start + Math.floor(n / 3) * TEN_MINUTES))
    const all = await publicRooms(start - TEN_MINUTES, 100, undefined)
    expect(all.map(({ code }) => code).sort()).toEqual(rooms.map(({ code }) => code).sort())
    expect(all.map(({ active }) => active)).toEqual(
      all
        .map(({ active }) => active)
        .sort()
        .reverse(),
    )
    const [first, second, third] = [0, 5, 10].map((at) => all.slice(at, at + 5))
    expect(await publicRooms(start - TEN_MINUTES, 5, undefined)).toEqual(first)
    expect(await publicRooms(start - TEN_MINUTES, 5, first?.at(-1)?.active)).toEqual(second)
    expect(await publicRooms(start - TEN_MINUTES, 5, second?.at(-1)?.active)).toEqual(third)
    expect(await publicRooms(start + 10 * TEN_MINUTES, 5, undefined)).toEqual([])
  })

  it('[H7] after a place that has grown too old nothing follows', async () => {
    const room = await made()
    const place = (await publicRooms(0, 1000, undefined)).find(({ code }) => code === room.code)
    expect(await publicRooms(NOW + DAY_MS, 5, place?.active)).toEqual([])
  })
})
