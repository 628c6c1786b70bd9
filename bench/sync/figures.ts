import { positionOf } from './given-only.ts'
import { type Sample, takeSamples } from './samples.ts'
import type { Phase, PhaseName, Run } from './scenario.ts'
import { countBetween, longestFrame, offSpeedSeconds } from './shown.ts'

export type Figures = {
  roundTripMs: number
  name: PhaseName
  /** Milliseconds between the viewer furthest ahead and the one furthest behind, once converged. */
  p50: number
  p95: number
  max: number
  /** p95 of the same by what the players say of themselves: what is left is how the browser times its pictures. */
  toldP95: number
  /** From the command, or from the late viewer's first frame; undefined where it never came. */
  convergedMs: number | undefined
  /** Of the viewer with the most: seeks after one command. */
  seeks: number
  /** Of the viewer with the most: seconds at another rate than 1. */
  offSpeed: number
  /** Milliseconds by which the client that reads only the given fields is ahead of the viewers' middle, p50. */
  givenOnly: number
  each: EachViewer[]
}

/** One viewer: `aheadMs` of the middle one, p50. */
type EachViewer = { name: string; aheadMs: number; seeks: number; offSpeed: number; longestFrameMs: number }

/** A phase that never converged is measured from here on all the same. */
export const CONVERGED_WITHIN_MS = 3_000

const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const middle = ({ positions }: Sample): number => percentile(positions, 0.5)

/** What one phase came to, from what the pages noted. */
export const figuresOf = ({ roundTripMs, traces, legs }: Run, phase: Phase): Figures => {
  const { from, commandAt, until, name } = phase
  const { present, began, samples, converged } = takeSamples(traces, phase)
  const convergedAt = converged === undefined ? undefined : samples[converged]?.at
  const measured = samples.filter(({ at }) => at >= (convergedAt ?? began + CONVERGED_WITHIN_MS))
  const aheadOfMiddle = (positionIn: (sample: Sample) => number | undefined): number =>
    percentile(
      measured.map((sample) => ((positionIn(sample) ?? Number.NaN) - middle(sample)) * 1000),
      0.5,
    )
  const each = present.map((trace, index) => ({
    name: trace.name,
    aheadMs: aheadOfMiddle(({ positions }) => positions[index]),
    // A pause is a command of its own, with a seek of its own.
    seeks: Math.max(countBetween(trace.seeks, from, commandAt), countBetween(trace.seeks, commandAt, until)),
    offSpeed: offSpeedSeconds(trace, from, until),
    longestFrameMs: longestFrame(trace, measured[0]?.at ?? until, until),
  }))
  const spreads = measured.map(({ spread }) => spread)
  return {
    roundTripMs,
    name,
    p50: percentile(spreads, 0.5),
    p95: percentile(spreads, 0.95),
    max: Math.max(...spreads),
    toldP95: percentile(
      measured.map(({ spreadTold }) => spreadTold),
      0.95,
    ),
    convergedMs: convergedAt === undefined ? undefined : convergedAt - began,
    seeks: Math.max(...each.map(({ seeks }) => seeks)),
    offSpeed: Math.max(...each.map(({ offSpeed }) => offSpeed)),
    givenOnly: aheadOfMiddle(({ at }) => positionOf(legs, at)),
    each,
  }
}
