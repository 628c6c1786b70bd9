import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Presence } from '../domain/presence.ts'
import { SILENT_AFTER_MS } from '../domain/times.ts'
import { connectionsTableName, type Item, itemAt, queryAll, table } from './client.ts'
import { connectionAttribute, presenceKey, roomKey } from './keys.ts'

const ATTRIBUTE_PREFIX = connectionAttribute('')

export const ConnectionItem = z.object({
  state: z.enum(['opening', 'greeting', 'live']),
  since: z.number(),
  expires: z.number(),
  live_from: z.number(),
  seen: z.number().nullable().default(null),
  /** Which invocation greets it. */
  greeter: z.string().optional(),
  catching_up: z.boolean().optional(),
})

/** A presence without its sockets. Every attribute that was added after 0.1.0 has a default. */
export const PresenceItem = z.object({
  user_id: z.string(),
  name: z.string(),
  present_since: z.number().nullable().default(null),
  announced: z.number().nullable().default(null),
  joined_revision: z.number().nullable().default(null),
  left_told: z.number().nullable().default(null),
  leave_claim: z.object({ since: z.number(), at: z.number() }).optional(),
  left_at: z.number().default(0),
  removed: ConnectionItem.optional(),
  closing: z.array(z.string()).default([]),
  renamed_from: z.string().optional(),
  renamed_at: z.number().optional(),
  name_told_at: z.number().optional(),
})

export const parsePresence = (item: Item): Presence => ({
  ...PresenceItem.parse(item),
  connections: Object.entries(item)
    .filter(([attribute]) => attribute.startsWith(ATTRIBUTE_PREFIX))
    .map(([attribute, value]) => ({
      id: attribute.slice(ATTRIBUTE_PREFIX.length),
      ...ConnectionItem.parse(value),
    })),
})

/** One user in one room. */
export type UserInRoom = { code: string; userId: string }

/** Where a user's sockets in a room are kept, with the table, so that they are read beside items of the core table. */
export const presenceItemKey = ({ code, userId }: UserInRoom) => ({
  ...presenceKey(code, userId),
  table: connectionsTableName(),
})

export const presenceFrom = (item: Item | undefined): Presence | undefined =>
  item === undefined ? undefined : parsePresence(item)

/** One user's sockets in the room, with strong consistency. */
export const presenceOf = async (code: string, userId: string): Promise<Presence | undefined> =>
  presenceFrom(await itemAt(presenceItemKey({ code, userId })))

/** Everybody's sockets in the room, with strong consistency. */
export const presencesIn = async (code: string): Promise<Presence[]> => {
  const items = await queryAll({
    TableName: connectionsTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': roomKey(code).pk },
    ConsistentRead: true,
  })
  return items.map(parsePresence)
}

/**
 * How many people are connected. DynamoDB counts; no item travels. Whoever has ever sent a PING counts by it, as
 * `openConnections` says; anybody else until their connections are removed.
 */
export const countViewers = async (code: string, now: number): Promise<number> => {
  let count = 0
  let from: Item | undefined
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: connectionsTableName(),
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#open > :zero AND #ttl > :now AND (attribute_not_exists(#seen) OR #seen > :away)',
        ExpressionAttributeNames: { '#open': 'open', '#ttl': 'ttl', '#seen': 'seen_at' },
        ExpressionAttributeValues: {
          ...{ ':pk': roomKey(code).pk, ':zero': 0, ':now': Math.floor(now / 1000) },
          ':away': now - SILENT_AFTER_MS,
        },
        Select: 'COUNT',
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    )
    count += page.Count ?? 0
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return count
}
