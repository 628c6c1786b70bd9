import { describe, expect, test } from 'vitest'
import { createLiveLine, type Programme } from '../../web/players/live-line.ts'

const NOW = 1_790_000_000_000
/** A live stream as a player finds it that has its second 0 at `zero`; the window is a minute long. */
const live = (more: Partial<Programme> = {}): Programme => ({
  isLive: true,
  zero: NOW - 60_000,
  edge: 54,
  newest: 60,
  oldest: 0,
  ...more,
})
const line = (origin: () => number | undefined = () => undefined, now: () => number | null = () => NOW) =>
  createLiveLine({ origin, serverNow: now })

describe('a stream that says its time', () => {
  test('is placed by it: two players that count from different lists agree on every picture', () => {
    const origin = NOW - 20_000
    const [one, other] = [line(() => origin), line(() => origin)]
    one.look(live())
    other.look(live({ zero: NOW - 15_000, edge: 9, newest: 15 }))
    // The same picture: 10 s before now.
    expect(50 + (one.offset() ?? 0)).toBe(10)
    expect(5 + (other.offset() ?? 0)).toBe(10)
    expect(one.facts()).toEqual({ edge: 14, oldest: -40, edgeMadeAt: NOW - 6_000, origin })
  })

  test('begins at its edge while the room has no origin, and keeps that place when the room takes it over', () => {
    let origin: number | undefined
    const mine = line(() => origin)
    mine.look(live())
    expect(54 + (mine.offset() ?? 0)).toBe(0)
    const before = mine.offset()
    mine.look(live({ edge: 80, newest: 86 }))
    expect(mine.offset()).toBe(before)
    origin = mine.facts()?.origin
    expect(mine.offset()).toBe(before)
  })

  test('is not moved by what a player rounds, and is by a jump', () => {
    const mine = line(() => NOW)
    mine.look(live())
    const before = mine.offset() ?? 0
    mine.look(live({ zero: NOW - 60_000 + 15 }))
    expect(mine.offset()).toBe(before)
    mine.look(live({ zero: NOW - 60_000 + 400 }))
    expect(mine.offset()).toBeCloseTo(before + 0.4)
  })
})

describe('a stream that says no time', () => {
  test('counts its newest picture as made now, and is not moved by the next segment', () => {
    let now = NOW
    const mine = line(
      () => NOW - 100_000,
      () => now,
    )
    mine.look(live({ zero: null }))
    const before = mine.offset() ?? 0
    expect(60 + before).toBe(100)
    now += 2_000
    mine.look(live({ zero: null, newest: 60 }))
    expect(mine.offset()).toBe(before)
    now += 60_000
    mine.look(live({ zero: null, newest: 62 }))
    expect(62 + (mine.offset() ?? 0)).toBe(162)
  })

  test('has no place before the clock is known', () => {
    const mine = line(
      () => NOW,
      () => null,
    )
    mine.look(live({ zero: null }))
    expect(mine.offset()).toBeNull()
    expect(mine.facts()).toBeNull()
  })
})

describe('once it has ended', () => {
  test('it stays on the line where its time is known, and is a recording where it is not', () => {
    const dated = line(() => NOW - 20_000)
    dated.look(live({ isLive: false }))
    expect(50 + (dated.offset() ?? 0)).toBe(10)
    expect(dated.isLive()).toBe(false)
    const undated = line(() => NOW - 20_000)
    undated.look(live({ isLive: false, zero: null }))
    expect(undated.offset()).toBe(0)
  })
})

test('a recording is on no line, whatever dates it has', () => {
  const mine = line()
  mine.look(live({ isLive: false }))
  expect(mine.offset()).toBe(0)
  expect(mine.facts()).toBeNull()
  mine.look(null)
  expect(mine.offset()).toBe(0)
})
