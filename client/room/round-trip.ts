import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Runtime } from '../runtime.ts'

/** How long this line takes there and back, milliseconds: the longest of the last PONGs, 0 before the first. */
export type RoundTrip = { heard: (event: ServerEvent) => void; longest: () => number }

const KEPT = 10
/** A PONG that took longer came over a line that was as good as dead, or across a sleep. */
const MOST_MS = 4_000

export const measureRoundTrip = (runtime: Pick<Runtime, 'now'>): RoundTrip => {
  let taken: readonly number[] = []
  return {
    heard: (event) => {
      if (event.type === 'PONG') taken = [...taken, Math.min(MOST_MS, runtime.now() - event.t0)].slice(-KEPT)
    },
    longest: () => Math.max(0, ...taken),
  }
}
