import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Refusal } from '../../protocol/refusals.ts'
import { MembershipStatus } from '../../protocol/routes.ts'
import { foldName } from '../../protocol/text.ts'
import { type ChatBudget, latestFullAt, mayWrite, type Sender, whyMessageRefused } from '../domain/chat.ts'
import type { Member } from '../domain/membership.ts'
import { coreTableName, type Item, queryAll, table, writeTogether } from './client.ts'
import { memberKey, nameKey, roomKey, userKey, userRoomKey } from './keys.ts'
import { update } from './update.ts'

const MemberItem = z.object({
  user_id: z.string(),
  name: z.string(),
  is_guest: z.boolean(),
  status: MembershipStatus,
  status_at: z.number(),
  muted_until: z.number().nullable().default(null),
  hosting_since: z.number().nullable().default(null),
})
const SenderItem = MemberItem.extend({
  bucket_full_at: z.number().default(0),
  /** The frame that found the bucket full. */
  bucket_opened_by: z.string().nullable().default(null),
})

export const parseMember = (item: Item | undefined): Member | undefined =>
  item === undefined ? undefined : MemberItem.parse(item)

export const memberOf = async (code: string, userId: string): Promise<Member | undefined> => {
  const answer = await table.send(
    new GetCommand({ TableName: coreTableName(), Key: memberKey(code, userId), ConsistentRead: true }),
  )
  return parseMember(answer.Item)
}

/** Folded names in the room that begin like this one. */
export const namesLike = async (code: string, name: string): Promise<Set<string>> => {
  const prefix = nameKey(code, foldName(name))
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :name)',
    ExpressionAttributeValues: { ':pk': prefix.pk, ':name': prefix.sk },
    ConsistentRead: true,
  })
  return new Set(items.map((item) => String(item.sk).slice('NAME#'.length)))
}

/** True where nothing but the decision read stands: no row, or the row whose status was set at that instant. */
const UNCHANGED = 'attribute_not_exists(pk) OR status_at = :seen'

export type Entering = Pick<Member, 'user_id' | 'name' | 'is_guest' | 'hosting_since'> & {
  status: 'APPROVED' | 'PENDING'
}

/**
 * Makes a person a member (or waiting) under a name that only they have. What they were muted for stays.
 * False when their standing changed since `seen` was read, the name was taken, or their account was deleted meanwhile,
 * which looks for its rooms only before and after: decide anew.
 */
export const admit = (code: string, seen: Member | undefined, entering: Entering, now: number): Promise<boolean> => {
  return writeTogether([
    {
      Update: {
        TableName: coreTableName(),
        Key: memberKey(code, entering.user_id),
        UpdateExpression:
          'SET user_id = :user, #name = :name, is_guest = :guest, #status = :status, status_at = :now, hosting_since = :hosting',
        ConditionExpression: UNCHANGED,
        ExpressionAttributeNames: { '#name': 'name', '#status': 'status' },
        ExpressionAttributeValues: {
          ':user': entering.user_id,
          ':name': entering.name,
          ':guest': entering.is_guest,
          ':status': entering.status,
          ':hosting': entering.hosting_since,
          // Two decisions in one millisecond must differ, or the second could pass for the first.
          ':now': Math.max(now, (seen?.status_at ?? 0) + 1),
          ':seen': seen?.status_at ?? -1,
        },
      },
    },
    {
      Put: {
        TableName: coreTableName(),
        Item: { ...nameKey(code, foldName(entering.name)), user_id: entering.user_id },
        ConditionExpression: 'attribute_not_exists(pk) OR user_id = :user',
        ExpressionAttributeValues: { ':user': entering.user_id },
      },
    },
    listRoom(code, entering.user_id, now, entering.status === 'PENDING'),
    {
      ConditionCheck: {
        TableName: coreTableName(),
        Key: userKey(entering.user_id),
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
  ])
}

const listRoom = (code: string, userId: string, now: number, isPending: boolean) => ({
  Put: {
    TableName: coreTableName(),
    Item: { ...userRoomKey(userId, code), code, joined_at: now, is_pending: isPending },
  },
})

/** Whoever left or was removed holds no name any more: it may be somebody else's by now. */
const holdsName = (member: Member): boolean => member.status === 'APPROVED' || member.status === 'PENDING'

const freeNameOf = (code: string, member: Member) => ({
  Delete: {
    TableName: coreTableName(),
    Key: nameKey(code, foldName(member.name)),
    ConditionExpression: 'attribute_not_exists(pk) OR user_id = :user',
    ExpressionAttributeValues: { ':user': member.user_id },
  },
})

const setStatus = (code: string, member: Member, status: MembershipStatus, now: number) => ({
  Update: {
    TableName: coreTableName(),
    Key: memberKey(code, member.user_id),
    UpdateExpression: 'SET #status = :status, status_at = :now',
    ConditionExpression: '#status = :from AND status_at = :seen AND hosting_since = :null',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':status': status,
      ':from': member.status,
      ':seen': member.status_at,
      ':now': Math.max(now, member.status_at + 1),
      ':null': null,
    },
  },
})

/** Lets a waiting person in; false when they are not waiting any more. */
export const approve = (code: string, waiting: Member, now: number): Promise<boolean> =>
  writeTogether([setStatus(code, waiting, 'APPROVED', now), listRoom(code, waiting.user_id, now, false)])

/** Ends a membership or a wish for one, and frees the name; false when it changed meanwhile, or the person hosts. */
export const dismiss = (
  code: string,
  member: Member,
  status: 'BANNED' | 'KICKED' | 'LEFT' | 'REJECTED',
  now: number,
): Promise<boolean> =>
  writeTogether([
    setStatus(code, member, status, now),
    ...(holdsName(member) ? [freeNameOf(code, member)] : []),
    { Delete: { TableName: coreTableName(), Key: userRoomKey(member.user_id, code) } },
  ])

/** Lifts a ban; false when there is none. */
export const unban = async (code: string, userId: string, now: number): Promise<boolean> => {
  const { done } = await update({
    TableName: coreTableName(),
    Key: memberKey(code, userId),
    UpdateExpression: 'SET #status = :left, status_at = :now',
    ConditionExpression: '#status = :banned',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':left': 'LEFT', ':banned': 'BANNED', ':now': now },
  })
  return done
}

