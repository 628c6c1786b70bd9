import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod'
import type { LearnedMedia } from '../../protocol/media.ts'
import { EntryMode } from '../../protocol/server-events.ts'
import type { CommandType } from '../domain/playback.ts'
import { activityBucket, idleUntil, type Room, type RoomChange } from '../domain/room.ts'
import { coreTableName, type Item, itemsTogether, queryAll, table } from './client.ts'
import { activeOf, ENDED, isListing, listingOf, listings, roomKey } from './keys.ts'
import { coreTable } from './schema.ts'
import { update } from './update.ts'

// Checked when it was set: a rule made stricter since must not make a stored room unreadable.
const StoredMedia = z.object({
  url: z.string(),
  title: z.string().nullable(),
  duration: z.number().nullable(),
  live_origin: z.number().optional(),
})
const RoomItem = z.object({
  code: z.string(),
  name: z.string().nullable(),
  is_private: z.boolean(),
  entry_mode: EntryMode.nullable(),
  password_hash: z.string().nullable(),
  guests_allowed: z.boolean(),
  is_chat_enabled: z.boolean(),
  media: StoredMedia.nullable(),
  host_id: z.string(),
  host: z.string(),
  created_at: z.number(),
  idle_until: z.number(),
  active_at: z.number(),
  deleted_at: z.number().nullable(),
  is_playing: z.boolean(),
  time: z.number(),
  at: z.number(),
  rate: z.number(),
  version: z.number(),
  sent_at: z.number(),
  /** None once an ended room is cleaned up. */
  listing: z.string().optional(),
})

export const parseRoom = (item: Item | undefined): Room | undefined =>
  item === undefined ? undefined : roomOf(RoomItem.parse(item))

// The listing alone says whether a room is listed. Functions of 0.1.0 write it as well, so the two cannot disagree.
const roomOf = ({ listing, ...room }: z.infer<typeof RoomItem>): Room => ({ ...room, is_listed: isListing(listing) })

const LIVING = 'attribute_exists(pk) AND deleted_at = :null'
const HOSTED = `${LIVING} AND host_id = :me`

// Names that DynamoDB reserves are written with #.
const NAMES = { '#name': 'name', '#time': 'time', '#at': 'at' } as const
const names = (expression: string): Record<string, string> =>
  Object.fromEntries(Object.entries(NAMES).filter(([alias]) => new RegExp(`${alias}\\b`).test(expression)))

const activity = (code: string, now: number, idleDays: number) => ({
  ':active_at': activityBucket(now),
  ':active': activeOf(activityBucket(now), code),
  ':idle_until': idleUntil(now, idleDays),
})
const SET_ACTIVITY = 'active_at = :active_at, active = :active, idle_until = :idle_until'

