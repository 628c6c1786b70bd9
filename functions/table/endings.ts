import { setTimeout as wait } from 'node:timers/promises'
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { allOf } from './all-of.ts'
import { change, put } from './change.ts'
import { coreTableName, type Item, queryAll, table } from './client.ts'
import { all, type Expression, equals, isAtMost } from './conditions.ts'
import { createdKey, ENDED, memberKey, messageKey, pastRoomKey, removalKey, roomKey, userRoomKey } from './keys.ts'
import { isLiving, livesAndMay } from './rights.ts'
import { codeInIndex } from './room-lists.ts'
import { parseRoom } from './rooms.ts'
import { coreTable } from './schema.ts'

/** Ends a room. Its item stays, so that its code is never used again. */
const end = (code: string, now: number, when: Expression) =>
  change(roomKey(code), {
    set: { deleted_at: now, is_playing: false, media: null, password_hash: null, chosen_hash: null, listing: ENDED },
    when,
  })

/** Ends a room for somebody who may. */
export const endRoom = async (
  code: string,
  userId: string,
  now: number,
): Promise<'ended' | 'ended before' | 'not theirs'> => {
  const result = await end(code, now, livesAndMay('own', userId))
  if (result.done) return 'ended'
  const room = parseRoom(result.item)
  if (room === undefined || room.deleted_at === null) return 'not theirs'
  // We ended it if the answer to the first request was lost and the SDK repeated it.
  return room.host_id === userId && room.deleted_at === now ? 'ended' : 'ended before'
}

/** Ends a room for whoever runs the service; false where it has ended, or never was. */
export const endAnyRoom = async (code: string, now: number): Promise<boolean> => (await end(code, now, isLiving)).done

/** Ends a room to which nobody has connected for too long; false when somebody just did. */
export const endIdleRoom = async (code: string, now: number): Promise<boolean> =>
  (await end(code, now, all(isLiving, isAtMost('idle_until', now)))).done

/** Codes of rooms that have ended and whose members and messages are still there. */
export const endedRooms = async (): Promise<string[]> => {
  const items = await queryAll({
    TableName: coreTableName(),
    IndexName: coreTable.indexes.roomsByActivity.name,
    KeyConditionExpression: 'listing = :ended',
    ExpressionAttributeValues: { ':ended': ENDED },
  })
  return items.map((item) => codeInIndex(item).code)
}

/** Takes an ended room out of the index: nothing is left of it but its code. */
export const forgetEnded = async (code: string): Promise<void> => {
  await change(roomKey(code), { remove: ['listing', 'active'], when: equals('listing', ENDED) })
}

const BATCH = 25
const PAUSE_MS = 100

/** Deletes items, 25 at once. */
export const deleteItems = async (keys: readonly { pk: string; sk: string }[]): Promise<void> => {
  for (let start = 0; start < keys.length; start += BATCH) {
    let asked: BatchWriteCommandInput['RequestItems'] = {
      [coreTableName()]: keys.slice(start, start + BATCH).map((Key) => ({ DeleteRequest: { Key } })),
    }
    for (let round = 0; asked !== undefined && Object.keys(asked).length > 0; round += 1) {
      if (round > 0) await wait(PAUSE_MS * round)
      asked = (await table.send(new BatchWriteCommand({ RequestItems: asked }))).UnprocessedItems
    }
  }
}

const keysIn = (pk: string): Promise<Item[]> =>
  queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ProjectionExpression: 'pk, sk, user_id, host_id',
    ConsistentRead: true,
  })

const keyOf = (item: Item) => ({ pk: String(item.pk), sk: String(item.sk) })

/**
 * Deletes members, names, messages and the entries in users' lists of an ended room. Its own item stays, because its code is
 * taken, and its place in the directory.
 */
export const deleteContents = async (code: string): Promise<number> => {
  const [inRoom, messages, removals] = await allOf([
    keysIn(roomKey(code).pk),
    keysIn(messageKey(code, '').pk),
    keysIn(removalKey(code, '').pk),
  ])
  const kept = [roomKey(code).sk, createdKey(code).sk]
  const rows = inRoom.filter((item) => !kept.includes(String(item.sk)))
  // Its own item goes on naming its host: by this it is found when their account goes.
  const host = inRoom.find((item) => item.host_id !== undefined)?.host_id
  if (host !== undefined) await put(pastRoomKey(String(host), code), { code })
  const listed = rows
    .filter((item) => String(item.sk).startsWith(memberKey(code, '').sk))
    .flatMap(({ user_id }) => [
      userRoomKey(String(user_id), code),
      ...(user_id === host ? [] : [pastRoomKey(String(user_id), code)]),
    ])
  const keys = [...listed, ...[...messages, ...removals, ...rows].map(keyOf)]
  await deleteItems(keys)
  return keys.length
}
