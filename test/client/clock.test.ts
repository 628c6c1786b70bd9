import { describe, expect, test } from 'vitest'
import { addExchange, type Clock, clockAt, localTime, serverTime } from '../../client/clock/clock.ts'
import { between, chooseSeed, createRandom } from './simulated/seeded-random.ts'

/** A PING at `t0` that took `out` ms there and `back` ms back; the server thinks for 2 ms. */
const exchange = (offset: number, t0: number, out: number, back: number) => {
  const t1 = t0 + out + offset
  return { t0, t1, t2: t1 + 2, t3: t0 + out + 2 + back }
}

test('an even round trip gives the offset exactly, and half of it as the uncertainty', () => {
  const clock = addExchange(null, exchange(-3_000, 1_000, 40, 40))
  expect(clock.offset).toBe(-3_000)
  expect(clock.uncertainty).toBe(40)
})

test('the lowest round trip wins over a slower one before and after it', () => {
  const slow = addExchange(null, exchange(700, 0, 300, 20))
  const quick = addExchange(slow, exchange(700, 1_000, 10, 10))
  const slowAgain = addExchange(quick, exchange(700, 2_000, 20, 400))
  expect(slow.offset).toBe(840)
  expect([quick.offset, slowAgain.offset]).toEqual([expect.closeTo(700, 6), expect.closeTo(700, 6)])
  // A tenth of a millisecond for each second since: the clocks may run apart by a ten-thousandth.
  expect(slowAgain.uncertainty).toBeCloseTo(10.14)
})

test('the quickest way out and the quickest way back count, also from two exchanges', () => {
  const first = addExchange(null, exchange(500, 0, 10, 90))
  const both = addExchange(first, exchange(500, 1_000, 90, 10))
  expect(both).toMatchObject({ offset: expect.closeTo(500, 0), uncertainty: expect.closeTo(10, 0) })
})

test('only the last 32 count', () => {
  let clock: Clock | null = addExchange(null, exchange(0, 0, 1, 1))
  for (let n = 1; n <= 32; n += 1) clock = addExchange(clock, exchange(0, n * 1_000, 50, 50))
  expect(clock.samples).toHaveLength(32)
  expect(clock.uncertainty).toBe(50)
})

test('a clock that was set, or stood still during sleep, is believed at once', () => {
  let clock: Clock | null = null
  for (let n = 0; n < 8; n += 1) clock = addExchange(clock, exchange(0, n * 1_000, 5, 5))
  clock = addExchange(clock, exchange(90_000, 10_000, 100, 120))
  expect(Math.abs(clock.offset - 90_000)).toBeLessThanOrEqual(clock.uncertainty)
  expect(clock.samples).toHaveLength(1)
})

test('the truth is within the uncertainty, whatever the network does', () => {
  const random = createRandom(chooseSeed('clock'))
  for (let run = 0; run < 300; run += 1) {
    const offset = between(random, -50_000, 50_000)
    let clock: Clock | null = null
    for (let n = 0; n < 12; n += 1)
      clock = addExchange(clock, exchange(offset, n * 60_000, between(random, 1, 500), between(random, 1, 500)))
    expect(Math.abs((clock?.offset ?? 0) - offset)).toBeLessThanOrEqual((clock?.uncertainty ?? 0) + 1e-6)
  }
})

