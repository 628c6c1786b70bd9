import { expect, it } from 'vitest'
import { emptyRoom, type RoomState } from '../../client/index.ts'
import type { KnownFacts } from '../../client/room/room-state.ts'
import type { PlaybackState } from '../../protocol/playback.ts'
import { type ActivityLine, chatEntries, withLine } from '../../web/room/chat/activity.ts'
import { type Happening, happenedBetween } from '../../web/room/chat/happenings.ts'
import { isOwnChange, rolesBetween } from '../../web/room/chat/role-happenings.ts'
import { driversHere, drivesMeanwhile } from '../../web/room/drivers.ts'
import { detail } from '../client/simulated/room-server.ts'

const bo = { id: 'u-bo', name: 'Bo' }
const pia = { id: 'u-pia', name: 'Pia' }
let count = 0
const lines = (...happened: [seconds: number, what: Happening][]): readonly ActivityLine[] =>
  happened.reduce<readonly ActivityLine[]>((before, [seconds, what]) => {
    count += 1
    return withLine(before, { id: count, at: seconds * 1000, what })
  }, [])
const kinds = (all: readonly ActivityLine[]) => all.map(({ what }) => what.kind)
const driven = (kind: 'played' | 'paused' | 'sought', version: number): Happening => ({
  kind,
  name: 'Ana',
  time: 60,
  version,
})

it('who reloads the page neither left nor came', () => {
  expect(lines([0, { kind: 'left', ...bo }], [2, { kind: 'joined', ...bo }])).toEqual([])
  expect(kinds(lines([0, { kind: 'left', ...bo }], [60, { kind: 'joined', ...bo }]))).toEqual(['left', 'joined'])
  expect(kinds(lines([0, { kind: 'left', ...bo }], [2, { kind: 'joined', ...pia }]))).toEqual(['left', 'joined'])
})

it('a video that is over and stands there from now on was paused by nobody', () => {
  const at = (playback: Partial<PlaybackState>): RoomState => ({
    ...emptyRoom,
    media: { url: 'https://video.example/film.mp4', title: null, duration: 60 },
    playback: { is_playing: true, time: 50, at: 0, rate: 1, version: 1, ...playback },
  })
  const stands = at({ is_playing: false, time: 60, at: 90_000, version: 2 })
  expect(happenedBetween(at({}), stands)).toEqual([])
  expect(happenedBetween(at({ time: 0 }), at({ is_playing: false, time: 20, at: 20_000, version: 2 }))).toHaveLength(1)
})

it('who has another name neither left nor came', () => {
  const named = (name: string): RoomState => ({
    ...emptyRoom,
    people: { ...emptyRoom.people, list: [{ user_id: 'u-ana', name, role: 'participant' }] },
  })
  expect(happenedBetween(named('Ana'), named('Anna'))).toEqual([
    { kind: 'renamed', id: 'u-ana', name: 'Anna', former: 'Ana' },
  ])
  expect(happenedBetween(named('Ana'), named('Ana'))).toEqual([])
})

it('a search has one end, and a pause of minutes two', () => {
  expect(kinds(lines([0, driven('sought', 1)], [3, driven('sought', 2)], [6, driven('played', 3)]))).toEqual(['played'])
  expect(kinds(lines([0, driven('paused', 1)], [300, driven('played', 2)]))).toEqual(['paused', 'played'])
})

it('a new video pauses in the same write, and that is one line', () => {
  const changed: Happening = { kind: 'changed', name: 'Ana', title: 'Film', version: 4 }
  expect(kinds(lines([0, driven('paused', 4)], [0, changed]))).toEqual(['changed'])
  expect(kinds(lines([0, driven('paused', 3)], [0, changed]))).toEqual(['paused', 'changed'])
})

it('people who come one after the other share a line, unless something was said between', () => {
  const come = lines([0, { kind: 'joined', ...bo }], [90, { kind: 'joined', ...pia }], [200, { kind: 'left', ...bo }])
  const names = (messages: Parameters<typeof chatEntries>[0]) =>
    chatEntries(messages, come).map((entry) => ('line' in entry ? entry.names : entry.message.message))
  expect(names([])).toEqual([['Bo', 'Pia'], ['Bo']])
  const said = { id: '1', user: 'Ana', user_id: 'u-ana', message: 'Hello', created_at: 60_000 }
  expect(names([said])).toEqual([['Bo'], 'Hello', ['Pia'], ['Bo']])
})

it('who becomes a co-host, or is none any more, and whether everybody may play, is told to each in their words', () => {
  const facts = (more: Partial<KnownFacts>): RoomState => ({
    ...emptyRoom,
    people: {
      ...emptyRoom.people,
      list: [bo, pia].map(({ id, name }) => ({ user_id: id, name, role: 'participant' })),
    },
    room: { ...detail, at: 0, cohosts: [], ...more },
  })
  const roles = (before: RoomState, after: RoomState) => rolesBetween(before, after, bo.id)
  const [none, both] = [facts({}), facts({ cohosts: [bo.id, pia.id, 'u-gone'] })]
  expect(roles(none, both)).toEqual([
    { kind: 'appointed', role: 'cohost', ...bo, isOwn: true },
    { kind: 'appointed', role: 'cohost', ...pia, isOwn: false },
  ])
  expect(roles(both, none)).toMatchObject([
    { kind: 'dismissed', role: 'cohost' },
    { kind: 'dismissed', role: 'cohost' },
  ])
  // A co-host who takes the room is told of as the host.
  expect(roles(facts({ cohosts: [bo.id] }), facts({ host_id: bo.id }))).toEqual([])
  // Whoever hands it on was the host, and no co-host.
  expect(roles(facts({ host_id: pia.id }), facts({ host_id: bo.id }))).toEqual([])
  const open = facts({ control: 'EVERYONE' })
  expect(roles(none, open)).toEqual([{ kind: 'control', name: detail.host, isForAll: true }])
  expect(roles(open, none)).toEqual([{ kind: 'control', name: detail.host, isForAll: false }])
  expect([isOwnChange(none, open, bo.id), isOwnChange(none, both, bo.id), isOwnChange(both, none, bo.id)]).toEqual([
    ...[true, true, true],
  ])
  // The host, who may play anyway, did it.
  expect([isOwnChange(none, open, detail.host_id), isOwnChange(none, facts({ cohosts: [pia.id] }), bo.id)]).toEqual([
    ...[false, false],
  ])
})

it('those who drive are the host and the co-hosts who are here', () => {
  const here = (ids: readonly string[], more: Partial<KnownFacts> = {}): RoomState => ({
    ...emptyRoom,
    people: { ...emptyRoom.people, list: ids.map((id) => ({ user_id: id, name: id, role: 'participant' })) },
    room: { ...detail, at: 0, host_id: 'hana', cohosts: ['bo'], ...more },
  })
  expect(driversHere(here(['ana', 'bo', 'hana']))).toEqual(['hana', 'bo'])
  const meanwhile = (state: RoomState) => ['ana', 'bo'].map((me) => drivesMeanwhile(state, me))
  expect(meanwhile(here(['ana', 'bo']))).toEqual(['cohosts', 'you'])
  expect(meanwhile(here(['ana']))[0]).toBe('nobody')
  expect(meanwhile(here(['ana'], { control: 'EVERYONE' }))[0]).toBe('you')
})
