import { expect, test, vi } from 'vitest'
import { checkSaid } from './checks.ts'
import { createComings } from './comings.ts'
import { drawsOf } from './draws.ts'
import { createFailures, describeFailures } from './failures.ts'
import { readOptions } from './options.ts'
import type { Said } from './person.ts'
import type { RoomTruth } from './table.ts'
import { createTimeline } from './timeline.ts'

test('a seed draws the same again for each actor, whoever else draws', () => {
  const draw = (seed: number, actor: string) => {
    const draws = drawsOf(seed, actor)
    return Array.from({ length: 20 }, () => draws.weighed({ say: 3, play: 1, leave: 1 }))
  }
  expect(draw(7, 'Ana')).toEqual(draw(7, 'Ana'))
  expect(draw(7, 'Ana')).not.toEqual(draw(7, 'Bo'))
  expect(draw(7, 'Ana')).not.toEqual(draw(8, 'Ana'))
})

test('a timeline that is moved on runs what is due by then, in its order, and nothing else', async () => {
  vi.useFakeTimers()
  const timeline = createTimeline()
  const ran: string[] = []
  timeline.after(30_000, () => ran.push('second'))
  timeline.after(10_000, () => {
    ran.push('first')
    timeline.after(5_000, () => ran.push('made meanwhile'))
  })
  timeline.after(20_000, () => ran.push('cancelled'))()
  timeline.after(90_000, () => ran.push('later'))
  timeline.skip(60_000)
  expect(ran).toEqual(['first', 'second'])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(ran).toEqual(['first', 'second', 'made meanwhile'])
  await vi.advanceTimersByTimeAsync(25_100)
  expect(ran.at(-1)).toBe('later')
  vi.useRealTimers()
})

test('comings and goings are counted in the order in which they happened, each once', () => {
  const comings = createComings()
  const told = (type: 'USER_JOINED' | 'USER_LEFT', at: number) =>
    comings.posted('socket', { type, user: 'Bo', user_id: 'bo', at })
  told('USER_JOINED', 10)
  told('USER_LEFT', 30)
  told('USER_LEFT', 31)
  told('USER_JOINED', 20)
  expect(comings.wrongFor('socket', 'bo', false)).toBeUndefined()
  expect(comings.wrongFor('socket', 'bo', true)).toBe('joined, left; and is there')
  expect(comings.wrongFor('socket', 'cy', true)).toBe('nothing; and is there')
})

test('a list that was read before somebody left, and was posted after it, does not bring them back', () => {
  const comings = createComings()
  const members = [{ user_id: 'bo', name: 'Bo', role: 'participant' as const, since: 10 }]
  const list = { participants: ['Bo'], host: 'Ana', members, viewers: 1, at: 40 }
  comings.posted('socket', { type: 'USER_LEFT', user: 'Bo', user_id: 'bo', at: 35 })
  comings.posted('socket', { type: 'ROOM_PARTICIPANTS', ...list })
  expect(comings.wrongFor('socket', 'bo', false)).toBeUndefined()
  comings.posted('socket', { type: 'ROOM_PARTICIPANTS', ...list, members: [], at: 50 })
  expect(comings.wrongFor('socket', 'bo', true)).toBe('joined, left; and is there')
})

test('what was said is in the table once, or not at all where it is known to be removed', () => {
  const said = (text: string, outcome: Said['outcome'], removal?: Said['removal']): Said => ({
    ...{ code: 'ROOM', text, by: 'Ana', outcome },
    ...(removal !== undefined && { removal }),
  })
  const failuresOf = (messages: Said[], texts: string[]) => {
    const failures = createFailures()
    checkSaid(messages, new Map([['ROOM', { texts } as RoomTruth]]), failures)
    return failures.list.map(({ text }) => text)
  }
  const good = [
    said('one', 'accepted'),
    said('two', 'unknown'),
    said('three', 'refused'),
    said('four', 'accepted', 'done'),
  ]
  expect(failuresOf([...good, said('five', 'accepted', 'asked')], ['one'])).toEqual([])
  expect(failuresOf(good, [])).toEqual(['“one” of Ana in ROOM was accepted, and the table has it 0 times'])
  expect(failuresOf(good, ['one', 'two', 'two'])).toEqual([
    '“two” of Ana in ROOM was not answered, and the table has it 2 times',
  ])
  expect(failuresOf(good, ['one', 'three', 'four'])).toEqual([
    '“three” of Ana in ROOM was refused, and the table has it 1 times',
    '“four” of Ana in ROOM was accepted, its removal was done, and the table has it 1 times',
  ])
})

test('failures are told by kind, the first of each in full', () => {
  const failures = createFailures()
  for (let number = 1; number <= 14; number += 1) failures.note('a ghost is left', `P${number}`)
  failures.note('a client gave up', 'Ana')
  const lines = describeFailures(failures).split('\n')
  expect([lines[0], lines[1], lines[13], lines[14]]).toEqual([
    'a ghost is left (14)',
    '  P1',
    '  and 2 more',
    'a client gave up (1)',
  ])
})

test('the command says in one sentence how it is used', () => {
  expect(readOptions(['--seed', '7'])).toEqual({ seed: 7, seconds: 120, rooms: 20, clients: 10, isCalm: false })
  expect(readOptions(['--rooms', '2', '--calm'])).toMatchObject({ rooms: 2, isCalm: true })
  for (const wrong of [['--rooms', '0'], ['--clients', '1'], ['--seed', 'x'], ['--nonsense']])
    expect(() => readOptions(wrong)).toThrow('Usage')
})
