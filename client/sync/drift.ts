import type { PlaybackState } from '../../protocol/playback.ts'
import { type Clock, localTime } from '../clock/clock.ts'
import type { Reading } from './player.ts'

/** Readings needed before anything is believed. */
export const FEWEST_READINGS = 3
/** Readings looked at: enough that two bad ones in a row move nothing, few enough to see a stall at once. */
export const MOST_READINGS = 5

/** The player moves by itself, as far as it says. */
export const isPlaying = ({ paused, buffering, dragging }: Reading): boolean => !paused && !buffering && !dragging

/**
 * How far the player is ahead of the room, in milliseconds of the room's time (negative: behind), by each reading in
 * which it plays. Each is carried on to `now` at the rate it was taken at, so that all of them speak of the same
 * instant.
 */
export const driftsAt = (
  now: number,
  playback: PlaybackState,
  clock: Pick<Clock, 'offset'>,
  readings: readonly Reading[],
): readonly number[] => {
  const anchor = localTime(clock, playback.at)
  // Not `positionAt`: ahead of a scheduled start the line goes on backwards, so that the drift is the same on both sides.
  const room = playback.time + ((now - anchor) / 1000) * playback.rate
  return readings
    .filter(isPlaying)
    .slice(-MOST_READINGS)
    .map(({ position, rate, at }) => ((position + ((now - at) / 1000) * rate - room) / playback.rate) * 1000)
}
