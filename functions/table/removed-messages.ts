import * as z from 'zod'
import { DAY_SECONDS } from '../domain/durations.ts'
import { change, putting, updating } from './change.ts'
import { coreTableName, itemsTogether, queryAll, writeTogether } from './client.ts'
import { all, equals, exists, isAbove, isMissing } from './conditions.ts'
import { messageKey, removalKey } from './keys.ts'
import { SavedMessage } from './messages.ts'

/**
 * The `ttl` of a removed message: over, so that functions of every version leave it out. It stays in the table all the same,
 * because DynamoDB sweeps nothing that ended more than five years ago: sent again, the message must not come back.
 */
const LONG_OVER = 1

/** That a message was removed. Its id is a ULID of that moment, and so a revision of the chat as a message's id is. */
const RemovalItem = z.object({
  id: z.string(),
  message_id: z.string(),
  user_id: z.string(),
  /** Epoch milliseconds. */
  saved_at: z.number(),
  /** As a message's: how far the room was told. */
  told: z.enum(['none', 'some', 'all']),
})
export type Removal = z.infer<typeof RemovalItem>

/** The removal of a message, as the message's item notes it; undefined where it was not removed. */
export const removalOf = ({ id, removal, removed_by }: SavedMessage) =>
  removal === undefined || removed_by === undefined ? undefined : { id: removal, message_id: id, user_id: removed_by }

/** Removes a message, once. False where it is not there any more, or somebody has removed it before. */
export const removeMessage = async (
  code: string,
  { id, message_id, user_id, saved_at }: Omit<Removal, 'told'>,
  keptDays: number,
): Promise<boolean> => {
  const seconds = Math.floor(saved_at / 1000)
  return writeTogether([
    updating(messageKey(code, message_id), {
      // Nobody tells it any more: `all` says so to functions of every version.
      set: { message: '', told: 'all', ttl: LONG_OVER, removal: id, removed_by: user_id },
      when: all(exists('pk'), isMissing('removal'), isAbove('ttl', seconds)),
    }),
    putting(removalKey(code, id), {
      ...{ id, message_id, user_id, saved_at, told: 'none' },
      ttl: seconds + keptDays * DAY_SECONDS,
    }),
  ])
}

/** What was removed after a revision of the chat, oldest first. */
export const removalsAfter = async (code: string, revision: string, limit?: number): Promise<Removal[]> => {
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': removalKey(code, '').pk, ':after': revision },
      ConsistentRead: true,
    },
    limit,
  )
  return items.map((item) => RemovalItem.parse(item))
}

/** Notes who was told of a removal, as `noteMessageTold` does of a message. */
export const noteRemovalTold = async (code: string, id: string, told: 'some' | 'all'): Promise<void> => {
  const when = told === 'all' ? exists('pk') : equals('told', 'none')
  await change(removalKey(code, id), { set: { told }, when })
}

/** Which of these messages were removed. */
export const removedOf = async (code: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set()
  const items = await itemsTogether(ids.map((id) => messageKey(code, id)))
  return new Set(ids.filter((_, index) => SavedMessage.optional().parse(items[index])?.removal !== undefined))
}
