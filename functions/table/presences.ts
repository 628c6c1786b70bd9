import * as z from 'zod'
import { openConnections, type Presence } from '../domain/presence.ts'
import { connectionsTableName, type Item, itemAt, queryAll } from './client.ts'
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

const rowsOf = async (code: string, ConsistentRead: boolean): Promise<Presence[]> => {
  const items = await queryAll({
    TableName: connectionsTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': roomKey(code).pk },
    ConsistentRead,
  })
  return items.map(parsePresence)
}

/** Everybody's sockets in the room, with strong consistency. */
export const presencesIn = (code: string): Promise<Presence[]> => rowsOf(code, true)

/**
 * How many people have a socket that is open, as `openConnections` says. Each of their sockets says that for itself,
 * whichever version wrote it; no attribute of the whole row could, where one sends PINGs and another does not.
 */
export const countViewers = async (code: string, now: number): Promise<number> =>
  (await rowsOf(code, false)).filter((presence) => openConnections(presence, now).length > 0).length
