import { MAX_TIME_SECONDS } from './limits.ts'

/** Where a room is. Every playback frame carries the whole of it. */
export type PlaybackState = {
  is_playing: boolean
  /** Position in seconds at the instant `at`. */
  time: number
  /** Server clock, milliseconds since the epoch, at which `time` is or becomes true; up to 1 s ahead for a scheduled start. */
  at: number
  /** Seconds of video per second of time. */
  rate: number
  /** Rises by one with every accepted command or change of media; a client drops anything not newer. */
  version: number
}

/**
 * Position in seconds at `now` (server clock, epoch milliseconds). Never below 0, never above `duration` where that is known.
 * @example positionAt({ is_playing: true, time: 10, at: 1000, rate: 1 }, 3000) === 12
 */
export const positionAt = (
  state: Pick<PlaybackState, 'is_playing' | 'time' | 'at' | 'rate'>,
  now: number,
  duration: number | null = null,
): number => {
  const advanced = state.is_playing ? state.time + (Math.max(0, now - state.at) / 1000) * state.rate : state.time
  const bounded = Math.min(Math.max(0, advanced), duration ?? MAX_TIME_SECONDS)
  return Math.round(bounded * 1000) / 1000
}
