import { positionAt } from '../../protocol/playback.ts'
import { type Clock, localTime, serverTime } from '../clock/clock.ts'
import { driftsAt, FEWEST_READINGS, MOST_READINGS } from './drift.ts'
import { seekLead, startLead } from './leads.ts'
import { median } from './median.ts'
import type { Reading } from './player.ts'
import { driftAllowed, isCoolingDown, mayBeAccident, noteInStep, placeFor, seekTo } from './seeking.ts'
import { type Move, nothing, type Steering, type View } from './steering.ts'
import { tellPause } from './telling.ts'

/** A view whose clock is known: without it nobody can say where a playing room is. */
export type Ready = View & { clock: Pick<Clock, 'offset'> }

/** Drifts below the first are left alone, a nudge goes on until the second: milliseconds either side of the room. */
const NUDGE_FROM_MS = 5
const NUDGE_UNTIL_MS = 2
/** Share of the rate by which a nudge may differ at the most, and per second of drift. */
const LARGEST_NUDGE = 0.05
const NUDGE_PER_SECOND = 1.5
/** Half a minute takes ten minutes of nudging. Further off a wrong rate helps nobody. */
const NUDGE_WITHIN_MS = 30_000
const SEEK_BEYOND_MS = 1_500
/** Where there is no nudging, a seek is all there is; it stops the picture, so it is not for trifles. */
const SEEK_BEYOND_WITHOUT_NUDGE_MS = 400
/** A start this late is made up by nudging within 3 s; a later one starts further ahead instead. */
const LATE_START_MS = 100
const LONGEST_WAIT_MS = 2_500
/** A player that cannot be seeked back may stand still for this long until the room has come. */
const LONGEST_WAIT_WITHOUT_SEEK_MS = 30_000
const SPARE_MS = 100
/** One picture of film lasts as long: a paused player nearer than this shows the same picture. */
const SAME_PICTURE_SECONDS = 0.04
/** A paused player that is this far from where its seek has led was moved. */
const MOVED_BY_SECONDS = 1
const SURE_READINGS = 3

/** Where the room will be once the player is there and has started. */
const meetingPoint = ({ leads }: Steering, { playback, clock, duration, now }: Ready): number => {
  const readyAt = Math.max(localTime(clock, playback.at), now + seekLead(leads) + startLead(leads) + SPARE_MS)
  return positionAt(playback, serverTime(clock, readyAt), duration)
}

/**
 * Carries out a command by a seek, once, whatever the player is doing: it may still load the place of an older command.
 */
export const goThere = (memory: Steering, view: Ready, reading: Reading): Move => {
  const isNew = !memory.isObeyed && memory.isPrimed && memory.lastSeek === null
  const isLost = memory.isObeyed && reading.ended === true && !isCoolingDown(memory, view.now)
  const place = isNew || isLost ? placeFor(memory, reading, meetingPoint(memory, view)) : undefined
  const isFar = place !== undefined && Math.abs(place - reading.position) * 1000 > SEEK_BEYOND_MS
  return isFar || (isLost && place !== undefined) ? seekTo(memory, view, place, isLost) : nothing(memory)
}

/**
 * Whether something else has moved the player while nobody looked: one reading may be wrong, three in a row are not.
 */
const hasMovedSince = ({ lastSeek }: Steering, readings: readonly Reading[]): boolean => {
  const landed = lastSeek?.landed ?? null
  const isElsewhere = ({ position }: Reading) => landed !== null && Math.abs(position - landed) > MOVED_BY_SECONDS
  return readings.length >= SURE_READINGS && readings.slice(-SURE_READINGS).every(isElsewhere)
}

/** The room stands still: so does the player, on the same picture. */
export const holdStill = (memory: Steering, view: View, reading: Reading, position: number): Move => {
  // A player that something else has paused is told as well: from now on it stands for the room.
  if (!reading.paused || reading.stopped === true)
    return tellPause({ ...memory, isNudging: false, isRunning: false, smoothSince: null }, view.now)
  const still = { ...memory, isRunning: false, isStopped: false }
  if (memory.awaited !== null) return nothing(still)
  const isThere = Math.abs(reading.position - position) <= SAME_PICTURE_SECONDS
  // Some players only reach key frames: asked once is enough, while they stay where that has led them.
  const wasMoved = hasMovedSince(memory, view.readings) && !isCoolingDown(memory, view.now)
  const isOver = wasMoved || mayBeAccident(memory, view.now)
  const wasAsked = (place: number) => memory.lastSeek?.position === place && !isOver
  if ((isThere && memory.isPrimed) || wasAsked(position)) return nothing(still)
  // A player that loads for the first time is left to it. Later a new place may be one that it has.
  if (reading.buffering && !memory.isPrimed) return nothing(still)
  const place = placeFor(memory, reading, position)
  return place === undefined || wasAsked(place) ? nothing(still) : seekTo(still, view, place, false)
}