describe('clocks that run apart', () => {
  const exchangeAt = (ppm: number, t0: number, out: number, back: number) => {
    const offsetAt = (local: number) => 1_000 + local * ppm * 1e-6
    const t1 = t0 + out + offsetAt(t0 + out)
    return { t0, t1, t2: t1, t3: t0 + out + back }
  }

  test.each([-100, -50, -20, 0, 10, 50, 100])(
    'by %i millionths: what is said to be known holds the truth, to 4 ms',
    (ppm) => {
      let clock: Clock = addExchange(null, exchangeAt(ppm, 0, 10, 10))
      for (let n = 1; n < 10; n += 1) clock = addExchange(clock, exchangeAt(ppm, n * 100, 10, 10))
      for (let minute = 1; minute <= 120; minute += 1) {
        const t0 = minute * 60_000
        // The moment before the next exchange is the one at which least is known.
        const before = clockAt(clock, t0)
        expect(Math.abs(before.offset - (1_000 + t0 * ppm * 1e-6))).toBeLessThanOrEqual(before.uncertainty)
        clock = addExchange(clock, exchangeAt(ppm, t0, 10, 10))
        const error = Math.abs(clock.offset - (1_000 + (t0 + 20) * ppm * 1e-6))
        expect(error).toBeLessThanOrEqual(clock.uncertainty)
        expect(error).toBeLessThan(4)
      }
    },
  )

  test("hold the truth whatever the network does, also where a minute's exchange is lost", () => {
    const random = createRandom(chooseSeed('drift'))
    for (let run = 0; run < 100; run += 1) {
      const ppm = between(random, -80, 80)
      let clock: Clock = addExchange(null, exchangeAt(ppm, 0, 20, 20))
      for (let n = 1; n < 10; n += 1)
        clock = addExchange(clock, exchangeAt(ppm, n * 100, between(random, 5, 60), between(random, 5, 60)))
      for (let minute = 1; minute <= 40; minute += 1) {
        if (random() < 0.1) continue
        const t0 = minute * 60_000
        clock = addExchange(clock, exchangeAt(ppm, t0, between(random, 5, 200), between(random, 5, 200)))
        const heardAt = clock.samples.at(-1)?.takenAt ?? t0
        expect(Math.abs(clock.offset - (1_000 + heardAt * ppm * 1e-6))).toBeLessThanOrEqual(clock.uncertainty + 0.1)
      }
    }
  })

  test('with nothing heard for a while less is known, and half an hour of samples says how fast they run', () => {
    let clock: Clock = addExchange(null, exchangeAt(40, 0, 10, 10))
    for (let n = 1; n < 10; n += 1) clock = addExchange(clock, exchangeAt(40, n * 100, 10, 10))
    const fresh = clockAt(clock, 60_000).uncertainty
    expect(fresh).toBeGreaterThan(clock.uncertainty + 5)
    for (let minute = 1; minute <= 31; minute += 1) clock = addExchange(clock, exchangeAt(40, minute * 60_000, 10, 10))
    expect(clockAt(clock, 32 * 60_000).uncertainty).toBeLessThan(fresh)
  })
})

test('server and local time convert into each other', () => {
  const clock = addExchange(null, exchange(40_000, 0, 7, 7))
  expect(localTime(clock, serverTime(clock, 123))).toBe(123)
})

describe("a server's clock that is set while it answers", () => {
  // Received at 1 s and sent at 61 s of the server's, within 20 ms here: one of the two is wrong.
  const torn = { t0: 0, t1: 1_000, t2: 61_000, t3: 20 }

  test('leaves an offset that is a number, between the two', () => {
    const clock = addExchange(null, torn)
    expect(clock.offset).toBeGreaterThanOrEqual(1_000)
    expect(clock.offset).toBeLessThanOrEqual(61_000)
    expect(clock.offset + clock.uncertainty).toBeGreaterThanOrEqual(60_980)
  })

  test('is known again with the next exchange', () => {
    const clock = addExchange(addExchange(null, torn), { t0: 1_000, t1: 62_010, t2: 62_010, t3: 1_020 })
    expect(clock.offset).toBeCloseTo(61_000, 0)
    expect(clock.uncertainty).toBeLessThanOrEqual(11)
  })

  test('bounds nothing of what comes after, also where both nearly agree', () => {
    // Before it was set the offset was 1,000 ms. It is 61,000 ms, and the torn exchange says 60,980 of it.
    let clock = addExchange(addExchange(null, { t0: 0, t1: 1_005, t2: 1_005, t3: 10 }), torn)
    for (let n = 1; n < 9; n += 1)
      clock = addExchange(clock, { t0: n * 1_000, t1: n * 1_000 + 61_050, t2: n * 1_000 + 61_050, t3: n * 1_000 + 100 })
    expect(clock.offset).toBeCloseTo(61_000, 0)
  })
})
