import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { MAX_CONNECTIONS_PER_USER } from '../../protocol/limits.ts'
import { type Connection, endedConnections, openConnections, type Presence } from '../domain/presence.ts'
import { connectionsTableName, type Item, queryAll, table } from './client.ts'
import { connectionAttribute, presenceKey, roomKey } from './keys.ts'
import { update } from './update.ts'

/** API Gateway ends a connection after two hours; what a row says after that, and a little, is not true any more. */
const LIFETIME_MILLISECONDS = 2 * 3600 * 1000 + 5 * 60 * 1000
const ATTRIBUTE_PREFIX = connectionAttribute('')

const PresenceItem = z.looseObject({
  user_id: z.string(),
  name: z.string(),
  present_since: z.number().nullable().default(null),
  announced: z.number().nullable().default(null),
})
const ConnectionItem = z.object({
  state: z.enum(['opening', 'greeting', 'live']),
  since: z.number(),
  expires: z.number(),
  live_from: z.number(),
  /** Which invocation greets it. */
  greeter: z.string().optional(),
})

const parsePresence = (item: Item): Presence => {
  const { user_id, name, present_since, announced, ...rest } = PresenceItem.parse(item)
  const connections = Object.entries(rest)
    .filter(([attribute]) => attribute.startsWith(ATTRIBUTE_PREFIX))
    .map(
      ([attribute, value]): Connection => ({
        id: attribute.slice(ATTRIBUTE_PREFIX.length),
        ...ConnectionItem.parse(value),
      }),
    )
  return { user_id, name, present_since, announced, connections }
}

/** The key of a person's connections to a room, for reading them beside items of the core table. */
export const presenceItemKey = (code: string, userId: string) => ({
  ...presenceKey(code, userId),
  table: connectionsTableName(),
})

export const presenceFrom = (item: Item | undefined): Presence | undefined =>
  item === undefined ? undefined : parsePresence(item)

/** One person's connections to the room, with strong consistency. */
export const presenceOf = async (code: string, userId: string): Promise<Presence | undefined> => {
  const answer = await table.send(
    new GetCommand({ TableName: connectionsTableName(), Key: presenceKey(code, userId), ConsistentRead: true }),
  )
  return presenceFrom(answer.Item)
}

/** Everybody connected to the room, with strong consistency. */
export const connectionsIn = async (code: string): Promise<Presence[]> => {
  const items = await queryAll({
    TableName: connectionsTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': roomKey(code).pk },
    ConsistentRead: true,
  })
  return items.map(parsePresence)
}

/** How many people are connected: counted by DynamoDB, no row travels. */
export const countViewers = async (code: string, now: number): Promise<number> => {
  let count = 0
  let from: Item | undefined
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: connectionsTableName(),
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#open > :zero AND #ttl > :now',
        ExpressionAttributeNames: { '#open': 'open', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':pk': roomKey(code).pk, ':zero': 0, ':now': Math.floor(now / 1000) },
        Select: 'COUNT',
        ...(from !== undefined && { ExclusiveStartKey: from }),
      }),
    )
    count += page.Count ?? 0
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return count
}

export type Opening = { userId: string; name: string; connectionId: string }

/**
 * Records a connection that is about to open. Recording it twice changes nothing.
 * Answers the person's connections when they have as many as are allowed, undefined when it is recorded.
 */
export const openConnection = async (
  code: string,
  { userId, name, connectionId }: Opening,
  now: number,
): Promise<Presence | undefined> => {
  const expires = now + LIFETIME_MILLISECONDS
  const connection: Omit<Connection, 'id'> = { state: 'opening', since: now, expires, live_from: 0 }
  for (;;) {
    const result = await update({
      TableName: connectionsTableName(),
      Key: presenceKey(code, userId),
      UpdateExpression: 'SET #c = :connection, user_id = :user, #name = :name, #ttl = :ttl ADD #open :one',
      ConditionExpression: 'attribute_not_exists(#c) AND (attribute_not_exists(#open) OR #open < :most)',
      ExpressionAttributeNames: {
        '#c': connectionAttribute(connectionId),
        '#name': 'name',
        '#open': 'open',
        '#ttl': 'ttl',
      },
      ExpressionAttributeValues: {
        ':connection': connection,
        ':user': userId,
        ':name': name,
        ':ttl': Math.ceil(expires / 1000),
        ':one': 1,
        ':most': MAX_CONNECTIONS_PER_USER,
      },
    })
    if (result.done) return undefined
    if (result.item === undefined) continue
    const presence = parsePresence(result.item)
    if (presence.connections.some(({ id }) => id === connectionId)) return undefined
    const ended = endedConnections(presence, now)
    if (ended.length === 0) return presence
    await Promise.all(ended.map(({ id }) => closeConnection(code, userId, id, now)))
  }
}

/** The item as one of several that may have claimed or marked it left it. */
const connectionIn = (item: Item | undefined, connectionId: string) =>
  ConnectionItem.optional().parse(item?.[connectionAttribute(connectionId)])

/**
 * Claims the greeting of a connection for one invocation, `greeter`: of several, one gets it, and gets it again when its
 * own request is repeated. `missing` when the connection has been removed.
 */
