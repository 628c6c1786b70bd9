import { type PlaybackState, positionAt } from '../../protocol/playback.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import type { Room } from './room.ts'

export type CommandType = 'PLAY' | 'PAUSE' | 'SEEK'
export type CommandFrame = ServerEventOf<'PLAY'> | ServerEventOf<'PAUSE'> | ServerEventOf<'SEEK'>

const durationOf = (room: Room): number | null => room.media?.duration ?? null

/** The room's playback as the contract's fields, at the instant it was set. */
const stateOf = (room: Room): PlaybackState => ({
  is_playing: room.is_playing,
  time: positionAt(room, room.at, durationOf(room)),
  at: room.at,
  rate: room.rate,
  version: room.version,
})

/** The same playback told at a later instant, for a client that reads only `time`. A start that lies ahead stays ahead. */
const stateAt = (room: Room, now: number): PlaybackState => ({
  ...stateOf(room),
  time: positionAt(room, now, durationOf(room)),
  at: Math.max(room.at, now),
})

export const commandFrame = (type: CommandType, room: Room, userId: string | null): CommandFrame => ({
  type,
  ...stateOf(room),
  user_id: userId,
})

/** The room's playback as an ordinary command: what a connection is told that may have missed the command itself. */
export const catchUpFrame = (room: Room, now: number): CommandFrame => ({
  type: room.is_playing ? 'PLAY' : 'PAUSE',
  ...stateAt(room, now),
  user_id: room.host_id,
})

export const playbackStateFrame = (room: Room, now: number, ref?: string): ServerEventOf<'PLAYBACK_STATE'> => ({
  type: 'PLAYBACK_STATE',
  ...stateAt(room, now),
  media: room.media,
  ...(ref !== undefined && { ref }),
})
