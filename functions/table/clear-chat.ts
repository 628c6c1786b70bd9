import { may } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import { all, either, equals, isBelow, isMissing } from './conditions.ts'
import { roomKey } from './keys.ts'
import { livesAndMay } from './rights.ts'
import { parseRoom } from './rooms.ts'

/**
 * Clears the chat up to an id, unless it was cleared later. The messages stay until they end, and no read shows them.
 * Undefined where the caller may not.
 */
export const clearChat = async (code: string, userId: string, until: string): Promise<Room | undefined> => {
  const isLater = either(isMissing('chat_since'), equals('chat_since', null), isBelow('chat_since', until))
  const result = await change(
    roomKey(code),
    {
      set: { chat_since: until },
      add: { facts_revision: 1 },
      when: all(livesAndMay('moderate', userId), isLater),
    },
    'ALL_NEW',
  )
  const room = parseRoom(result.item)
  if (result.done || room === undefined) return room
  const isCleared = room.deleted_at === null && room.chat_since !== null && room.chat_since >= until
  return isCleared && may('moderate', room, userId) ? room : undefined
}
