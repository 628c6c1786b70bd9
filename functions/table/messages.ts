import * as z from 'zod'
import { ShownMessage } from '../../protocol/server-events.ts'
import { put } from './change.ts'
import { coreTableName, type Item, queryAll } from './client.ts'
import { messageKey } from './keys.ts'
import { noteNewest } from './revisions.ts'

const DAY_SECONDS = 24 * 3600

/** A message as it is kept: with the socket that sent it and the mark that this socket asked to see again. */
export const SavedMessage = z.object({ ...ShownMessage.shape, connection_id: z.string(), ref: z.string().optional() })
export type SavedMessage = z.infer<typeof SavedMessage>

/** Saves a message and notes the chat's revision, in one round trip. */
export const putMessage = async (code: string, message: SavedMessage, keptDays: number): Promise<void> => {
  const ttl = Math.floor(message.created_at / 1000) + keptDays * DAY_SECONDS
  await Promise.all([put(messageKey(code, message.id), { ...message, ttl }), noteNewest(code, message.id)])
}

const LIVING = '#ttl > :now'
const names = { '#ttl': 'ttl' }
const values = (code: string, now: number) => ({ ':pk': messageKey(code, '').pk, ':now': Math.floor(now / 1000) })

/** The newest messages, or the newest before one, oldest first. */
export const newestMessages = async (
  code: string,
  limit: number,
  now: number,
  before?: string,
): Promise<ShownMessage[]> => {
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      FilterExpression: LIVING,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values(code, now), ...(before !== undefined && { ':before': before }) },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
    limit,
  )
  return items.map((item) => ShownMessage.parse(item)).reverse()
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
export const messagesAfter = async (code: string, id: string, limit: number, now: number): Promise<ShownMessage[]> =>
  (await after(code, id, limit, now)).map((item) => ShownMessage.parse(item))

/** The same, each with the socket that sent it. */
export const savedMessagesAfter = async (
  code: string,
  id: string,
  limit: number,
  now: number,
): Promise<SavedMessage[]> => (await after(code, id, limit, now)).map((item) => SavedMessage.parse(item))
