import { expect, test } from 'vitest'
import { addExchange, type Clock, localTime, serverTime } from '../../client/clock.ts'
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
  expect([quick.offset, slowAgain.offset]).toEqual([700, 700])
  expect(slowAgain.uncertainty).toBe(10)
})

test('the quickest way out and the quickest way back count, also from two exchanges', () => {
  const first = addExchange(null, exchange(500, 0, 10, 90))
  const both = addExchange(first, exchange(500, 1_000, 90, 10))
  expect(both).toMatchObject({ offset: 500, uncertainty: 10 })
})

test('only the last sixteen count', () => {
  let clock: Clock | null = addExchange(null, exchange(0, 0, 1, 1))
  for (let n = 1; n <= 16; n += 1) clock = addExchange(clock, exchange(0, n * 1_000, 50, 50))
  expect(clock.samples).toHaveLength(16)
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

test('server and local time convert into each other', () => {
  const clock = addExchange(null, exchange(40_000, 0, 7, 7))
  expect(localTime(clock, serverTime(clock, 123))).toBe(123)
})
