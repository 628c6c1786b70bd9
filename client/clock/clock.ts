/**
 * One PING and its PONG, in milliseconds. The client sent and received at t0 and t3 of its clock, the server received
 * and sent at t1 and t2 of its own.
 */
export type Exchange = { t0: number; t1: number; t2: number; t3: number }

/** The offset lay between these two at `takenAt` (local milliseconds), because neither way took less than no time. */
type Sample = { atLeast: number; atMost: number; takenAt: number }

/**
 * What is known of the server's clock, in milliseconds. `offset` is what to add to the local clock. The truth lies within
 * `uncertainty` of it.
 */
export type Clock = { offset: number; uncertainty: number; samples: readonly Sample[] }

/** Half an hour: enough to know the drift to a few millionths, short enough for a drift that changes with the weather. */
const SAMPLES_KEPT = 32
/** Two clocks run apart by some 50 millionths; twice that is no contradiction yet. */
const LARGEST_DRIFT = 100e-6
/** Over the half hour that the samples span, one step is two milliseconds at the most. */
const DRIFT_STEP = 1e-6
/** A drift is not quite steady, and the server's times are whole milliseconds. */
const TOLERANCE_MS = 1
/** Jitter changes the width between two bounds by as much: drifts that differ by less are as likely. */
const AS_LIKELY_MS = 2

const DRIFTS: readonly number[] = Array.from(
  { length: 2 * Math.round(LARGEST_DRIFT / DRIFT_STEP) + 1 },
  (_, index) => index * DRIFT_STEP - LARGEST_DRIFT,
)

type Bounds = { atLeast: number; atMost: number }

/** Where the offset is at the local instant `now`, if the clocks run apart by `drift`. */
const boundsBy = (drift: number, samples: readonly Sample[], now: number): Bounds => {
  let atLeast = Number.NEGATIVE_INFINITY
  let atMost = Number.POSITIVE_INFINITY
  for (const sample of samples) {
    const moved = drift * (now - sample.takenAt)
    atLeast = Math.max(atLeast, sample.atLeast + moved)
    atMost = Math.min(atMost, sample.atMost + moved)
  }
  return { atLeast, atMost }
}

const widthOf = ({ atLeast, atMost }: Bounds): number => atMost - atLeast
const middleOf = ({ atLeast, atMost }: Bounds): number => (atLeast + atMost) / 2

/**
 * The middle of the offsets by the likely drifts. Those are likely by which the bounds lie furthest apart: a wrong drift
 * moves old samples against new ones, and narrows them. The middle of all that is possible would be pulled to the side on
 * which fewer drifts are possible.
 */
const likelyOffset = (possible: readonly Bounds[]): number => {
  const widest = Math.max(...possible.map(widthOf))
  const likely = possible.filter((bounds) => widthOf(bounds) >= widest - AS_LIKELY_MS).map(middleOf)
  return (Math.min(...likely) + Math.max(...likely)) / 2
}

/**
 * The clock at the local instant `now`. Its offset lies where every drift that agrees with all samples puts it;
 * undefined where no drift agrees. A sample says less the older it is, and together they say how fast the clocks run
 * apart.
 */
const clockFrom = (samples: readonly Sample[], now: number): Clock | undefined => {
  const possible = DRIFTS.map((drift) => boundsBy(drift, samples, now)).filter(
    (bounds) => widthOf(bounds) >= -TOLERANCE_MS,
  )
  if (possible.length === 0) return undefined
  const ends = possible.flatMap(({ atLeast, atMost }) => [atLeast, atMost])
  const offset = likelyOffset(possible)
  return { offset, uncertainty: Math.max(offset - Math.min(...ends), Math.max(...ends) - offset), samples }
}

/**
 * After an exchange during which a clock was set: the offset is one of the two, or in between. The next exchange tells it;
 * what was before says nothing any more, and this one bounds nothing.
 */
const clockThatWasSet = (between: Bounds): Clock => ({
  offset: middleOf(between),
  uncertainty: Math.abs(widthOf(between)) / 2,
  samples: [],
})

/**
 * The clock after one more exchange, from the last 32. The quickest way out and the quickest way back among them bound
 * the offset. Each bound is moved by the drift that the clocks may have. Older samples that contradict the new one (a
 * clock was set, or stood still while the device slept) are dropped.
 * @example addExchange(null, { t0: 0, t1: 510, t2: 510, t3: 20 }).offset === 500
 */
export const addExchange = (clock: Clock | null, { t0, t1, t2, t3 }: Exchange): Clock => {
  const newest: Sample = { atLeast: t2 - t3, atMost: t1 - t0, takenAt: t3 }
  if (-widthOf(newest) > TOLERANCE_MS) return clockThatWasSet(newest)
  let samples = [...(clock?.samples ?? []), newest].slice(-SAMPLES_KEPT)
  for (;;) {
    const next = clockFrom(samples, t3)
    if (next !== undefined) return next
    samples = samples.slice(1)
  }
}

/** The clock as it stands at the local instant `now`: the longer after its newest sample, the less it knows. */
export const clockAt = (clock: Clock, now: number): Clock =>
  clock.samples.length === 0 ? clock : (clockFrom(clock.samples, now) ?? clock)

/** Server clock, epoch milliseconds, at the local instant `local`. */
export const serverTime = (clock: Pick<Clock, 'offset'>, local: number): number => local + clock.offset

/** Local instant at which the server's clock shows `server`. */
export const localTime = (clock: Pick<Clock, 'offset'>, server: number): number => server - clock.offset
