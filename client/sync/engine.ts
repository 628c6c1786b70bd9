import { positionAt } from '../../protocol/playback.ts'
import { serverTime } from '../clock/clock.ts'
import { isPlaying } from './drift.ts'
import { followEdge, isAtEnd, leaveEnd, restAtEnd } from './ends.ts'
import { goThere, holdStill, keepUp, type Ready, start } from './following.ts'
import { settle } from './leads.ts'
import type { Reading } from './player.ts'
import { cannotJump, forgive, isGivenUp, noteArrival, reaches } from './seeking.ts'
import { followVersion, type Hindrance, type Move, nothing, type Steering, type Step, type View } from './steering.ts'
import { remind } from './telling.ts'

/** Something else has paused a player that ran: one reading may be wrong, three in a row are not. */
const SURE_READINGS = 3
/** A player that moves for a shorter time may only have been unlocked by a touch, which starts it and pauses it again. */
const RUNNING_AFTER_MS = 500
/** A player that has been loading for this long will not catch up by itself. */
const LONG_LOADING_MS = 20_000
/** Of a player that is nearer to the room than this nothing needs to be said. */
const NOTICED_SECONDS = 1.5

const shortest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

/** The memory with what the readings tell: what was awaited has come, the player runs, it is loading. */
const noteReadings = (before: Steering, readings: readonly Reading[], newest: Reading): Steering => {
  const settled = before.awaited === null ? before : { ...before, ...settle(before.awaited, before.leads, readings) }
  const hasArrived = before.awaited?.kind === 'seek' && settled.awaited === null
  const memory = hasArrived && before.awaited !== null ? noteArrival(settled, before.awaited, newest) : settled
  const smoothSince = isPlaying(newest) ? (memory.smoothSince ?? newest.at) : null
  const hasRun = smoothSince !== null && newest.at - smoothSince >= RUNNING_AFTER_MS && memory.awaited === null
  const noted: Steering = {
    ...memory,
    isStopped: memory.isStopped && newest.paused,
    pausedAt: newest.paused ? null : memory.pausedAt,
    isRunning: memory.isRunning || hasRun,
    loadingSince: newest.buffering ? (memory.loadingSince ?? newest.at) : null,
    smoothSince,
  }
  return forgive(noted, newest.at)
}

/**
 * Whether something else has paused the player. Where the player does not say so, something has if it ran and is
 * paused.
 */
const isPausedByOthers = ({ isRunning }: Steering, { paused, stopped }: Reading): boolean =>
  paused && (stopped ?? isRunning)

/**
 * What to do where something else has paused the player. Nothing at first, because one reading may be wrong; then it is
 * left alone.
 */
const leaveAlone = (before: Steering, readings: readonly Reading[]): Move => {
  const isSure = readings.length >= SURE_READINGS && readings.slice(-SURE_READINGS).every(({ paused }) => paused)
  // A start that was awaited will not come.
  return nothing(isSure ? { ...before, isStopped: true, awaited: null } : before)
}

/** What to tell the person, where the player is not with the room and will not be soon. */
const hindranceOf = (memory: Steering, view: View, reading: Reading): Hindrance | null => {
  if (reading.live === 'edge') return null
  const { playback, clock, duration, now } = view
  const room = positionAt(playback, clock === null ? playback.at : serverTime(clock, now), duration)
  if (playback.is_playing && memory.loadingSince !== null && now - memory.loadingSince > LONG_LOADING_MS)
    return 'too slow'
  if (Math.abs(reading.position - room) <= NOTICED_SECONDS) return null
  if (cannotJump(memory, reading)) return 'cannot jump'
  if (!reaches(memory, reading, room)) return 'out of reach'
  return isGivenUp(memory) ? 'too slow' : null
}

const act = (memory: Steering, view: View, reading: Reading): Move => {
  const { playback, clock, duration, now } = view
  const isStopped = playback.is_playing && isPausedByOthers(memory, reading)
  if (reading.live === 'edge') return isStopped ? leaveAlone(memory, view.readings) : followEdge(memory, view, reading)
  if (!playback.is_playing) return holdStill(memory, view, reading, positionAt(playback, playback.at, duration))
  if (clock === null) return nothing(memory)
  const ready: Ready = { ...view, clock }
  const room = positionAt(playback, serverTime(clock, now), duration)
  if (duration !== null && room >= duration) return restAtEnd(memory, view, reading, duration)
  if (isStopped && reading.stopped === true && !isAtEnd(reading, duration)) return leaveAlone(memory, view.readings)
  if (memory.awaited !== null) return nothing(memory)
  if (isAtEnd(reading, duration)) return leaveEnd(memory, ready, reading, room)
  if (reading.buffering) return goThere(memory, ready, reading)
  if (!reading.paused) return keepUp(memory, ready, reading)
  if (isStopped) return leaveAlone(memory, view.readings)
  return start(memory, ready, reading)
}

/**
 * The next action, from the room's state, the player's readings and the clock alone: a pure function.
 * Does nothing to a player that a person is dragging or that has failed, and nothing before the clock is known.
 * @example const { memory, action, hindrance } = steer(newSteering, view)
 */
export const steer = (before: Steering, given: View): Step => {
  const followed = followVersion(before, given.playback.version)
  const newest = given.readings.at(-1)
  if (newest === undefined) return { ...nothing(followed), hindrance: null }
  if (newest.failed === true) return { ...nothing(followed), hindrance: 'failed' }
  // The place where a person lets go means nothing: from there the player goes back to the room at once.
  if (newest.dragging) {
    const memory = { ...followed, awaited: null, lastSeek: null, isNudging: false, isObeyed: false, isRunning: false }
    return { ...nothing(memory), hindrance: null }
  }
  if (newest.obeys === false) return { ...remind(followed, given), hindrance: 'disobeys' }
  // How long the player did something else says nothing of how long a start takes.
  const heeded = followed.remindedAt === null ? followed : { ...followed, awaited: null, remindedAt: null }
  const reading = newest.ended === true ? { ...newest, buffering: false } : newest
  const view = { ...given, duration: shortest(given.duration, reading.duration ?? null) }
  const step = act(noteReadings(heeded, view.readings, reading), view, reading)
  return { ...step, hindrance: hindranceOf(step.memory, view, reading) }
}
