import { positionAt } from '../protocol/playback.ts'
import { type Clock, localTime, serverTime } from './clock.ts'
import { median } from './median.ts'
import type { Reading } from './player.ts'
import { errorsAt, FEWEST_READINGS, MOST_READINGS } from './sync-error.ts'
import { seekLead, settle, startLead } from './sync-leads.ts'
import { followVersion, type Steering, type Step, type View } from './sync-steering.ts'

/** Errors below the first are left alone, a nudge goes on until the second: milliseconds either side of the room. */
const NUDGE_FROM_MS = 5
const NUDGE_UNTIL_MS = 2
/** Share of the rate by which a nudge may differ at the most, and per second of error. */
const LARGEST_NUDGE = 0.05
const NUDGE_PER_SECOND = 1.5
const SEEK_BEYOND_MS = 1_500
/** Where there is no nudging, a seek is all there is; it stops the picture, so it is not for trifles. */
const SEEK_BEYOND_WITHOUT_NUDGE_MS = 400
const SEEK_COOL_DOWN_MS = 4_000
/** A start this late is made up by nudging within 3 s; a later one starts further ahead instead. */
const LATE_START_MS = 100
const LONGEST_WAIT_MS = 2_500
const SPARE_MS = 100
/** One frame of film: a paused picture nearer than this is the same picture. */
const SAME_PICTURE_SECONDS = 0.04

const shortest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

const nothing: Step['action'] = { do: 'nothing' }

const seekTo = (memory: Steering, view: View, position: number): Step => ({
  memory: {
    ...memory,
    isPrimed: true,
    isObeyed: true,
    isNudging: false,
    lastSeek: { at: view.now, position },
    awaited: { kind: 'seek', position, since: view.now },
  },
  action: { do: 'seek', position },
})

const isCoolingDown = ({ lastSeek }: Steering, now: number): boolean =>
  lastSeek !== null && now - lastSeek.at < SEEK_COOL_DOWN_MS

/** The room stands still: so does the player, on the same picture. */
const holdStill = (memory: Steering, view: View, reading: Reading, position: number): Step => {
  if (!reading.paused) return { memory: { ...memory, isNudging: false }, action: { do: 'pause' } }
  if (reading.buffering || memory.awaited !== null) return { memory, action: nothing }
  const isThere = Math.abs(reading.position - position) <= SAME_PICTURE_SECONDS
  // Some players only reach key frames: asked once is enough.
  const wasAsked = memory.lastSeek?.position === position
  return (isThere && memory.isPrimed) || wasAsked ? { memory, action: nothing } : seekTo(memory, view, position)
}

/** The room plays and the player does not: start it where the room will come by, or ahead of the room. */
const start = (memory: Steering, view: View, reading: Reading, clock: Pick<Clock, 'offset'>): Step => {
  const { playback, now } = view
  const lead = startLead(memory.leads)
  const anchor = localTime(clock, playback.at)
  const roomIsHere = anchor + ((reading.position - playback.time) / playback.rate) * 1000
  const wait = roomIsHere - (now + lead)
  const isOnTheWay = reading.position >= playback.time - SAME_PICTURE_SECONDS
  const meets = isOnTheWay && wait >= -LATE_START_MS && wait <= LONGEST_WAIT_MS + Math.max(0, anchor - now)
  // Seeked for this just now and still late: starting is better than seeking for ever.
  if ((meets && memory.isPrimed) || isCoolingDown(memory, now))
    return { memory, action: { do: 'start at', at: now + Math.max(0, wait), rate: playback.rate } }
  const readyAt = Math.max(anchor, now + seekLead(memory.leads) + lead + SPARE_MS)
  return seekTo(memory, view, positionAt(playback, serverTime(clock, readyAt), view.duration))
}