/** The room plays and the player does not: start it where the room will come by, or ahead of the room. */
export const start = (memory: Steering, view: Ready, reading: Reading): Move => {
  const { playback, now, clock } = view
  const anchor = localTime(clock, playback.at)
  const roomIsHere = anchor + ((reading.position - playback.time) / playback.rate) * 1000
  const wait = roomIsHere - (now + startLead(memory.leads))
  const startIn = (ms: number): Move => ({
    memory,
    action: { do: 'start at', at: now + Math.max(0, ms), rate: playback.rate },
  })
  const isOnTheWay = reading.position >= playback.time - SAME_PICTURE_SECONDS
  const meets = isOnTheWay && wait >= -LATE_START_MS && wait <= LONGEST_WAIT_MS + Math.max(0, anchor - now)
  if (meets && memory.isPrimed) return startIn(wait)
  const place = placeFor(memory, reading, meetingPoint(memory, view))
  // The player cannot get any nearer: better late or early than standing still.
  if (place === undefined) return startIn(wait <= LONGEST_WAIT_WITHOUT_SEEK_MS ? wait : 0)
  // The player was seeked for this just now and is still late: starting is better than seeking for ever.
  if (isCoolingDown(memory, now)) return startIn(wait)
  return seekTo(memory, view, place, memory.isObeyed && memory.isPrimed)
}

/** Both play: nudge the rate, or seek where that would take too long. */
export const keepUp = (before: Steering, view: Ready, reading: Reading): Move => {
  const { playback, now, canNudge, clock } = view
  const drifts = driftsAt(now, playback, clock, view.readings)
  const drift = median(drifts)
  if (drift === null || drifts.length < FEWEST_READINGS) return nothing(before)
  const pause = (memory: Steering): Move => ({
    memory: { ...memory, isRunning: false, isNudging: false, smoothSince: null },
    action: { do: 'pause' },
  })
  // By now the start is measured. Standing still until the room is here takes no seek, and less time than nudging. But
  // the player must be able to start again in that time.
  const worthWaiting = Math.max(LATE_START_MS, startLead(before.leads))
  if (before.isStartGuessed && canNudge && drift > worthWaiting && drift < LONGEST_WAIT_MS) {
    const isSure = drifts.length >= MOST_READINGS && drifts.every((each) => each > worthWaiting)
    return isSure ? pause({ ...before, isStartGuessed: false }) : nothing(before)
  }
  const size = Math.abs(drift)
  const base = canNudge ? SEEK_BEYOND_MS : SEEK_BEYOND_WITHOUT_NUDGE_MS
  const memory = size <= base ? noteInStep(before, now) : before
  // A command that moves the room is carried out, not drifted towards.
  const limit = memory.isObeyed ? driftAllowed(base, memory) : LATE_START_MS
  if (size > limit && !isCoolingDown(memory, now)) {
    // A wrong nudge is undone by the next; a wrong seek is seen by everybody, so it takes all the readings.
    const isSure = drifts.length >= MOST_READINGS && drifts.every((each) => Math.abs(each) > limit)
    if (!isSure) return nothing(memory)
    const place = placeFor(memory, reading, meetingPoint(memory, view))
    if (place !== undefined) return seekTo(memory, view, place, memory.isObeyed)
    if (drift > 0 && drift <= LONGEST_WAIT_WITHOUT_SEEK_MS) return pause(memory)
  }
  const isNudging = canNudge && size <= NUDGE_WITHIN_MS && size > (memory.isNudging ? NUDGE_UNTIL_MS : NUDGE_FROM_MS)
  const share = isNudging ? Math.min(LARGEST_NUDGE, (size / 1000) * NUDGE_PER_SECOND) * -Math.sign(drift) : 0
  // In steps of half a percent: every change of rate costs the player a little work.
  const rate = playback.rate * (1 + Math.round(share * 200) / 200)
  return {
    memory: { ...memory, isNudging, isObeyed: true, isStartGuessed: false },
    action: Math.abs(rate - reading.rate) < 5e-4 ? { do: 'nothing' } : { do: 'nudge', rate },
  }
}
