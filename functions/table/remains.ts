import { setTimeout as wait } from 'node:timers/promises'
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { coreTableName, type Item, queryAll, table } from './client.ts'
import { messageKey, roomKey, userRoomKey } from './keys.ts'

const BATCH = 25
const PAUSE_MILLISECONDS = 100

const deleteItems = async (keys: readonly { pk: string; sk: string }[]): Promise<void> => {
  for (let start = 0; start < keys.length; start += BATCH) {
    let asked: BatchWriteCommandInput['RequestItems'] = {
      [coreTableName()]: keys.slice(start, start + BATCH).map((Key) => ({ DeleteRequest: { Key } })),
    }
    for (let round = 0; asked !== undefined && Object.keys(asked).length > 0; round += 1) {
      if (round > 0) await wait(PAUSE_MILLISECONDS * round)
      asked = (await table.send(new BatchWriteCommand({ RequestItems: asked }))).UnprocessedItems
    }
  }
}

const keysIn = (pk: string): Promise<Item[]> =>
  queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ProjectionExpression: 'pk, sk, user_id',
    ConsistentRead: true,
  })

const keyOf = (item: Item) => ({ pk: String(item.pk), sk: String(item.sk) })

/** Removes members, names, messages and the entries in people's lists of an ended room. Its META stays: a code is never used again. */
export const deleteRemains = async (code: string): Promise<number> => {
  const [inRoom, messages] = await Promise.all([keysIn(roomKey(code).pk), keysIn(messageKey(code, '').pk)])
  const rows = inRoom.filter((item) => item.sk !== roomKey(code).sk)
  const listed = rows
    .filter((item) => String(item.sk).startsWith('MEMBER#'))
    .map((item) => userRoomKey(String(item.user_id), code))
  const keys = [...listed, ...messages.map(keyOf), ...rows.map(keyOf)]
  await deleteItems(keys)
  return keys.length
}