/** Mutes an approved member until then (null: not at all); false when there is no such member. */
export const muteUntil = async (code: string, userId: string, until: number | null): Promise<boolean> => {
  const { done } = await update({
    TableName: coreTableName(),
    Key: memberKey(code, userId),
    UpdateExpression: 'SET muted_until = :until',
    ConditionExpression: '#status = :approved',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':until': until, ':approved': 'APPROVED' },
  })
  return done
}

/**
 * Marks an approved member as hosting, so that nobody removes them while the room changes hands (the room itself is
 * the hot item and stands in no transaction); undefined when they are no approved member.
 */
export const markHosting = async (code: string, userId: string, now: number): Promise<Member | undefined> => {
  const result = await update({
    TableName: coreTableName(),
    Key: memberKey(code, userId),
    UpdateExpression: 'SET hosting_since = :now',
    ConditionExpression: '#status = :approved',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':now': now, ':approved': 'APPROVED' },
    ReturnValues: 'ALL_NEW',
  })
  return result.done ? parseMember(result.item) : undefined
}

/** Takes the mark back, if it is still the one set at `since`. */
export const unmarkHosting = async (code: string, userId: string, since: number): Promise<void> => {
  await update({
    TableName: coreTableName(),
    Key: memberKey(code, userId),
    UpdateExpression: 'SET hosting_since = :null',
    ConditionExpression: 'hosting_since = :since',
    ExpressionAttributeValues: { ':null': null, ':since': since },
  })
}

/** Notes on a member row that the guest has become an account. */
export const noteAccount = async (code: string, userId: string): Promise<void> => {
  await update({
    TableName: coreTableName(),
    Key: memberKey(code, userId),
    UpdateExpression: 'SET is_guest = :no',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':no': false },
  })
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
      ExpressionAttributeValues: { ':pk': roomKey(code).pk, ':member': 'MEMBER#' },
      ...(after !== undefined && { ExclusiveStartKey: memberKey(code, after) }),
      Limit: limit,
      ConsistentRead: true,
    }),
  )
  const members = (page.Items ?? []).map((item) => MemberItem.parse(item))
  return { members, last: page.LastEvaluatedKey === undefined ? null : (members.at(-1)?.user_id ?? null) }
}

const MAY_WRITE =
  '#status = :approved AND (attribute_not_exists(muted_until) OR muted_until = :null OR muted_until <= :now)'

/**
 * Takes one message out of the sender's budget. DynamoDB has no max(), so the two cases - bucket full, bucket in
 * use - are two updates whose conditions exclude each other, sent together: one round trip, and exactly one counts.
 * The first leaves `frame` behind, by which the second knows that this very message has been counted.
 */
export const spendMessage = async (
  code: string,
  userId: string,
  frame: string,
  now: number,
  budget: ChatBudget,
): Promise<Sender | Refusal> => {
  const both = { TableName: coreTableName(), Key: memberKey(code, userId), ReturnValues: 'ALL_NEW' as const }
  const values = { ':approved': 'APPROVED', ':null': null, ':now': now, ':frame': frame }
  for (let attempt = 0; ; attempt += 1) {
    const [full, used] = await Promise.all([
      update({
        ...both,
        UpdateExpression: 'SET bucket_full_at = :next, bucket_opened_by = :frame',
        ConditionExpression: `${MAY_WRITE} AND (attribute_not_exists(bucket_full_at) OR bucket_full_at <= :now)`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ...values, ':next': now + budget.refillMilliseconds },
      }),
      update({
        ...both,
        UpdateExpression: 'SET bucket_full_at = bucket_full_at + :refill',
        ConditionExpression: `${MAY_WRITE} AND bucket_full_at > :now AND bucket_full_at <= :latest AND bucket_opened_by <> :frame`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ...values,
          ':refill': budget.refillMilliseconds,
          ':latest': latestFullAt(now, budget),
        },
      }),
    ])
    if (full.done) return SenderItem.parse(full.item)
    if (used.done) return SenderItem.parse(used.item)
    const sender = full.item === undefined ? undefined : SenderItem.parse(full.item)
    // The answer to the first update was lost, and the SDK sent it again.
    if (sender?.bucket_opened_by === frame) return sender
    // Another message of theirs opened the bucket after the second update and before the first: each of the two came at
    // the other's moment. It cannot happen more often than there are messages in a budget.
    if (attempt === budget.burst || !mayWrite(sender, now, budget)) return whyMessageRefused(sender, now, budget)
  }
}
