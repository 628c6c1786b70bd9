import * as z from 'zod'
import { ShownMessage } from '../../protocol/server-events.ts'
import { DAY_SECONDS } from '../domain/durations.ts'
import { earliestMessageId } from '../domain/ids.ts'
import { allOf } from './all-of.ts'
import { change, put } from './change.ts'
import { coreTableName, type Item, itemAt, queryAll } from './client.ts'
import { equals, exists, isMissing } from './conditions.ts'
import { messageKey } from './keys.ts'
import { noteNewest } from './revisions.ts'

/** A message as it is kept: with the socket that sent it and the mark that this socket asked to see again. */
export const SavedMessage = z.object({
  ...ShownMessage.shape,
  connection_id: z.string(),
  ref: z.string().optional(),
  /** When it was about to be saved, epoch milliseconds. `created_at` is when it arrived; messages of 0.1.0 have only that. */
  saved_at: z.number().optional(),
  /**
   * `none`: saved, and nobody was told yet. `some`: the first posts are out, and the repair has the rest. `all`: nobody who
   * was there is known to lack it. Missing where an older version saved it.
   */
  told: z.enum(['none', 'some', 'all']).optional(),
  /** Of a message that was removed, the id of its removal, and by whom: see removed-messages.ts. Its text is gone. */
  removal: z.string().optional(),
  removed_by: z.string().optional(),
})
export type SavedMessage = z.infer<typeof SavedMessage>

/**
 * Keeps a message, once, and notes it as the chat's revision, in one round trip: undefined where it was kept now, and
 * otherwise the one that another function has kept under its id before.
 */
export const putMessage = async (
  code: string,
  message: SavedMessage,
  keptDays: number,
): Promise<SavedMessage | undefined> => {
  const [result] = await allOf([
    put(messageKey(code, message.id), messageItem(message, keptDays), isMissing('pk')),
    noteNewest(code, message.id),
  ])
  if (result.done || result.item === undefined) return undefined
  const there = SavedMessage.parse(result.item)
  return isOwn(there, message) ? undefined : there
}

/** A message as it is kept before anybody was told. */
export const messageItem = (message: SavedMessage, keptDays: number) => ({
  ...message,
  told: 'none' as const,
  ttl: Math.floor(message.created_at / 1000) + keptDays * DAY_SECONDS,
})

/** Kept by this very request: the answer to the first was lost, and the SDK sent it again. */
export const isOwn = (there: SavedMessage, message: SavedMessage): boolean =>
  there.saved_at === message.saved_at && there.connection_id === message.connection_id

/** Notes who was told of a message. A repair may be faster than the function that started it. */
export const noteMessageTold = async (code: string, id: string, told: 'some' | 'all'): Promise<void> => {
  const when = told === 'all' ? exists('pk') : equals('told', 'none')
  await change(messageKey(code, id), { set: { told }, when })
}

/** Whether it was removed or not: whoever sends it again is to learn which. */
export const messageById = async (code: string, id: string): Promise<SavedMessage | undefined> =>
  SavedMessage.optional().parse(await itemAt(messageKey(code, id)))

/** No older items are read: messages may stand in the table for days after they expired, and in any number. */
export type AgeLimit = { now: number; days: number }

const oldestOf = ({ now, days }: AgeLimit): string => earliestMessageId(now - days * DAY_SECONDS * 1000)

/** To the second, where messages were kept for fewer days before, and but for those that were removed. */
const LIVING = '#ttl > :now'
const names = { '#ttl': 'ttl' }
const values = (code: string, now: number) => ({ ':pk': messageKey(code, '').pk, ':now': Math.floor(now / 1000) })

/** The newest messages, or the newest before one, oldest first. */
export const newestMessages = async (
  code: string,
  limit: number,
  kept: AgeLimit,
  before?: string,
): Promise<ShownMessage[]> => {
  const oldest = oldestOf(kept)
  // DynamoDB refuses a range that ends before it begins.
  if (before !== undefined && before < oldest) return []
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: `pk = :pk AND sk ${before === undefined ? '> :oldest' : 'BETWEEN :oldest AND :before'}`,
      FilterExpression: LIVING,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...values(code, kept.now),
        ':oldest': oldest,
        ...(before !== undefined && { ':before': before }),
      },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
    // A range holds both of its ends.
    before === undefined ? limit : limit + 1,
  )
  const messages = items.map((item) => ShownMessage.parse(item)).filter(({ id }) => id !== before)
  return messages.slice(0, limit).reverse()
}

const after = (code: string, id: string, limit: number, now: number): Promise<Item[]> =>
  queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      FilterExpression: LIVING,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values(code, now), ':after': id },
      ConsistentRead: true,
    },
    limit,
  )

/** The oldest messages after one, oldest first. */
export const messagesAfter = async (
  code: string,
  id: string,
  limit: number,
  kept: AgeLimit,
): Promise<ShownMessage[]> => {
  const oldest = oldestOf(kept)
  const items = await after(code, id < oldest ? oldest : id, limit, kept.now)
  return items.map((item) => ShownMessage.parse(item))
}

/** The same, each with the socket that sent it. The caller bounds by the id how far back is read. */
export const savedMessagesAfter = async (
  code: string,
  id: string,
  limit: number,
  now: number,
): Promise<SavedMessage[]> => (await after(code, id, limit, now)).map((item) => SavedMessage.parse(item))
