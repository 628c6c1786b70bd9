import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { ShownMessage } from '../../protocol/server-events.ts'
import { coreTableName, queryAll, table } from './client.ts'
import { messageKey } from './keys.ts'

const DAY_SECONDS = 24 * 3600

export const putMessage = async (code: string, message: ShownMessage, keptDays: number): Promise<void> => {
  const ttl = Math.floor(message.created_at / 1000) + keptDays * DAY_SECONDS
  await table.send(
    new PutCommand({ TableName: coreTableName(), Item: { ...messageKey(code, message.id), ...message, ttl } }),
  )
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

/** The oldest messages after one, oldest first. */
export const messagesAfter = async (
  code: string,
  after: string,
  limit: number,
  now: number,
): Promise<ShownMessage[]> => {
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      FilterExpression: LIVING,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values(code, now), ':after': after },
      ConsistentRead: true,
    },
    limit,
  )
  return items.map((item) => ShownMessage.parse(item))
}
