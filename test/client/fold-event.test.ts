import { describe, expect, test } from 'vitest'
import { foldEvent, withFacts } from '../../client/room/fold-event.ts'
import { emptyRoom, type RoomState } from '../../client/room/room-state.ts'
import { pickFacts } from '../../protocol/room-facts.ts'
import type { ServerEvent, ServerEventOf, Viewer } from '../../protocol/server-events.ts'
import { EPOCH } from './simulated/network.ts'
import { detail, MEDIA } from './simulated/room-server.ts'
import { between, chooseSeed, createRandom } from './simulated/seeded-random.ts'

const fold = (events: ServerEvent[], state: RoomState = emptyRoom) => events.reduce(foldEvent, state)
const at = EPOCH

const command = (type: 'PLAY' | 'PAUSE' | 'SEEK', version: number, time = version): ServerEvent => ({
  type,
  time,
  is_playing: type !== 'PAUSE',
  at,
  rate: 1,
  version,
  user_id: 'host',
})
const said = (n: number): ServerEventOf<'CHAT_MESSAGE'> => {
  const message = {
    id: `01J${String(n).padStart(23, '0')}`,
    user: 'Ana',
    user_id: 'ana',
    message: `${n}`,
    created_at: n,
  }
  return { type: 'CHAT_MESSAGE', ...message }
}
const person =
  (type: 'USER_JOINED' | 'USER_LEFT') =>
  (user_id: string, when = at, revision?: number): ServerEvent => ({ type, user: user_id, user_id, at: when, revision })
const removal = { type: 'MESSAGE_REMOVED', user_id: 'host', revision: 'r' } as const
const joined = person('USER_JOINED')
const left = person('USER_LEFT')
const participants = (ids: string[], more: Partial<ServerEventOf<'ROOM_PARTICIPANTS'>> = {}): ServerEvent => ({
  type: 'ROOM_PARTICIPANTS',
  participants: ids,
  host: 'host',
  members: ids.map((id) => ({ user_id: id, name: id, role: id === 'host' ? 'host' : 'participant' })),
  viewers: ids.length,
  at,
  ...more,
})
const updated = (more: Partial<ServerEventOf<'ROOM_UPDATED'>> = {}): ServerEvent => ({
  type: 'ROOM_UPDATED',
  ...pickFacts(detail),
  version: 1,
  at,
  ...more,
})
const state = (version: number, media: typeof MEDIA | null = MEDIA): ServerEvent => ({
  type: 'PLAYBACK_STATE',
  is_playing: false,
  time: 0,
  at,
  rate: 1,
  version,
  media,
})

