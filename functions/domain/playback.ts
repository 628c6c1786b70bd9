import { type PlaybackState, positionAt } from '../../protocol/playback.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import type { Room } from './room.ts'

export type CommandType = 'PLAY' | 'PAUSE' | 'SEEK'
export type CommandFrame = ServerEventOf<'PLAY'> | ServerEventOf<'PAUSE'> | ServerEventOf<'SEEK'>

const durationOf = (room: Room): number | null => room.media?.duration ?? null

/**
 * The room's playback as the contract's fields, told at `now`. A start that lies ahead stays ahead. Past the end of the
 * video the room stands at its end; that is said and never written, so that a command goes on from what was commanded.
 */
const stateAt = (room: Room, now: number): PlaybackState => {
  const { rate, version } = room
  const at = Math.max(room.at, now)
  const duration = durationOf(room)
  const time = positionAt(room, at, duration)
  const isOver = duration !== null && time >= duration
  return { is_playing: room.is_playing && !isOver, time, at, rate, version }
}

export const commandFrame = (type: CommandType, room: Room, userId: string | null): CommandFrame => ({
  type,
  ...stateAt(room, room.at),
  user_id: userId,
})

/** The room's playback as an ordinary command: what a connection is told that may have missed the command itself. */
export const catchUpFrame = (room: Room, now: number): CommandFrame => {
  const state = stateAt(room, now)
  return { type: state.is_playing ? 'PLAY' : 'PAUSE', ...state, user_id: room.host_id }
}

export const playbackStateFrame = (room: Room, now: number, ref?: string): ServerEventOf<'PLAYBACK_STATE'> => ({
  type: 'PLAYBACK_STATE',
  ...stateAt(room, now),
  media: room.media,
  ...(ref !== undefined && { ref }),
})
