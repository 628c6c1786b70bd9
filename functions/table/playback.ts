import type { CommandType } from '../../protocol/event-types.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import { all, isAtMost } from './conditions.ts'
import { roomKey } from './keys.ts'
import { livesAndMay } from './rights.ts'
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
      set: { is_playing: isPlaying, time, at, sent_at: sentAt, empty_since: null, ...activityOf(code, now, idleDays) },
      add: { version: 1 },
      when: all(livesAndMay('command', userId), isAtMost('sent_at', sentAt)),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}