/** Takes the code for this room; false when it was ever taken. */
export const putRoom = async ({ is_listed, ...room }: Room): Promise<boolean> => {
  try {
    await table.send(
      new PutCommand({
        TableName: coreTableName(),
        Item: {
          ...roomKey(room.code),
          ...room,
          listing: listingOf(room.code, is_listed),
          active: activeOf(room.active_at, room.code),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
    return true
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    // Ours, if the answer to the first request was lost and the SDK repeated it.
    const there = error.Item === undefined ? undefined : parseRoom(unmarshall(error.Item))
    return there?.host_id === room.host_id && there.created_at === room.created_at && there.deleted_at === null
  }
}

export const roomByCode = async (code: string): Promise<Room | undefined> => {
  const answer = await table.send(
    new GetCommand({ TableName: coreTableName(), Key: roomKey(code), ConsistentRead: true }),
  )
  return parseRoom(answer.Item)
}

/** Rooms in the order of the codes; at most 100. */
export const roomsByCodes = async (codes: readonly string[]): Promise<(Room | undefined)[]> =>
  codes.length === 0 ? [] : (await itemsTogether(codes.map(roomKey))).map(parseRoom)

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
 * The hot path: one conditional write. Undefined when the sender is not the host, the room is gone, or a newer frame
 * has been saved.
 */
export const commandPlayback = async (code: string, command: PlaybackCommand): Promise<Room | undefined> => {
  const playing = command.type === 'SEEK' ? '' : 'is_playing = :playing, '
  const expression = `SET ${playing}#time = :time, #at = :at, sent_at = :sent, version = version + :one, ${SET_ACTIVITY}`
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: expression,
    ConditionExpression: `${HOSTED} AND sent_at <= :sent`,
    ExpressionAttributeNames: names(expression),
    ExpressionAttributeValues: {
      ...(command.type !== 'SEEK' && { ':playing': command.type === 'PLAY' }),
      ...activity(code, command.now, command.idleDays),
      ':time': command.time,
      ':at': command.at,
      ':sent': command.sentAt,
      ':one': 1,
      ':me': command.userId,
      ':null': null,
    },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parseRoom(result.item) : undefined
}

/** Pauses a room that nobody watches, at `time` seconds, unless somebody commanded it meanwhile. */
export const pauseUnchanged = async (room: Room, time: number, now: number): Promise<Room | undefined> => {
  const expression = 'SET is_playing = :no, #time = :time, #at = :now, version = version + :one'
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(room.code),
    UpdateExpression: expression,
    ConditionExpression: `${LIVING} AND version = :version AND is_playing = :yes`,
    ExpressionAttributeNames: names(expression),
    ExpressionAttributeValues: {
      ':no': false,
      ':yes': true,
      ':time': time,
      ':now': now,
      ':one': 1,
      ':version': room.version,
      ':null': null,
    },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parseRoom(result.item) : undefined
}

/**
 * Changes settings if the caller still hosts and `expected` still holds; a change of media pauses at `start` (seconds) in the same write.
 * Undefined when one of these fails.
 */
export const changeRoom = async (
  code: string,
  hostId: string,
  change: RoomChange,
  expected: Pick<Room, 'entry_mode' | 'password_hash'>,
  { now, receivedAt, start = 0 }: { now: number; receivedAt: number; start?: number },
): Promise<Room | undefined> => {
  const { is_listed: isListed, ...rest } = change
  const fields = Object.entries(rest).filter(([, value]) => value !== undefined)
  const sets = fields.map(([field]) => `${field === 'name' ? '#name' : field} = :${field}`)
  if (isListed !== undefined) sets.push('listing = :listing')
  if (change.media !== undefined)
    sets.push('is_playing = :no', '#time = :start', '#at = :now', 'sent_at = :received', 'version = version + :one')
  const expression = `SET ${sets.join(', ')}`
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: expression,
    ConditionExpression: `${HOSTED} AND entry_mode = :entry AND password_hash = :password`,
    ...(Object.keys(names(expression)).length > 0 && { ExpressionAttributeNames: names(expression) }),
    ExpressionAttributeValues: {
      ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
      ...(isListed !== undefined && { ':listing': listingOf(code, isListed) }),
      ...(change.media !== undefined && {
        ':no': false,
        ':start': start,
        ':now': now,
        ':received': receivedAt,
        ':one': 1,
      }),
      ':me': hostId,
      ':null': null,
      ':entry': expected.entry_mode,
      ':password': expected.password_hash,
    },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parseRoom(result.item) : undefined
}

/**
 * Adds to the room's media what its host's player has found out: a duration where there is none, a live stream's origin.
 * Undefined when the caller does not host the room, it has another video by now, or it knows that already.
 */
export const learnMedia = async (code: string, hostId: string, learned: LearnedMedia): Promise<Room | undefined> => {
  const { url, duration, live_origin } = learned
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: `SET ${[
      ...(duration === undefined ? [] : ['media.#duration = :duration']),
      ...(live_origin === undefined ? [] : ['media.live_origin = :origin']),
    ].join(', ')}`,
    ConditionExpression: [
      HOSTED,
      'media.#url = :url',
      ...(duration === undefined ? [] : ['media.#duration = :null']),
      ...(live_origin === undefined
        ? []
        : ['(attribute_not_exists(media.live_origin) OR media.live_origin <> :origin)']),
    ].join(' AND '),
    ExpressionAttributeNames: { '#url': 'url', ...(duration !== undefined && { '#duration': 'duration' }) },
    ExpressionAttributeValues: {
      ...(duration !== undefined && { ':duration': duration }),
      ...(live_origin !== undefined && { ':origin': live_origin }),
      ':url': url,
      ':me': hostId,
      ':null': null,
    },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parseRoom(result.item) : undefined
}

/** Gives the room to another host; undefined when neither the caller nor, by a request repeated, the heir hosts it. */
export const setHost = async (
  code: string,
  from: string,
  to: { user_id: string; name: string },
): Promise<Room | undefined> => {
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: 'SET host_id = :to, host = :name',
    ConditionExpression: HOSTED,
    ExpressionAttributeValues: { ':to': to.user_id, ':name': to.name, ':me': from, ':null': null },
    ReturnValues: 'ALL_NEW',
  })
  const room = parseRoom(result.item)
  return result.done || (room?.host_id === to.user_id && room.deleted_at === null) ? room : undefined
}

const END = 'SET deleted_at = :now, is_playing = :no, media = :null, password_hash = :null, listing = :ended'

/** Ends a room for its host. What stays is its code, so that it is never used again. */
export const endRoom = async (
  code: string,
  hostId: string,
  now: number,
): Promise<'ended' | 'ended before' | 'not theirs'> => {
  const result = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: END,
    ConditionExpression: HOSTED,
    ExpressionAttributeValues: { ':now': now, ':no': false, ':null': null, ':ended': ENDED, ':me': hostId },
  })
  if (result.done) return 'ended'
  const room = parseRoom(result.item)
  if (room === undefined || room.deleted_at === null) return 'not theirs'
  // Ours, if the answer to the first request was lost and the SDK repeated it.
  return room.host_id === hostId && room.deleted_at === now ? 'ended' : 'ended before'
}

