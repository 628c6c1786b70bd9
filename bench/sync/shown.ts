import type { Trace } from './viewer.ts'

/** Between frames further apart than this the picture stood still for anybody who looked. */
const STILL_AFTER_MS = 250

type Point = readonly [at: number, position: number, ...rest: unknown[]]

const positionAmong = (points: readonly Point[], at: number): number => {
  const index = points.findLastIndex(([pointAt]) => pointAt <= at)
  const [before, after] = [points[index], points[index + 1]]
  if (before === undefined) return Number.NaN
  const [from, position] = before
  if (after === undefined || after[0] - from > STILL_AFTER_MS) return position
  return position + ((after[1] - position) * (at - from)) / (after[0] - from)
}

/** Seconds into the video of what is on this viewer's screen at `at`: between two frames, in proportion. NaN before the first. */
export const positionShown = ({ frames }: Trace, at: number): number => positionAmong(frames, at)

/** Seconds into the video as the player itself says. */
export const positionTold = ({ told }: Trace, at: number): number => positionAmong(told, at)

export const firstFrameAt = ({ frames }: Trace): number => frames[0]?.[0] ?? Number.POSITIVE_INFINITY

/** Milliseconds for which one frame stayed, at the longest. */
export const longestFrame = ({ frames }: Trace, from: number, until: number): number => {
  const shown = frames.map(([at]) => at).filter((at) => at >= from && at < until)
  return Math.max(0, ...shown.slice(1).map((at, index) => at - (shown[index] ?? at)))
}

export const countBetween = (instants: readonly number[], from: number, until: number): number =>
  instants.filter((at) => at >= from && at < until).length

/** Seconds between the two instants at which the player was set to another rate than the video's own. */
export const offSpeedSeconds = ({ rates }: Trace, from: number, until: number): number =>
  rates
    .map(([at, rate], index) => ({ at, rate, end: rates[index + 1]?.[0] ?? until }))
    .filter(({ rate }) => Math.abs(rate - 1) > 1e-6)
    .reduce((sum, { at, end }) => sum + Math.max(0, Math.min(end, until) - Math.max(at, from)) / 1000, 0)
