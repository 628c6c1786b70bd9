import { Refusal } from '../../protocol/refusals.ts'
import { messageRemoved } from '../domain/chat.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { messageById, type SavedMessage } from '../table/messages.ts'
import { type Removal, removalOf, removeMessage } from '../table/removed-messages.ts'
import { noteNewest } from '../table/revisions.ts'

/**
 * Removes a message and tells the room. A call that is asked again, or beside another, is answered as the first was,
 * and the room is told once more.
 */
export const removeAndTell = async (
  code: string,
  message: SavedMessage,
  removal: Omit<Removal, 'told'>,
  runtime: Runtime,
  keptDays: number,
): Promise<void> => {
  const isRemoved = message.removal === undefined && (await removeMessage(code, removal, keptDays))
  const there = isRemoved ? removal : removalOf((await messageById(code, message.id)) ?? message)
  if (there === undefined) throw new Refusal('message_not_found')
  // Of the removal that stands, and of no other: two may remove a message at the same moment.
  await noteNewest(code, there.id)
  await tellRoom(code, { events: [messageRemoved(there)], to: 'everyone' }, runtime)
}
