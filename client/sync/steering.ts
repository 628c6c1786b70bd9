import type { PlaybackState } from '../../protocol/playback.ts'
import type { Clock } from '../clock/clock.ts'
import type { Awaited, Leads } from './leads.ts'
import type { Reading } from './player.ts'

/** What to do to the player now. `position` in seconds; `at` an instant of the local clock in milliseconds. */
export type Action =
  | { do: 'nothing' }
  | { do: 'nudge'; rate: number }
  /** Pause and go there; a start follows where the room plays. */
  | { do: 'seek'; position: number }
  /** Call `play` at `at`, where the player stands: its pictures will move when the room is there. */
  | { do: 'start at'; at: number; rate: number }
  | { do: 'pause' }

/**
 * Why a player is not in step and will not be soon, to be said to the person.
 * - `too slow`: seeking did not help, or nothing has come for long: the line is slower than the video.
 * - `cannot jump`: the video's host does not let anybody seek.
 * - `out of reach`: the room is at a place that this player's stream does not have (any more, or yet).
 * - `disobeys`: the player does something else than it was told: an advertisement, a consent page.
 * - `failed`: the player has given up.
 */
export type Hindrance = 'too slow' | 'cannot jump' | 'out of reach' | 'disobeys' | 'failed'

/**
 * A seek that corrected drift. All instants are local milliseconds. `arrivedAt`: null while it is under way.
 * `keptUntil`: when the player was last seen with the room.
 */
export type Correction = { askedAt: number; arrivedAt: number | null; keptUntil: number }

/** What the engine remembers between two calls. Opaque to callers. */
export type Steering = {
  version: number | null
  awaited: Awaited | null
  leads: Leads
  isNudging: boolean
  /**
   * Local milliseconds and seconds of the last seek for this version, and where it has led. `arrivedAt` and `landed` are
   * null while it is under way.
   */
  lastSeek: { at: number; position: number; arrivedAt: number | null; landed: number | null } | null
  /** The last seek that was made because the player had drifted, whatever the version. */
  correction: Correction | null
  /** Corrections in a row that did not keep the player with the room for long. */
  vain: number
  /** Seeks in a row that ended somewhere else than asked. */
  missed: number
  /** The first thing done to a player is a seek to where the room is: it fills the buffer there, and measures the lead. */
  isPrimed: boolean
  /** The present version has been carried out; from here on only drift is corrected. */
  isObeyed: boolean
  /** It was started before any start was measured: how far ahead of the room it is now shows how long a start takes. */
  isStartGuessed: boolean
  /** It has moved since it was started: if it says that it is paused now, something else paused it. */
  isRunning: boolean
  /** Something else paused it: a headset, the system, a click in the embed. It is left alone until a person decides. */
  isStopped: boolean
  /** It has come to the end of the video for the present version: there is no more to see until a command. */
  isDone: boolean
  /** A broadcast was sent to its edge for the present version. */
  wasAtEdge: boolean
  /** When a player that plays on was last told to pause for the present version, in local milliseconds. */
  pausedAt: number | null
  /**
   * When a player that does something else was last told again what the room does, in local milliseconds; null once it
   * obeys.
   */
  remindedAt: number | null
  /** Since when it has been loading without a break, in local milliseconds. */
  loadingSince: number | null
  /** Since when it has played without a break, in local milliseconds. */
  smoothSince: number | null
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

/** What to do, and what to remember of it. */
export type Move = { memory: Steering; action: Action }

export const nothing = (memory: Steering): Move => ({ memory, action: { do: 'nothing' } })

export type Step = Move & { hindrance: Hindrance | null }

export const newSteering: Steering = {
  version: null,
  awaited: null,
  leads: { seek: null, start: null },
  isNudging: false,
  lastSeek: null,
  correction: null,
  vain: 0,
  missed: 0,
  isPrimed: false,
  isObeyed: false,
  isStartGuessed: false,
  isRunning: false,
  isStopped: false,
  isDone: false,
  wasAtEdge: false,
  pausedAt: null,
  remindedAt: null,
  loadingSince: null,
  smoothSince: null,
}

/** What is known of a version before anything was done for it. */
const newTask = {
  awaited: null,
  lastSeek: null,
  missed: 0,
  isObeyed: false,
  isDone: false,
  wasAtEdge: false,
  pausedAt: null,
  remindedAt: null,
}

/** A new version is a new task: what was asked for the old one no longer counts. What was learned of the player does. */
export const followVersion = (memory: Steering, version: number): Steering =>
  memory.version === version ? memory : { ...memory, ...newTask, version }

/** To be called with the instant at which `play` was called for a `start at`. The start lead is measured from there. */
export const noteStart = (memory: Steering, now: number, position: number): Steering => ({
  ...memory,
  isObeyed: true,
  isStartGuessed: memory.leads.start === null,
  // An embed may report late that it was paused for the seek before. Only playing from here on counts as having run.
  smoothSince: null,
  awaited: { kind: 'start', position, since: now },
})

/** To be called when a person wants a player to go on that something else has paused. */
export const noteResumed = (memory: Steering): Steering => ({
  ...memory,
  isRunning: false,
  isStopped: false,
  isObeyed: false,
})