describe('people', () => {
  const ids = (room: RoomState) => room.people.list.map(({ user_id }) => user_id)

  test('join and leave once, however often it is heard', () => {
    const room = fold([participants(['host', 'ana']), joined('bo'), joined('bo'), left('ana'), left('ana')])
    expect(ids(room)).toEqual(['host', 'bo'])
    expect(room.people.viewers).toBe(2)
  })

  test('beyond a cut list are counted', () => {
    const room = fold([participants(['host'], { viewers: 900, truncated: true }), joined('x'), left('y')])
    expect(room.people).toMatchObject({ viewers: 900, isCut: true })
  })

  test('14a a leave that is older than the join of the same person removes nobody', () => {
    const back = fold([participants(['host']), joined('bo', at + 200), left('bo', at + 100)])
    expect(ids(back)).toEqual(['host', 'bo'])
    const listed = fold([participants(['host', 'bo']), joined('bo', at + 200), left('bo', at + 100)])
    expect(ids(listed)).toEqual(['host', 'bo'])
    expect(ids(fold([left('bo', at + 300)], listed))).toEqual(['host'])
  })

  test('[W2] a leave that is older than the coming of somebody whom the greeting lists removes nobody', () => {
    const members: Viewer[] = [{ user_id: 'bo', name: 'bo', role: 'participant', since: at + 5_000 }]
    const back = fold([participants(['bo'], { members }), left('bo', at + 100)])
    expect(ids(back)).toEqual(['bo'])
    expect(ids(fold([left('bo', at + 4_850)], back))).toEqual(['bo'])
    expect(ids(fold([left('bo', at + 5_001)], back))).toEqual([])
  })

  test('14a a join that is older than the leave of the same person brings nobody back', () => {
    const gone = fold([participants(['host']), joined('bo', at + 100), left('bo', at + 200), joined('bo', at + 100)])
    expect(ids(gone)).toEqual(['host'])
    expect(ids(fold([joined('bo', at + 300)], gone))).toEqual(['host', 'bo'])
  })

  test('[K5] what comes after a list that knows of it already changes nothing: a join of who has left again, a leave of who is back', () => {
    const listed = fold([participants(['host', 'cy'], { revision: 9 })])
    expect(ids(fold([joined('bo', at - 300, 8), left('cy', at - 200, 9)], listed))).toEqual(['host', 'cy'])
    expect(ids(fold([joined('bo', at - 300, 10)], listed))).toEqual(['host', 'cy', 'bo'])
  })

  test('14e a leave of somebody beyond a cut list counts once, however often it is heard', () => {
    const room = fold([participants(['host'], { viewers: 300, truncated: true }), left('y'), left('y')])
    expect(room.people.viewers).toBe(299)
    expect(fold([joined('y', at + 1), left('y', at + 2), left('y', at + 2)], room).people.viewers).toBe(299)
  })

  test('are led by the host, who is recognised when coming back', () => {
    const away = fold([participants(['ana'], { host: 'host' }), updated()])
    const back = fold([joined('bo'), joined('host')], away)
    expect(ids(back)).toEqual(['host', 'ana', 'bo'])
    expect(back.people.list[0]?.role).toBe('host')
  })

  test('follow a handed-over room', () => {
    const room = fold([participants(['host', 'ana']), updated(), updated({ host: 'ana', host_id: 'ana' })])
    expect(room.people.list.map(({ role, name }) => `${name} ${role}`)).toEqual(['ana host', 'host participant'])
  })

  test('ask to be let in, and stop asking', () => {
    const asks: ServerEvent = { type: 'JOIN_REQUESTED', user: 'Bo', user_id: 'bo' }
    const room = fold([asks, asks])
    expect(room.requests).toEqual([{ user: 'Bo', user_id: 'bo' }])
    expect(fold([{ ...asks, type: 'JOIN_RESOLVED', status: 'APPROVED' }], room).requests).toEqual([])
  })

  const asks = (revision?: number): ServerEvent => ({ type: 'JOIN_REQUESTED', user: 'Bo', user_id: 'bo', revision })
  const resolved = (revision?: number): ServerEvent => ({
    ...{ type: 'JOIN_RESOLVED', user: 'Bo', user_id: 'bo' },
    ...{ status: 'LEFT', revision },
  })
  const waiting = (...events: ServerEvent[]) => fold(events).requests.map(({ user_id }) => user_id)

  test('[R20] do not stand at the door again by a question that is heard after the answer', () => {
    expect(waiting(asks(1), resolved(2), asks())).toEqual([])
    expect(waiting(resolved(2), asks(1))).toEqual([])
  })

  test('[R20] stand there again once they ask anew, also where the answer to the question before comes last', () => {
    expect(waiting(asks(1), resolved(2), asks(3))).toEqual(['bo'])
    expect(waiting(asks(1), asks(3), resolved(2), asks())).toEqual(['bo'])
  })

  test('[R20] come and go in the order in which they are heard where the server numbers nothing', () => {
    expect(waiting(asks(), resolved(), asks())).toEqual(['bo'])
    expect(waiting(asks(), resolved())).toEqual([])
  })
})

describe('chat', () => {
  test('holds every message once and in order, in whatever order and however often they come', () => {
    const random = createRandom(chooseSeed('chat order'))
    const sent = Array.from({ length: 60 }, (_, n) => said(n))
    const heard = [...sent, ...sent].sort(() => between(random, -1, 1))
    const room = fold([{ type: 'CHAT_HISTORY', messages: heard.slice(0, 30) }, ...heard.slice(20)])
    expect(room.messages.map(({ message }) => Number(message))).toEqual(sent.map((_, n) => n))
  })

  test('that a greeting did not tell from its beginning stands alone before the others in no case, however many are removed', () => {
    const told = Array.from({ length: 50 }, (_, n) => said(n + 50))
    const gone = told.slice(0, 20).map((one): ServerEvent => ({ ...removal, id: one.id }))
    const room = fold([{ type: 'CHAT_HISTORY', messages: told }, ...gone, said(3)])
    expect(room.messages.map(({ message }) => Number(message))).toEqual(Array.from({ length: 30 }, (_, n) => n + 70))
  })

  test('that was cleared is held from its beginning: what is told late takes its place', () => {
    const told = Array.from({ length: 50 }, (_, n) => said(n))
    const cleared = updated({ revision: 2, chat_since: told[49]?.id ?? '' })
    const room = fold([{ type: 'CHAT_HISTORY', messages: told }, cleared, said(61), said(60)])
    expect(room.messages.map(({ message }) => Number(message))).toEqual([60, 61])
  })

  test('that says nothing new is the same state', () => {
    const room = fold([{ type: 'CHAT_HISTORY', messages: [] }, said(1)])
    expect(fold([said(1), { type: 'CHAT_HISTORY', since: '', messages: [] }], room)).toBe(room)
  })

  test('forgets the oldest beyond two thousand', () => {
    const messages = Array.from({ length: 2_010 }, (_, n) => said(n))
    expect(fold([{ type: 'CHAT_HISTORY', messages }]).messages).toHaveLength(2_000)
  })
})

