import { FEWEST_READINGS, isPlaying } from './drift.ts'
import { median } from './median.ts'
import type { Reading } from './player.ts'

/** Something asked of the player that has not shown yet. Positions in seconds, instants in local milliseconds. */
export type Awaited =
  | { kind: 'seek'; position: number; since: number }
  | { kind: 'start'; position: number; since: number }

/**
 * How long this player takes, in milliseconds, as measured so far. `seek`: until it is there. `start`: from `play`
 * until pictures move.
 */
export type Leads = { seek: number | null; start: number | null }

// Generous: a first start that was prepared too far ahead waits a moment, one too near is late.
const GUESS_MS = 600
const LONGEST_GUESS_MS = 1_500
/** A lead is what was measured: a player that takes five seconds to be there must be sent five seconds ahead. */
const LONGEST_MS = 30_000
/**
 * A start that has shown nothing by then is not awaited any longer. A seek is, until the player says that it is there.
 */
const GIVE_UP_AFTER_MS = 20_000
/** A player that still says it is paused by then was stopped by something else, and may be started again. */
const NEVER_STARTED_MS = 2_000
const MOVED_SECONDS = 0.01

export const seekLead = (leads: Leads): number => leads.seek ?? GUESS_MS
// Both wait for the same decoder and buffer: before the first start, the seek is the best guess there is. A very slow one
// waited for the network, which a start does not.
export const startLead = (leads: Leads): number => leads.start ?? Math.min(LONGEST_GUESS_MS, seekLead(leads))

const blend = (before: number | null, measured: number): number => {
  const bounded = Math.min(LONGEST_MS, Math.max(0, measured))
  return before === null ? bounded : (before + bounded) / 2
}

/**
 * What the readings say of what was asked of the player: it is still awaited, or it is done, with the lead that was
 * measured.
 */
export const settle = (
  awaited: Awaited,
  leads: Leads,
  readings: readonly Reading[],
): { awaited: Awaited | null; leads: Leads } => {
  const waiting = { awaited, leads }
  const newest = readings.at(-1)
  if (newest === undefined) return waiting
  const elapsed = newest.at - awaited.since
  if (awaited.kind === 'start' && elapsed > GIVE_UP_AFTER_MS) return { awaited: null, leads }
  if (elapsed <= 0 || newest.buffering) return waiting
  if (newest.seekLost === true && awaited.kind === 'seek') return { awaited: null, leads }
  if (awaited.kind === 'seek') return { awaited: null, leads: { ...leads, seek: blend(leads.seek, elapsed) } }
  if (newest.paused) return elapsed > NEVER_STARTED_MS ? { awaited: null, leads } : waiting
  const moved = readings.filter((reading) => isPlaying(reading) && reading.position - awaited.position > MOVED_SECONDS)
  if (moved.length < FEWEST_READINGS) return waiting
  // Each reading is carried back to the instant at which the player began to move.
  const began = median(moved.map(({ at, position, rate }) => at - ((position - awaited.position) / rate) * 1000))
  if (began === null) return waiting
  return { awaited: null, leads: { ...leads, start: blend(leads.start, began - awaited.since) } }
}