/** Ends a room to which nobody has connected for too long; false when somebody just did. */
export const endIdleRoom = async (code: string, now: number): Promise<boolean> => {
  const { done } = await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: END,
    ConditionExpression: `${LIVING} AND idle_until <= :now`,
    ExpressionAttributeValues: { ':now': now, ':no': false, ':null': null, ':ended': ENDED },
  })
  return done
}

/** Notes that something happens in the room, once in ten minutes. */
export const touchRoom = async (room: Room, now: number, idleDays: number): Promise<void> => {
  if (room.active_at >= activityBucket(now)) return
  await update({
    TableName: coreTableName(),
    Key: roomKey(room.code),
    UpdateExpression: `SET ${SET_ACTIVITY}`,
    ConditionExpression: `${LIVING} AND active_at < :active_at`,
    ExpressionAttributeValues: { ...activity(room.code, now, idleDays), ':null': null },
  })
}

const Listed = z.object({ active: z.string(), pk: z.string() })
const listed = (item: Item) => {
  const { active, pk } = Listed.parse(item)
  return { active, code: pk.slice('ROOM#'.length) }
}

/** Codes of listed rooms active after `from`, latest first, each with its place in the list; those before `before` only. */
export const publicRooms = async (
  from: number,
  limit: number,
  before: string | undefined,
): Promise<{ code: string; active: string }[]> => {
  const oldest = activeOf(from, '')
  // Nothing follows a place that has grown too old, and DynamoDB refuses a range that ends before it begins.
  if (before !== undefined && before < oldest) return []
  const shards = await Promise.all(
    listings(true).map((listing) =>
      queryAll(
        {
          TableName: coreTableName(),
          IndexName: coreTable.indexes.roomsByActivity.name,
          KeyConditionExpression: 'listing = :listing AND active BETWEEN :from AND :before',
          ExpressionAttributeValues: {
            ':listing': listing,
            ':from': oldest,
            ':before': before ?? '~',
          },
          ScanIndexForward: false,
        },
        limit + 1,
      ),
    ),
  )
  return shards
    .flat()
    .map(listed)
    .filter(({ active }) => active !== before)
    .sort((a, b) => (a.active < b.active ? 1 : -1))
    .slice(0, limit)
}

/** Codes of rooms, listed or not, of which nothing was heard since `until`. */
export const roomsInactiveSince = async (until: number): Promise<string[]> => {
  const shards = await Promise.all(
    [...listings(true), ...listings(false)].map((listing) =>
      queryAll({
        TableName: coreTableName(),
        IndexName: coreTable.indexes.roomsByActivity.name,
        KeyConditionExpression: 'listing = :listing AND active < :until',
        ExpressionAttributeValues: { ':listing': listing, ':until': activeOf(until, '') },
      }),
    ),
  )
  return shards.flat().map((item) => listed(item).code)
}

/** Codes of rooms that have ended and whose members and messages are still there. */
export const endedRooms = async (): Promise<string[]> => {
  const items = await queryAll({
    TableName: coreTableName(),
    IndexName: coreTable.indexes.roomsByActivity.name,
    KeyConditionExpression: 'listing = :ended',
    ExpressionAttributeValues: { ':ended': ENDED },
  })
  return items.map((item) => listed(item).code)
}

/** Takes an ended room off the list: nothing is left of it but its code. */
export const forgetEnded = async (code: string): Promise<void> => {
  await update({
    TableName: coreTableName(),
    Key: roomKey(code),
    UpdateExpression: 'REMOVE listing, active',
    ConditionExpression: 'listing = :ended',
    ExpressionAttributeValues: { ':ended': ENDED },
  })
}
