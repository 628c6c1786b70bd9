import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { MAX_EMAIL_CHARACTERS } from '../../protocol/limits.ts'
import { foldEmail } from '../../protocol/text.ts'
import type { Claims, Session, User } from '../domain/session.ts'
import { coreTableName, type Item, itemsTogether, queryAll, table, writeTogether } from './client.ts'
import { emailKey, revokedKey, userKey } from './keys.ts'
import { update } from './update.ts'

const GUEST_DAYS = 30
const daysAhead = (now: number, days: number): number => Math.floor(now / 1000) + days * 24 * 3600

const UserItem = z.object({
  id: z.string(),
  display_name: z.string(),
  is_guest: z.boolean(),
  email: z.string().nullable().default(null),
  password_hash: z.string().nullable().default(null),
  generation: z.number(),
  spared_token: z.string().nullable().default(null),
  is_admin: z.boolean().default(false),
  created_at: z.number(),
  ttl: z.number().optional(),
})

const parseUser = (item: Item | undefined, now: number): User | undefined => {
  if (item === undefined) return undefined
  const { ttl, ...user } = UserItem.parse(item)
  return ttl !== undefined && ttl * 1000 <= now ? undefined : user
}

/** Keeps a guest for 30 days; every renewed token keeps it 30 more. */
export const putGuest = async (user: User, now: number): Promise<void> => {
  await table.send(
    new PutCommand({
      TableName: coreTableName(),
      Item: { ...userKey(user.id), ...user, ttl: daysAhead(now, GUEST_DAYS) },
    }),
  )
}

export const keepGuest = async (userId: string, now: number): Promise<void> => {
  await update({
    TableName: coreTableName(),
    Key: userKey(userId),
    UpdateExpression: 'SET #ttl = :ttl',
    ConditionExpression: 'is_guest = :yes',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':ttl': daysAhead(now, GUEST_DAYS), ':yes': true },
  })
}

export type Account = User & { email: string; password_hash: string }

/** Opens an account; false when its e-mail address has one. */
export const putAccount = (account: Account): Promise<boolean> =>
  writeTogether([
    putEmail(account),
    {
      Put: {
        TableName: coreTableName(),
        Item: { ...userKey(account.id), ...account },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ])

/** Makes the guest an account under the same id; false when the address has one, or the guest is none any more. */
export const upgradeGuest = (account: Account): Promise<boolean> =>
  writeTogether([
    putEmail(account),
    {
      Put: {
        TableName: coreTableName(),
        Item: { ...userKey(account.id), ...account },
        ConditionExpression: 'is_guest = :yes',
        ExpressionAttributeValues: { ':yes': true },
      },
    },
  ])

const putEmail = (account: Account) => ({
  Put: {
    TableName: coreTableName(),
    Item: { ...emailKey(foldEmail(account.email)), user_id: account.id },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
})

/** The lock of an address; for a text that no account can have (nor DynamoDB take as a key) one that is never there. */
const lockOf = (email: string) => {
  const folded = foldEmail(email)
  return emailKey(folded !== '' && folded.length <= MAX_EMAIL_CHARACTERS && folded.isWellFormed() ? folded : '-')
}

const itemByKey = async (key: { pk: string; sk: string }): Promise<Item | undefined> =>
  (await table.send(new GetCommand({ TableName: coreTableName(), Key: key, ConsistentRead: true }))).Item

export const userById = async (userId: string, now: number): Promise<User | undefined> =>
  parseUser(await itemByKey(userKey(userId)), now)

/** Two reads whether or not the address has an account, so that the time taken does not tell. */
export const userByEmail = async (email: string, now: number): Promise<User | undefined> => {
  const lock = z.object({ user_id: z.string() }).safeParse(await itemByKey(lockOf(email)))
  return userById(lock.success ? lock.data.user_id : '-', now)
}

/** The keys that tell whether a token still holds, for reading them beside others. */
export const sessionKeys = (claims: Pick<Claims, 'token_id' | 'user_id'>) => [
  revokedKey(claims.token_id),
  userKey(claims.user_id),
]

export const parseSession = (revoked: Item | undefined, user: Item | undefined, now: number): Session => ({
  revoked: revoked !== undefined,
  user: parseUser(user, now),
})

export const sessionOf = async (claims: Pick<Claims, 'token_id' | 'user_id'>, now: number): Promise<Session> => {
  const [revoked, user] = await itemsTogether(sessionKeys(claims))
  return parseSession(revoked, user, now)
}

/** Refuses the token from now on; the mark goes when the token would have ended anyway. */
export const revokeToken = async (tokenId: string, expiresSeconds: number): Promise<void> => {
  await table.send(
    new PutCommand({ TableName: coreTableName(), Item: { ...revokedKey(tokenId), ttl: Math.ceil(expiresSeconds) } }),
  )
}

/** Sets the password if it is still the one that was checked, and ends every other token; false when it changed meanwhile. */
export const setPassword = async (user: User, passwordHash: string, sparedToken: string): Promise<boolean> => {
  const { done } = await update({
    TableName: coreTableName(),
    Key: userKey(user.id),
    UpdateExpression: 'SET password_hash = :new, spared_token = :spared ADD generation :one',
    ConditionExpression: 'password_hash = :old',
    ExpressionAttributeValues: { ':new': passwordHash, ':old': user.password_hash, ':spared': sparedToken, ':one': 1 },
  })
  return done
}

export const makeAdmin = async (userId: string): Promise<boolean> => {
  const { done } = await update({
    TableName: coreTableName(),
    Key: userKey(userId),
    UpdateExpression: 'SET is_admin = :yes',
    ConditionExpression: 'is_guest = :no',
    ExpressionAttributeValues: { ':yes': true, ':no': false },
  })
  return done
}

/**
 * Removes the person; their tokens hold no more. Their address is free again in the same write, unless by then it is
 * somebody else's: of two deletions at once the second must not take a new account's address.
 */
export const deleteUser = async (user: User): Promise<void> => {
  const TableName = coreTableName()
  const profile = { Delete: { TableName, Key: userKey(user.id) } }
  const address = user.email === null ? undefined : emailKey(foldEmail(user.email))
  const both =
    address === undefined
      ? [profile]
      : [
          profile,
          {
            Delete: {
              TableName,
              Key: address,
              ConditionExpression: 'attribute_not_exists(pk) OR user_id = :id',
              ExpressionAttributeValues: { ':id': user.id },
            },
          },
        ]
  if (!(await writeTogether(both))) await writeTogether([profile])
}

const UserRoom = z.object({
  code: z.string(),
  joined_at: z.number(),
  /** Asked to join, and not let in yet. */
  is_pending: z.boolean().default(false),
})
export type UserRoom = z.infer<typeof UserRoom>

/** Every room that a person hosts, has joined or waits for. */
export const roomsOfUser = async (userId: string): Promise<UserRoom[]> => {
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :room)',
    ExpressionAttributeValues: { ':pk': userKey(userId).pk, ':room': 'ROOM#' },
    ConsistentRead: true,
  })
  return items.map((item) => UserRoom.parse(item))
}
