import type { PlaybackState } from '../protocol/playback.ts'
import type { Clock } from './clock.ts'
import type { Reading } from './player.ts'
import type { Awaited, Leads } from './sync-leads.ts'

/** What to do to the player now. `position` in seconds; `at` an instant of the local clock in milliseconds. */
export type Action =
  | { do: 'nothing' }
  | { do: 'nudge'; rate: number }
  /** Pause and go there; a start follows where the room plays. */
  | { do: 'seek'; position: number }
  /** Call `play` at `at`, where the player stands: its pictures will move when the room is there. */
  | { do: 'start at'; at: number; rate: number }
  | { do: 'pause' }

/** What the engine remembers between two calls. Opaque to callers. */
export type Steering = {
  version: number | null
  awaited: Awaited | null
  leads: Leads
  isNudging: boolean
  /** Local milliseconds and seconds of the last seek for this version. */
  lastSeek: { at: number; position: number } | null
  /** The first thing done to a player is a seek to where the room is: it fills the buffer there, and measures the lead. */
  isPrimed: boolean
  /** The present version has been carried out; from here on only drift is corrected. */
  isObeyed: boolean
  /** Started before any start was measured: how far ahead of the room that has put it shows now. */
  isStartGuessed: boolean
}

/** What the engine sees. Readings oldest first, all since the last action other than a nudge. */
export type View = {
  playback: PlaybackState
  /** Seconds, null where unknown. */
  duration: number | null
  clock: Pick<Clock, 'offset'> | null
  /** Local clock in milliseconds. */
  now: number
  readings: readonly Reading[]
  canNudge: boolean
}

export type Step = { memory: Steering; action: Action }

export const newSteering: Steering = {
  version: null,
  awaited: null,
  leads: { seek: null, start: null },
  isNudging: false,
  lastSeek: null,
  isPrimed: false,
  isObeyed: false,
  isStartGuessed: false,
}

/** A new version is a new task: what was asked for the old one no longer counts. */
export const followVersion = (memory: Steering, version: number): Steering =>
  memory.version === version ? memory : { ...memory, version, awaited: null, lastSeek: null, isObeyed: false }

/** To be told when `play` was called for a `start at`: from here on the start lead is measured. */
export const noteStart = (memory: Steering, now: number, position: number): Steering => ({
  ...memory,
  isObeyed: true,
  isStartGuessed: memory.leads.start === null,
  awaited: { kind: 'start', position, since: now },
})
