import type { CommandType } from '../../protocol/event-types.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import { all, equals, isAtMost } from './conditions.ts'
import { roomKey } from './keys.ts'
import { isLiving, livesAndMay } from './rights.ts'
import { activityOf, parseRoom } from './rooms.ts'

export type PlaybackCommand = {
  type: CommandType
  /** Seconds. */
  time: number
  userId: string
  /** When it takes effect, and when the gateway received it. */
  at: number
  sentAt: number
  now: number
  idleDays: number
}

/**
 * The hot path: one conditional write. Undefined when the sender may not command, the room has ended, or a newer frame
 * was saved.
 */
export const commandPlayback = async (code: string, command: PlaybackCommand): Promise<Room | undefined> => {
  const { type, time, at, sentAt, userId, now, idleDays } = command
  const isPlaying = type === 'SEEK' ? undefined : type === 'PLAY'
  const result = await change(
    roomKey(code),
    {
      set: { is_playing: isPlaying, time, at, sent_at: sentAt, ...activityOf(code, now, idleDays) },
      add: { version: 1 },
      when: all(livesAndMay('command', userId), isAtMost('sent_at', sentAt)),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}

/** Pauses a room that nobody watches, at `time` seconds, unless somebody commanded it meanwhile. */
export const pauseUnchanged = async (room: Room, time: number, now: number): Promise<Room | undefined> => {
  const result = await change(
    roomKey(room.code),
    {
      set: { is_playing: false, time, at: now },
      add: { version: 1 },
      when: all(isLiving, equals('version', room.version), equals('is_playing', true)),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}
