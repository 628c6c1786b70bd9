import type { Reading } from './player.ts'

/** So much of the video has to be played before a shorter length counts: under an advertisement it stands still. */
const PLAYED_SECONDS = 5
/** What is further on than this since the last reading was jumped over. */
const LONGEST_STEP_SECONDS = 2
/** Lengths that differ by less are one: each player rounds in its own way. */
const SAME_SECONDS = 1

const isSame = (one: number, other: number): boolean => Math.abs(one - other) < SAME_SECONDS

/**
 * Takes out of what a player says the lengths that may be those of advertisements. Of one that says whether it obeys, a
 * length that is shorter than the room's counts once the player has played by it for some seconds, or stands at its end.
 * Any other player shows nothing but the video.
 */
export const createOwnDuration = () => {
  /** The last length that counted in this way. */
  let own: number | null = null
  let last: { duration: number; position: number } | null = null
  let played = 0

  const note = ({ position, paused, buffering }: Reading, duration: number) => {
    const before = last !== null && isSame(last.duration, duration) ? last : null
    last = { duration, position }
    if (before === null) played = 0
    const step = before === null || paused || buffering ? 0 : position - before.position
    if (step > 0 && step < LONGEST_STEP_SECONDS) played += step
    const isAtEnd = paused && isSame(position, duration)
    if (isAtEnd || played >= PLAYED_SECONDS) own = duration
  }

  /** The reading with the length of the video, as far as it is known. `roomDuration`: as the room believes. */
  return (reading: Reading, roomDuration: number | null): Reading => {
    const { duration = null, obeys } = reading
    if (duration === null || obeys === undefined) return reading
    if (!obeys) return { ...reading, duration: own }
    note(reading, duration)
    const known = own ?? roomDuration
    return known === null || duration > known - SAME_SECONDS ? reading : { ...reading, duration: own }
  }
}
