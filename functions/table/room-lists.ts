import * as z from 'zod'
import { activityBucket, type Room } from '../domain/room.ts'
import { allOf } from './all-of.ts'
import { change } from './change.ts'
import { coreTableName, type Item, queryAll } from './client.ts'
import { all, isBelow } from './conditions.ts'
import { activeOf, codeOfRoomKey, listings, roomKey } from './keys.ts'
import { isLiving } from './rights.ts'
import { activityOf } from './rooms.ts'
import { coreTable } from './schema.ts'

const IndexItem = z.object({ active: z.string(), pk: z.string() })

/** The code of a room as the index has it, with its place there. */
export const codeInIndex = (item: Item): { active: string; code: string } => {
  const { active, pk } = IndexItem.parse(item)
  return { active, code: codeOfRoomKey(pk) }
}

/** Notes that something happens in the room, once in ten minutes. */
export const touchRoom = async (room: Room, now: number, idleDays: number): Promise<void> => {
  if (room.active_at >= activityBucket(now)) return
  await change(roomKey(room.code), {
    set: activityOf(room.code, now, idleDays),
    when: all(isLiving, isBelow('active_at', activityBucket(now))),
  })
}

/** Codes of rooms in these lists active after `from`, latest first, each with its place; those before `before` only. */
const roomsLately = async (
  lists: readonly string[],
  from: number,
  limit: number,
  before: string | undefined,
): Promise<{ code: string; active: string }[]> => {
  const oldest = activeOf(from, '')
  // Nothing follows a place that has grown too old, and DynamoDB refuses a range that ends before it begins.
  if (before !== undefined && before < oldest) return []
  const shards = await allOf(
    lists.map((listing) =>
      queryAll(
        {
          TableName: coreTableName(),
          IndexName: coreTable.indexes.roomsByActivity.name,
          KeyConditionExpression: 'listing = :listing AND active BETWEEN :from AND :before',
          ExpressionAttributeValues: { ':listing': listing, ':from': oldest, ':before': before ?? '~' },
          ScanIndexForward: false,
        },
        limit + 1,
      ),
    ),
  )
  return shards
    .flat()
    .map(codeInIndex)
    .filter(({ active }) => active !== before)
    .sort((a, b) => (a.active < b.active ? 1 : -1))
    .slice(0, limit)
}

type Place = string | undefined

/** Codes of listed rooms active after `from`, latest first, each with its place in the list; those before `before` only. */
export const publicRooms = (from: number, limit: number, before: Place) =>
  roomsLately(listings(true), from, limit, before)

/** The same of all living rooms, listed or not. */
export const livingRooms = (from: number, limit: number, before: Place) =>
  roomsLately([...listings(true), ...listings(false)], from, limit, before)

/** Codes of rooms, listed or not, in which nothing happened since `until`. */
export const roomsInactiveSince = async (until: number): Promise<string[]> => {
  const shards = await allOf(
    [...listings(true), ...listings(false)].map((listing) =>
      queryAll({
        TableName: coreTableName(),
        IndexName: coreTable.indexes.roomsByActivity.name,
        KeyConditionExpression: 'listing = :listing AND active < :until',
        ExpressionAttributeValues: { ':listing': listing, ':until': activeOf(until, '') },
      }),
    ),
  )
  return shards.flat().map((item) => codeInIndex(item).code)
}