describe('playback', () => {
  test('ends at the newest version, in whatever order versions come', () => {
    const random = createRandom(chooseSeed('versions'))
    for (let run = 0; run < 100; run += 1) {
      const commands = Array.from({ length: 12 }, (_, n) => command(random() < 0.5 ? 'PLAY' : 'PAUSE', n + 1))
      const room = fold([...commands, ...commands].sort(() => between(random, -1, 1)))
      expect(room.playback).toMatchObject({ version: 12, time: 12 })
    }
  })

  test('drops what is not newer, as the same state', () => {
    const room = fold([command('PLAY', 5), state(5)])
    expect(fold([command('SEEK', 5, 99), command('PAUSE', 4), state(5)], room)).toBe(room)
  })

  test('17 is what a greeting says, whatever version was held: the table may have been restored', () => {
    const other = { ...MEDIA, url: 'https://video.example/other.mp4' }
    const held = fold([participants(['ana']), state(50), command('PLAY', 51)])
    const greeted = fold([participants(['ana']), state(30, other)], held)
    expect(greeted).toMatchObject({ media: other, playback: { is_playing: false, version: 30 } })
    expect(fold([command('PLAY', 31)], greeted).playback).toMatchObject({ is_playing: true, version: 31 })
    // An answer to SYNC_REQUEST is no greeting.
    expect(fold([state(20)], greeted).playback?.version).toBe(30)
  })

  test('17 keeps a command that overtook the end of a greeting', () => {
    const held = fold([participants(['ana']), state(50)])
    const overtaken = fold([participants(['ana']), command('PLAY', 51), state(50)], held)
    expect(overtaken.playback).toMatchObject({ is_playing: true, version: 51 })
  })

  test('keeps what was found out about the video later than what is told late', () => {
    const found = (duration: number, revision: number): ServerEvent => ({
      type: 'MEDIA_LEARNED',
      ...{ url: MEDIA.url, duration, revision },
    })
    const unknown = { ...MEDIA, duration: null }
    const settled = updated({ media: { ...MEDIA, duration: 120 }, revision: 6 })
    expect(fold([state(1, unknown), settled, found(100, 5)]).media?.duration).toBe(120)
    expect(fold([state(1, unknown), found(100, 5), settled]).media?.duration).toBe(120)
    expect(fold([state(1, unknown), found(100, 5), found(120, 6)]).media?.duration).toBe(120)
    // Facts of later need not have said anything of the video.
    expect(fold([state(1, unknown), updated({ media: unknown, revision: 6 }), found(100, 5)]).media?.duration).toBe(100)
    const early = updated({ media: { ...MEDIA, duration: 100 }, revision: 5 })
    expect(fold([state(1, unknown), settled, early]).media?.duration).toBe(120)
  })

  test('keeps the media object where it is the same media', () => {
    const first = fold([state(1)])
    expect(fold([state(2, { ...MEDIA })], first).media).toBe(first.media)
    expect(fold([state(2, null)], first).media).toBeNull()
  })

  test('is paused by a change of media, and stands where its PAUSE says, also where that comes later', () => {
    const media = { ...MEDIA, url: 'https://video.example/other.mp4' }
    const room = fold([state(1), command('PLAY', 2), updated({ media, version: 3 })])
    expect(room).toMatchObject({ media, playback: { is_playing: false, time: 0, version: 2 } })
    const paused = fold([command('PAUSE', 3, 90)], room)
    expect(paused).toMatchObject({ media, playback: { is_playing: false, time: 90, version: 3 } })
    expect(fold([updated({ media: MEDIA, version: 2 })], room).media).toEqual(media)
  })

  test('[P5] a new video is seen also where its PAUSE, of the same version, came first', () => {
    const media = { ...MEDIA, url: 'https://video.example/other.mp4' }
    const before = fold([state(1), command('PLAY', 2)])
    const pauseFirst = fold([command('PAUSE', 3), updated({ media, version: 3 })], before)
    expect(pauseFirst).toMatchObject({ media, playback: { is_playing: false, version: 3 } })
    expect(fold([updated({ media, version: 3 }), command('PAUSE', 3)], before)).toMatchObject({
      media,
      playback: { is_playing: false, version: 3 },
    })
    // The video before, told late.
    expect(fold([updated({ version: 2 })], pauseFirst).media).toEqual(media)
  })

  test('is not robbed of a command by a ROOM_UPDATED that overtook it', () => {
    const media = { ...MEDIA, url: 'https://video.example/other.mp4' }
    const overtaken = fold([state(1), updated({ version: 2 }), command('PLAY', 2)])
    expect(overtaken.playback).toMatchObject({ is_playing: true, version: 2 })
    const both = fold([state(1), updated({ media, version: 3 })])
    expect(both).toMatchObject({ media, playback: { is_playing: false, time: 0, version: 1 } })
    expect(fold([command('PLAY', 3)], both).playback).toMatchObject({ is_playing: true, version: 3 })
  })
})

