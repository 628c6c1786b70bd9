/** One PING and its PONG, in milliseconds: sent and received on the local clock (t0, t3), received and sent on the server's (t1, t2). */
export type Exchange = { t0: number; t1: number; t2: number; t3: number }

/** The offset lies between these two, because neither way took less than no time. `takenAt`: local milliseconds. */
type Sample = { atLeast: number; atMost: number; takenAt: number }

/** What is known of the server's clock. `offset` is what to add to the local clock; the truth lies within `uncertainty` of it. Milliseconds. */
export type Clock = { offset: number; uncertainty: number; samples: readonly Sample[] }

const SAMPLES_KEPT = 16
// Two good clocks drift apart by some 50 millionths; twice that is still no contradiction.
const DRIFT = 100e-6
const TOLERANCE_MS = 1

const contradicts = (older: Sample, newer: Sample): boolean => {
  const slack = TOLERANCE_MS + DRIFT * (newer.takenAt - older.takenAt)
  return older.atLeast > newer.atMost + slack || newer.atLeast > older.atMost + slack
}

/**
 * The clock after one more exchange. The lowest round trip of the last sixteen wins, put together from the quickest way out
 * and the quickest way back among them: where the ways vary by a third, that is half the error of the best single
 * exchange. Samples that the new one rules out (a clock was set, or stood still while the device slept) are dropped.
 * @example addExchange(null, { t0: 0, t1: 510, t2: 510, t3: 20 }).offset === 500
 */
export const addExchange = (clock: Clock | null, { t0, t1, t2, t3 }: Exchange): Clock => {
  const newest: Sample = { atLeast: t2 - t3, atMost: t1 - t0, takenAt: t3 }
  const consistent = (clock?.samples ?? []).filter((sample) => !contradicts(sample, newest))
  const samples = [...consistent, newest].slice(-SAMPLES_KEPT)
  const atLeast = Math.max(...samples.map((sample) => sample.atLeast))
  const atMost = Math.min(...samples.map((sample) => sample.atMost))
  return { offset: (atLeast + atMost) / 2, uncertainty: Math.max(0, atMost - atLeast) / 2, samples }
}

/** Server clock, epoch milliseconds, at the local instant `local`. */
export const serverTime = (clock: Pick<Clock, 'offset'>, local: number): number => local + clock.offset

/** Local instant at which the server's clock shows `server`. */
export const localTime = (clock: Pick<Clock, 'offset'>, server: number): number => server - clock.offset
