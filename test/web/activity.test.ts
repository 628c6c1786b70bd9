import { expect, it } from 'vitest'
import { emptyRoom, type RoomState } from '../../client/index.ts'
import { type ActivityLine, chatEntries, withLine } from '../../web/room/chat/activity.ts'
import { type Happening, happenedBetween } from '../../web/room/chat/happenings.ts'

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
