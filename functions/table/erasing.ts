import * as z from 'zod'
import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { holdsName } from '../domain/membership.ts'
import { allOf, allOfAtMost } from './all-of.ts'
import { change, updating } from './change.ts'
import { coreTableName, itemsBeginning, queryAll, writeTogether } from './client.ts'
import { all, differs, equals } from './conditions.ts'
import { deleteItems } from './endings.ts'
import { erasingKey, memberKey, messageKey, pastRoomKey, roomKey, userRoomKey } from './keys.ts'
import { memberOf } from './members.ts'
import { formsHeldBy, freeing } from './names.ts'

/** An account that is gone, and whose name is not erased everywhere yet: `deleteUser` (users.ts) notes it. */
const ErasingItem = z.object({
  user_id: z.string(),
  /** Epoch milliseconds. */
  deleted_at: z.number(),
})
export type Erasing = z.infer<typeof ErasingItem>

export const accountsToErase = async (): Promise<Erasing[]> => {
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': erasingKey('').pk },
    ConsistentRead: true,
  })
  return items.map((item) => ErasingItem.parse(item))
}

const OfRoom = z.object({ code: z.string() })

/** Codes of the rooms in which somebody is, waits, or ever was. */
export const roomsEverOf = async (userId: string): Promise<string[]> => {
  const kinds = [userRoomKey(userId, ''), pastRoomKey(userId, '')]
  const items = (await allOf(kinds.map(itemsBeginning))).flat()
  return [...new Set(items.map((item) => OfRoom.parse(item).code))]
}

/**
 * Replaces the name of somebody who is no member any more, and gives back what forms of it an old function left taken. False
 * where they still hold it, or were banned at this moment.
 */
const eraseMember = async (code: string, userId: string): Promise<boolean> => {
  const member = await memberOf(code, userId)
  if (member === undefined) return true
  // The end of a membership gives the forms back by the name that it finds.
  if (holdsName(member)) return false
  if (member.name === DELETED_NAME) return true
  const held = await formsHeldBy(code, member)
  const erased = { set: { name: DELETED_NAME }, when: equals('status_at', member.status_at) }
  return writeTogether([updating(memberKey(code, userId), erased), ...freeing(code, userId, held)])
}

/** Replaces the name of who hosted a room that has ended: its item stays, so that its code is never used again. */
const eraseHost = async (code: string, userId: string): Promise<void> => {
  const hasEnded = all(equals('host_id', userId), differs('deleted_at', null))
  await change(roomKey(code), { set: { host: DELETED_NAME }, when: all(hasEnded, differs('host', DELETED_NAME)) })
}

/** Replaces the name of somebody who was in a room, and that of its host. False where it has to be done once more, later. */
export const erasePerson = async (code: string, userId: string): Promise<boolean> => {
  const [isErased] = await allOf([eraseMember(code, userId), eraseHost(code, userId)])
  return isErased
}

/** Writes at once: one partition takes 1,000 a second. */
const MESSAGES_AT_ONCE = 16

/** Replaces the name in everything that somebody has written in a room, also where it was removed or is over. */
export const eraseMessages = async (code: string, userId: string): Promise<void> => {
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: '#user_id = :user_id AND #user <> :name',
    ProjectionExpression: 'sk',
    ExpressionAttributeNames: { '#user_id': 'user_id', '#user': 'user' },
    ExpressionAttributeValues: { ':pk': messageKey(code, '').pk, ':user_id': userId, ':name': DELETED_NAME },
    ConsistentRead: true,
  })
  // One that was swept away meanwhile has no writer, and does not come back.
  const erased = { set: { user: DELETED_NAME }, when: equals('user_id', userId) }
  await allOfAtMost(MESSAGES_AT_ONCE, items, ({ sk }) => change(messageKey(code, String(sk)), erased))
}

/** Nothing is left of the name: forgets in which rooms it was, and then the account. */
export const endErasing = async (userId: string, codes: readonly string[]): Promise<void> => {
  await deleteItems(codes.flatMap((code) => [userRoomKey(userId, code), pastRoomKey(userId, code)]))
  await deleteItems([erasingKey(userId)])
}