/** Both play: nudge the rate, or seek where that would take too long. */
const keepUp = (memory: Steering, view: View, reading: Reading, clock: Pick<Clock, 'offset'>): Step => {
  const { playback, now, canNudge } = view
  const errors = errorsAt(now, playback, clock, view.readings)
  const error = median(errors)
  if (error === null || errors.length < FEWEST_READINGS) return { memory, action: nothing }
  // By now the start is measured. Standing still until the room is here takes no seek, and less time than nudging; but
  // the player must be able to start again in that time.
  const worthWaiting = Math.max(LATE_START_MS, startLead(memory.leads))
  if (memory.isStartGuessed && canNudge && error > worthWaiting && error < LONGEST_WAIT_MS) {
    const isSure = errors.length >= MOST_READINGS && errors.every((each) => each > worthWaiting)
    return isSure
      ? { memory: { ...memory, isStartGuessed: false }, action: { do: 'pause' } }
      : { memory, action: nothing }
  }
  const size = Math.abs(error)
  const driftAllowed = canNudge ? SEEK_BEYOND_MS : SEEK_BEYOND_WITHOUT_NUDGE_MS
  // A command that moves the room is carried out, not drifted towards.
  const limit = memory.isObeyed ? driftAllowed : LATE_START_MS
  if (size > limit && !isCoolingDown(memory, now)) {
    // A wrong nudge is undone by the next; a wrong seek is seen by everybody, so it takes all the readings.
    const isSure = errors.length >= MOST_READINGS && errors.every((each) => Math.abs(each) > limit)
    if (!isSure) return { memory, action: nothing }
    const readyAt = now + seekLead(memory.leads) + startLead(memory.leads) + SPARE_MS
    const target = Math.max(readyAt, localTime(clock, playback.at))
    return seekTo(memory, view, positionAt(playback, serverTime(clock, target), view.duration))
  }
  const isNudging = canNudge && size > (memory.isNudging ? NUDGE_UNTIL_MS : NUDGE_FROM_MS)
  const share = isNudging ? Math.min(LARGEST_NUDGE, (size / 1000) * NUDGE_PER_SECOND) * -Math.sign(error) : 0
  // In steps of half a percent: every change of rate costs the player a little work.
  const rate = playback.rate * (1 + Math.round(share * 200) / 200)
  const action: Step['action'] = Math.abs(rate - reading.rate) < 5e-4 ? nothing : { do: 'nudge', rate }
  return { memory: { ...memory, isNudging, isObeyed: true, isStartGuessed: false }, action }
}

/**
 * The next action, from the room's state, the player's readings and the clock alone: a pure function.
 * Does nothing to a player that is loading or that a person is dragging, and nothing before the clock is known.
 * @example const { memory, action } = steer(newSteering, view)
 */
export const steer = (before: Steering, given: View): Step => {
  const followed = followVersion(before, given.playback.version)
  const reading = given.readings.at(-1)
  if (reading === undefined) return { memory: followed, action: nothing }
  // Where a person lets go is nowhere in particular: from there it goes back to the room at once.
  if (reading.dragging)
    return {
      memory: { ...followed, awaited: null, lastSeek: null, isNudging: false, isObeyed: false },
      action: nothing,
    }
  const view = { ...given, duration: shortest(given.duration, reading.duration ?? null) }
  const memory =
    followed.awaited === null ? followed : { ...followed, ...settle(followed.awaited, followed.leads, view.readings) }
  const { playback, clock, duration, now } = view
  if (!playback.is_playing) return holdStill(memory, view, reading, positionAt(playback, playback.at, duration))
  if (clock === null || reading.buffering || memory.awaited !== null) return { memory, action: nothing }
  // At its end a player pauses by itself, and starting it again would be from the beginning.
  const hasEnded = duration !== null && positionAt(playback, serverTime(clock, now), duration) >= duration
  if (hasEnded) return { memory, action: nothing }
  return reading.paused ? start(memory, view, reading, clock) : keepUp(memory, view, reading, clock)
}
