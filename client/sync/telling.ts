import { positionAt } from '../../protocol/playback.ts'
import { serverTime } from '../clock/clock.ts'
import { forgetAsked } from './seeking.ts'
import { type Move, nothing, type Steering, type View } from './steering.ts'

/** Embeds take some tenths of a second to pause, and say so late. */
const PAUSE_AGAIN_MS = 1_000
/** Often enough for a player that has lost the word, seldom enough for an advertisement to be left alone. */
const REMIND_EVERY_MS = 5_000

/** Tells the player to pause, and again where it still plays a while later. */
export const tellPause = (memory: Steering, now: number): Move => {
  const isTold = memory.pausedAt !== null && now - memory.pausedAt < PAUSE_AGAIN_MS
  return {
    memory: isTold ? memory : { ...memory, pausedAt: now },
    action: { do: isTold ? 'nothing' : 'pause' },
  }
}

/**
 * The player does something else than it was told: it is reminded of what the room does, and left alone otherwise. A seek
 * would not arrive, and a pause would make an advertisement longer.
 */
export const remind = (before: Steering, { playback, clock, duration, now }: View): Move => {
  const memory = forgetAsked(before, now)
  // A player that was never told anything is still loading.
  const isDue = memory.isPrimed && (memory.remindedAt === null || now - memory.remindedAt >= REMIND_EVERY_MS)
  if (!isDue) return nothing(memory)
  const room = positionAt(playback, clock === null ? playback.at : serverTime(clock, now), duration)
  const plays = playback.is_playing && (duration === null || room < duration)
  return {
    memory: { ...memory, remindedAt: now },
    action: plays ? { do: 'start at', at: now, rate: playback.rate } : { do: 'pause' },
  }
}