describe('the room', () => {
  test('is what the newest change says', () => {
    const room = fold([updated({ name: 'New', at: at + 10 }), updated({ name: 'Old', at })])
    expect(room.room).toMatchObject({ name: 'New', at: at + 10 })
  })

  test('takes its facts from the detail, until a change is heard', () => {
    const room = withFacts(emptyRoom, detail)
    expect(room.room).toMatchObject({ name: 'Film night', at: 0 })
    expect(fold([updated({ name: 'New' })], room).room).toMatchObject({ name: 'New' })
    // A function of 0.1.0, beside ours during a deploy, does not say whether the room is listed.
    const silent = updated({ name: 'New', is_listed: undefined })
    expect(fold([updated({ is_listed: false }), silent], room).room).toMatchObject({ name: 'New', is_listed: false })
  })

  test('[R28] knows of a mute what was so last, by the clock of the server', () => {
    const pong = (t1: number, muted_until?: number | null): ServerEvent => ({
      ...{ type: 'PONG', t0: 0, t1, t2: t1, version: 1 },
      ...(muted_until !== undefined && { muted_until }),
    })
    const muted = fold([{ type: 'MUTED', until: at + 60_000, at }])
    expect(muted.mutedUntil).toBe(at + 60_000)
    // It was on its way while the mute was decided; and a server of before says nothing.
    expect(fold([pong(at - 1, null), pong(at + 1)], muted)).toBe(muted)
    expect(fold([pong(at + 1, null)], muted).mutedUntil).toBeNull()
    // Two in one millisecond: the one that is heard later.
    expect(fold([{ type: 'MUTED', until: null, at }], muted).mutedUntil).toBeNull()
    expect(fold([pong(at + 1, at + 90_000)], muted).mutedUntil).toBe(at + 90_000)
    expect(fold([{ type: 'MUTED', until: at + 60_000, at }], muted)).toBe(muted)
    // The mute was not told before it was ended, and is told again late: what says no more than is held counts as well.
    const late: ServerEvent = { type: 'MUTED', until: at + 60_000, at }
    expect(fold([{ type: 'MUTED', until: null, at: at + 1_500 }, late]).mutedUntil).toBeNull()
    // A PONG that says what is held is the same state, so that nothing is drawn again.
    expect(fold([pong(at + 1, at + 60_000)], muted)).toBe(muted)
  })

  test('is not changed by what is meant for others', () => {
    const events: ServerEvent[] = [
      { type: 'PONG', t0: 0, t1: 0, t2: 0, version: 1 },
      { type: 'ERROR', message: '', code: 'muted' },
      { type: 'REMOVED', message: '', code: 'kicked' },
      { type: 'ROOM_DELETED', message: '', code: 'room_deleted' },
    ]
    expect(fold(events)).toBe(emptyRoom)
  })
})
