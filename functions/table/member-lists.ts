import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { MembershipStatus } from '../../protocol/member.ts'
import type { Member } from '../domain/membership.ts'
import { allOf } from './all-of.ts'
import { coreTableName, itemsTogether, queryAll, table } from './client.ts'
import { memberKey, roomKey } from './keys.ts'
import { MemberItem, parseMember } from './members.ts'

/** The members whose status is one of these. It reads all of the room's members. */
export const membersWith = async (code: string, statuses: readonly MembershipStatus[]): Promise<Member[]> => {
  const named = Object.fromEntries(statuses.map((status) => [`:${status}`, status]))
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :member)',
    FilterExpression: `#status IN (${Object.keys(named).join(', ')})`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':pk': roomKey(code).pk, ':member': memberKey(code, '').sk, ...named },
    ConsistentRead: true,
  })
  return items.map((item) => MemberItem.parse(item))
}

/** What DynamoDB reads together at the most. */
const READ_TOGETHER = 100

/** Members by room and user id, in this order: undefined where there is none. */
export const membersTogether = async (
  asked: readonly { code: string; userId: string }[],
): Promise<(Member | undefined)[]> => {
  const keys = asked.map(({ code, userId }) => memberKey(code, userId))
  const parts = Array.from({ length: Math.ceil(keys.length / READ_TOGETHER) }, (_, nth) =>
    itemsTogether(keys.slice(nth * READ_TOGETHER, (nth + 1) * READ_TOGETHER)),
  )
  return (await allOf(parts)).flat().map(parseMember)
}

/** One page of the room's members, in a stable order; `after` is the last user id of the page before. */
export const membersIn = async (
  code: string,
  limit: number,
  after: string | undefined,
): Promise<{ members: Member[]; last: string | null }> => {
  const page = await table.send(
    new QueryCommand({
      TableName: coreTableName(),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :member)',
      ExpressionAttributeValues: { ':pk': roomKey(code).pk, ':member': memberKey(code, '').sk },
      ...(after !== undefined && { ExclusiveStartKey: memberKey(code, after) }),
      Limit: limit,
      ConsistentRead: true,
    }),
  )
  const members = (page.Items ?? []).map((item) => MemberItem.parse(item))
  return { members, last: page.LastEvaluatedKey === undefined ? null : (members.at(-1)?.user_id ?? null) }
}
