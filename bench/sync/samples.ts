import type { Phase } from './scenario.ts'
import { firstFrameAt, positionShown, positionTold } from './shown.ts'
import type { Trace } from './viewer.ts'

/** All viewers at one instant. */
export type Sample = {
  at: number
  /** Seconds into the video, in the order of the viewers. */
  positions: number[]
  /** Milliseconds between the one furthest ahead and the one furthest behind: by their pictures, and by their players. */
  spread: number
  spreadTold: number
  /** All of them move, about where the room says. */
  isUnderWay: boolean
}

/** Converged is within this... */
export const TOGETHER_MS = 40
const SAMPLE_MS = 100
/** ...for this many samples: for fewer it may be two that pass each other. */
const STEADY_SAMPLES = 10
/** Far less than the seek of the scenario, far more than any viewer is off: tells before the command from after it. */
const ABOUT_SECONDS = 1.5

const apart = (positions: readonly number[]): number => (Math.max(...positions) - Math.min(...positions)) * 1000

const sampleAt = (traces: readonly Trace[], { heard }: Phase, at: number): Sample => {
  const positions = traces.map((trace) => positionShown(trace, at))
  const room = heard.time + (at - heard.at) / 1000
  const isMoving = traces.every((trace, index) => positionShown(trace, at + 200) - (positions[index] ?? 0) > 0.1)
  return {
    at,
    positions,
    spread: apart(positions),
    spreadTold: apart(traces.map((trace) => positionTold(trace, at))),
    // Side by side before the command has reached them, or on the same still picture, is no convergence.
    isUnderWay: isMoving && positions.every((position) => Math.abs(position - room) < ABOUT_SECONDS),
  }
}

/** The viewers who were there at the end of the phase, every 100 ms from the command (or the late one's first frame) on. */
export const takeSamples = (traces: readonly Trace[], phase: Phase) => {
  const present = traces.filter((trace) => firstFrameAt(trace) < phase.until && trace.leftAt >= phase.until)
  const began = Math.max(phase.commandAt, ...present.map(firstFrameAt))
  const samples: Sample[] = []
  for (let at = began; at < phase.until - 2 * SAMPLE_MS; at += SAMPLE_MS) samples.push(sampleAt(present, phase, at))
  const converged = samples.findIndex((_, index) => {
    const steady = samples.slice(index, index + STEADY_SAMPLES)
    return (
      steady.length === STEADY_SAMPLES && steady.every(({ isUnderWay, spread }) => isUnderWay && spread <= TOGETHER_MS)
    )
  })
  return { present, began, samples, converged: converged === -1 ? undefined : converged }
}
