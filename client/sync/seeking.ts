import type { Awaited } from './leads.ts'
import type { Reading } from './player.ts'
import type { Correction, Move, Steering, View } from './steering.ts'

/** A seek costs at least a moment without a picture: the next one waits for this long after the last one has arrived. */
const COOL_DOWN_MS = 4_000
/** A correction has helped if after it the player kept with the room for this long, or for ten times as long as it took. */
const HELPED_AFTER_MS = 30_000
const WORTH = 10
/** Each correction that did not help makes the limit and the pause this many times larger. */
const WIDER = 3
/** After so many vain corrections the pause is a quarter of an hour. */
const WIDEST_AFTER = 5
const FORGIVEN_AFTER_MS = 60_000
/** From so many vain corrections on the person is told. */
const VAIN_TELLS = 1
/** Key frames lie up to some seconds apart, and some players reach nothing else. Further off is somewhere else. */
const ELSEWHERE_SECONDS = 5
/** A second seek that ended elsewhere is no accident. */
const MISSED_TELLS = 2
/** Room for rounding at the ends of a seekable range, and for an edge that moves on. */
const REACH_SECONDS = 0.5
/** A range shorter than this is none: hosts without ranges leave the beginning alone. */
const SHORTEST_RANGE_SECONDS = 1
/** A place where the room is not is worth a seek where it is nearer by this much. */
const NEARER_BY_SECONDS = 1

const widened = (base: number, vain: number): number => base * WIDER ** Math.min(vain, WIDEST_AFTER)

/**
 * How far the player may be off before it is seeked, in milliseconds: `base`, while seeks help. Each seek that did not
 * help makes it three times as much. It then starts from a third of what a seek was measured to cost, where that is
 * more than `base`.
 */
export const driftAllowed = (base: number, { vain, leads }: Steering): number =>
  vain === 0 ? base : widened(Math.max(base, ((leads.seek ?? 0) + (leads.start ?? 0)) / 3), vain)

/**
 * A seek is under way, or arrived a short while ago: another one so soon would cost more than it gains. A new command is
 * not held up by what was corrected before it.
 */
export const isCoolingDown = ({ lastSeek, correction, isObeyed, vain }: Steering, now: number): boolean => {
  const arrivedAt = lastSeek === null ? (isObeyed ? correction?.arrivedAt : undefined) : lastSeek.arrivedAt
  return arrivedAt === null || (arrivedAt !== undefined && now - arrivedAt < widened(COOL_DOWN_MS, vain))
}

const hasHelped = ({ askedAt, arrivedAt, keptUntil }: Correction): boolean =>
  arrivedAt !== null && keptUntil - arrivedAt >= Math.max(HELPED_AFTER_MS, WORTH * (arrivedAt - askedAt))

/** The memory before another correction: the one before counts as vain if it has not helped. */
const beforeCorrection = (memory: Steering, now: number): Steering => ({
  ...memory,
  vain: memory.correction === null || hasHelped(memory.correction) ? 0 : memory.vain + 1,
  correction: { askedAt: now, arrivedAt: null, keptUntil: now },
})

/** Notes that the player is with the room now. Where that has lasted since the last correction, corrections help. */
export const noteInStep = (memory: Steering, now: number): Steering => {
  if (memory.correction === null) return memory
  const correction = { ...memory.correction, keptUntil: now }
  return { ...memory, correction, vain: hasHelped(correction) ? 0 : memory.vain }
}

/** A minute without a break: the line has become better, and correcting is worth another try. */
export const forgive = (memory: Steering, now: number): Steering => {
  const isSmooth = memory.smoothSince !== null && now - memory.smoothSince >= FORGIVEN_AFTER_MS
  return isSmooth && memory.vain > 0 ? { ...memory, vain: memory.vain - 1, smoothSince: now } : memory
}

/** Correcting has been given up for now: the player goes on late, and the person should know. */
export const isGivenUp = ({ vain }: Steering): boolean => vain >= VAIN_TELLS

const endCorrection = ({ correction }: Steering, at: number): Correction | null =>
  correction?.arrivedAt === null ? { ...correction, arrivedAt: at } : correction

/** Notes that the awaited seek is over: when, and whether it has led where it was sent. A lost seek has led nowhere. */
export const noteArrival = (memory: Steering, awaited: Awaited, { position, at, seekLost }: Reading): Steering => {
  const landed = seekLost === true ? null : position
  const isElsewhere = landed !== null && Math.abs(landed - awaited.position) > ELSEWHERE_SECONDS
  return {
    ...memory,
    lastSeek: memory.lastSeek === null ? null : { ...memory.lastSeek, arrivedAt: at, landed },
    correction: endCorrection(memory, at),
    missed: landed === null ? memory.missed : isElsewhere ? memory.missed + 1 : 0,
  }
}

/** The player does something else than it was told: what was asked of it before says nothing about it any more. */
export const forgetAsked = (memory: Steering, at: number): Steering => ({
  ...memory,
  awaited: null,
  lastSeek: null,
  correction: endCorrection(memory, at),
  missed: 0,
  isNudging: false,
  isRunning: false,
  isStopped: false,
  smoothSince: null,
})

const hasNoRange = ({ seekable }: Reading): boolean =>
  seekable != null && seekable.to - seekable.from < SHORTEST_RANGE_SECONDS

/** One seek ended elsewhere: something else may have moved the player meanwhile. A second one tells. */
export const mayBeAccident = (memory: Steering, now: number): boolean =>
  memory.missed > 0 && memory.missed < MISSED_TELLS && !isCoolingDown(memory, now)

/** Seeks of this player lead nowhere. */
export const cannotJump = (memory: Steering, reading: Reading): boolean =>
  hasNoRange(reading) || memory.missed >= MISSED_TELLS

const clamp = (position: number, { seekable }: Reading): number =>
  seekable == null ? position : Math.min(Math.max(position, seekable.from), seekable.to)

/** The player's stream has this place. */
export const reaches = (memory: Steering, reading: Reading, position: number): boolean =>
  memory.missed < MISSED_TELLS && Math.abs(clamp(position, reading) - position) <= REACH_SECONDS

/**
 * Where to go for `position`: there, or to the nearest place that the player can reach, if that brings it nearer.
 * Undefined where staying is as good.
 */
export const placeFor = (memory: Steering, reading: Reading, position: number): number | undefined => {
  if (reaches(memory, reading, position)) return position
  if (memory.missed >= MISSED_TELLS) return undefined
  const nearest = clamp(position, reading)
  const gain = Math.abs(reading.position - position) - Math.abs(nearest - position)
  return gain > NEARER_BY_SECONDS ? nearest : undefined
}

/** A seek, remembered. `corrects`: the player has drifted; else it carries out a command, or is the first thing of all. */
export const seekTo = (memory: Steering, view: View, position: number, corrects: boolean): Move => ({
  memory: {
    ...(corrects ? beforeCorrection(memory, view.now) : memory),
    isPrimed: true,
    isObeyed: true,
    isNudging: false,
    isRunning: false,
    smoothSince: null,
    lastSeek: { at: view.now, position, arrivedAt: null, landed: null },
    awaited: { kind: 'seek', position, since: view.now },
  },
  action: { do: 'seek', position },
})
