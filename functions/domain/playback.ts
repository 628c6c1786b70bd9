import type { CommandType } from '../../protocol/event-types.ts'
import { type PlaybackState, positionAt } from '../../protocol/playback.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import type { Room } from './room.ts'

export type CommandFrame = ServerEventOf<CommandType>

const durationOf = (room: Room): number | null => room.media?.duration ?? null

/**
 * The room's playback at `now`, in the contract's fields. A start in the future keeps its instant. Past its end the video
 * stands at the end. That is computed for the frame and never stored, so a SEEK back goes on playing.
 */
const stateAt = (room: Room, now: number): PlaybackState => {
  const { rate, version } = room
  const at = Math.max(room.at, now)
  const duration = durationOf(room)
  const time = positionAt(room, at, duration)
  const isOver = duration !== null && time >= duration
  return { is_playing: room.is_playing && !isOver, time, at, rate, version }
}

/**
 * Where a room stands that is past the end of its video: what `stateAt` says of it, to be kept. Undefined before the
 * end.
 */
export const standAtEnd = (room: Room, now: number): Pick<PlaybackState, 'time' | 'at'> | undefined => {
  const duration = durationOf(room)
  const at = Math.max(room.at, now)
  if (duration === null) return undefined
  const position = positionAt(room, at)
  const isPast = room.is_playing ? position >= duration : position > duration
  return isPast ? { time: duration, at } : undefined
}

export const commandFrame = (type: CommandType, room: Room, userId: string | null): CommandFrame => ({
  type,
  ...stateAt(room, room.at),
  user_id: userId,
})

/** The room's playback as an ordinary command, for sockets that may have missed the command itself. */
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