export const claimGreeting = async (
  code: string,
  userId: string,
  connectionId: string,
  greeter: string,
): Promise<'claimed' | 'missing' | 'taken'> => {
  const result = await update({
    TableName: connectionsTableName(),
    Key: presenceKey(code, userId),
    UpdateExpression: 'SET #c.#state = :greeting, #c.greeter = :greeter',
    ConditionExpression: '#c.#state = :opening',
    ExpressionAttributeNames: { '#c': connectionAttribute(connectionId), '#state': 'state' },
    ExpressionAttributeValues: { ':opening': 'opening', ':greeting': 'greeting', ':greeter': greeter },
  })
  if (result.done) return 'claimed'
  const connection = connectionIn(result.item, connectionId)
  if (connection === undefined) return 'missing'
  return connection.greeter === greeter ? 'claimed' : 'taken'
}

const without = (presence: Presence, connectionId: string): Presence => ({
  ...presence,
  connections: presence.connections.filter(({ id }) => id !== connectionId),
})

/**
 * Opens a greeted connection to fan-out. Answers the person's other connections as they were just before: whether this is
 * their first is DynamoDB's to say. Undefined when the connection was closed meanwhile.
 */
export const markLive = async (
  code: string,
  userId: string,
  connectionId: string,
  liveFrom: number,
): Promise<Presence | undefined> => {
  const result = await update({
    TableName: connectionsTableName(),
    Key: presenceKey(code, userId),
    UpdateExpression:
      'SET #c.#state = :live, #c.live_from = :from, present_since = if_not_exists(present_since, :from)',
    ConditionExpression: '#c.#state = :greeting',
    ExpressionAttributeNames: { '#c': connectionAttribute(connectionId), '#state': 'state' },
    ExpressionAttributeValues: { ':greeting': 'greeting', ':live': 'live', ':from': liveFrom },
    ReturnValues: 'ALL_OLD',
  })
  if (result.done) return without(parsePresence(result.item), connectionId)
  // The answer to the first request was lost, and the SDK repeated it.
  const isOurs = connectionIn(result.item, connectionId)?.live_from === liveFrom
  return isOurs && result.item !== undefined ? without(parsePresence(result.item), connectionId) : undefined
}

/**
 * Notes from when on the person has been there, where the row still told of an earlier time: somebody left, and another
 * of their connections was opening then.
 */
export const startPresence = async (code: string, userId: string, since: number): Promise<void> => {
  await update({
    TableName: connectionsTableName(),
    Key: presenceKey(code, userId),
    UpdateExpression: 'SET present_since = :since REMOVE announced',
    ConditionExpression: 'present_since < :since',
    ExpressionAttributeValues: { ':since': since },
  })
}

/**
 * Claims telling the others that the person is there since `since`. Undefined when it is not to be told: they have gone,
 * and whoever closed their last connection found it unclaimed.
 */
export const claimAnnouncement = async (code: string, userId: string, since: number): Promise<Presence | undefined> => {
  const result = await update({
    TableName: connectionsTableName(),
    Key: presenceKey(code, userId),
    UpdateExpression: 'SET announced = :since',
    ConditionExpression: 'present_since = :since',
    ExpressionAttributeValues: { ':since': since },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parsePresence(result.item) : undefined
}

export type Closed = {
  presence: Presence
  /** The connection that was removed. */
  connection: Connection
}

/** Removes a connection; undefined when it was removed before, so that only one of several closes counts. */
export const closeConnection = async (
  code: string,
  userId: string,
  connectionId: string,
  now: number,
): Promise<Closed | undefined> => {
  const result = await update({
    TableName: connectionsTableName(),
    Key: presenceKey(code, userId),
    UpdateExpression: 'REMOVE #c ADD #open :less',
    ConditionExpression: 'attribute_exists(#c)',
    ExpressionAttributeNames: { '#c': connectionAttribute(connectionId), '#open': 'open' },
    ExpressionAttributeValues: { ':less': -1 },
    ReturnValues: 'ALL_OLD',
  })
  if (!result.done) return undefined
  const presence = parsePresence(result.item)
  const connection = presence.connections.find(({ id }) => id === connectionId)
  if (connection === undefined) return undefined
  const rest = without(presence, connectionId)
  if (openConnections(rest, now).length === 0) await deleteEmpty(code, userId)
  return { presence: rest, connection }
}

/** Removes all of a person's connections to the room at once and tells which they were. */
export const closeAllOf = async (code: string, userId: string): Promise<Presence | undefined> => {
  const answer = await table.send(
    new DeleteCommand({ TableName: connectionsTableName(), Key: presenceKey(code, userId), ReturnValues: 'ALL_OLD' }),
  )
  return answer.Attributes === undefined ? undefined : parsePresence(answer.Attributes)
}

/** A row without connections would be read by every fan-out; one that was opened meanwhile stays. */
const deleteEmpty = async (code: string, userId: string): Promise<void> => {
  try {
    await table.send(
      new DeleteCommand({
        TableName: connectionsTableName(),
        Key: presenceKey(code, userId),
        ConditionExpression: '#open <= :zero',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':zero': 0 },
      }),
    )
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}
