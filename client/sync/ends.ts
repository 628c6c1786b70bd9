import { goThere, holdStill, type Ready } from './following.ts'
import type { Reading } from './player.ts'
import { seekTo } from './seeking.ts'
import { type Move, nothing, type Steering, type View } from './steering.ts'
import { tellPause } from './telling.ts'

/** A paused player this near to its end is at its end: started, it would begin at the beginning. */
const END_SECONDS = 0.25
/** A player that ended up to this long before the room did is done: embeds run ahead, and files tell longer durations. */
const ENDED_EARLY_SECONDS = 3

/** A broadcast that is further behind its newest picture than this is not live any more. */
const BEHIND_EDGE_SECONDS = 15

export const isAtEnd = (reading: Reading, duration: number | null): boolean =>
  reading.ended === true || (reading.paused && duration !== null && reading.position >= duration - END_SECONDS)

/**
 * Leads the player away from its end while the room still plays. Where the room is well before the end, the player is
 * seeked back. It is never started at its end.
 */
export const leaveEnd = (memory: Steering, view: Ready, reading: Reading, room: number): Move => {
  const early = memory.isObeyed ? ENDED_EARLY_SECONDS : END_SECONDS
  if (room >= reading.position - early) return nothing({ ...memory, isDone: true })
  return goThere(memory, view, reading)
}

/**
 * The room is past the end of the video. A player that comes late may see the rest. One that is done, or stands, rests
 * on the last picture, even where it has begun again by itself.
 */
export const restAtEnd = (memory: Steering, view: View, reading: Reading, duration: number): Move => {
  if (isAtEnd(reading, duration)) return nothing({ ...memory, isDone: true })
  const isComing = !reading.paused && reading.position < duration
  return isComing && !memory.isDone ? nothing(memory) : holdStill(memory, view, reading, duration)
}

/** A broadcast that has nothing but its own edge: it plays and pauses with the room, and goes to the edge once a command. */
export const followEdge = (memory: Steering, view: View, reading: Reading): Move => {
  const { playback, now } = view
  if (!playback.is_playing) {
    const still = { ...memory, isRunning: false, isStopped: false }
    const stands = reading.paused && reading.stopped !== true
    return stands ? nothing(still) : tellPause(still, now)
  }
  const isReady = !reading.buffering && memory.awaited === null
  const edge = reading.seekable?.to
  const isBehind = edge !== undefined && edge - reading.position > BEHIND_EDGE_SECONDS
  if (isReady && isBehind && !memory.wasAtEdge) return seekTo({ ...memory, wasAtEdge: true }, view, edge, false)
  const action: Move['action'] =
    isReady && reading.paused ? { do: 'start at', at: now, rate: playback.rate } : { do: 'nothing' }
  return { memory, action }
}
