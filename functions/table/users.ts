import * as z from 'zod'
import { MAX_EMAIL_CHARACTERS, NAME_CHANGE_SECONDS } from '../../protocol/limits.ts'
import { foldEmail, foldName } from '../../protocol/text.ts'
import { DAY_SECONDS } from '../domain/durations.ts'
import type { Claims, Session, User } from '../domain/session.ts'
import { change, checking, deleting, put, putting, updating } from './change.ts'
import { type Item, itemAt, itemsBeginning, itemsTogether, writeTogether } from './client.ts'
import { all, differs, either, equals, exists, isAtMost, isMissing } from './conditions.ts'
import { adminsKey, emailKey, erasingKey, personPlace, revokedKey, userKey, userRoomKey } from './keys.ts'

/** For so long a guest is kept after their last token was issued. */
export const GUEST_DAYS = 30
const daysAhead = (now: number, days: number): number => Math.floor(now / 1000) + days * DAY_SECONDS

/** A user's item. Every attribute that was added after 0.1.0 has a default, because older items lack it. */
export const UserItem = z.object({
  id: z.string(),
  display_name: z.string(),
  is_guest: z.boolean(),
  email: z.string().nullable().default(null),
  password_hash: z.string().nullable().default(null),
  generation: z.number(),
  spared_token: z.string().nullable().default(null),
  is_admin: z.boolean().default(false),
  created_at: z.number(),
  /** When the name was last changed. */
  renamed_at: z.number().optional(),
  banned_at: z.number().nullable().default(null),
  signed_in_at: z.number().nullable().default(null),
  network_trace: z.string().nullable().default(null),
  ttl: z.number().optional(),
})

export const parseUser = (item: Item | undefined, now: number): User | undefined => {
  if (item === undefined) return undefined
  const { ttl, renamed_at: _, ...user } = UserItem.parse(item)
  return ttl !== undefined && ttl * 1000 <= now ? undefined : user
}

/** A user's item, with its place in the directory. */
const itemOf = (user: User) => ({ ...user, ...personPlace(user.id, foldName(user.display_name)) })

/** Keeps a guest for 30 days; every renewed token keeps it 30 more. */
export const putGuest = async (user: User, now: number): Promise<void> => {
  await put(userKey(user.id), { ...itemOf(user), ttl: daysAhead(now, GUEST_DAYS) })
}

export const keepGuest = async (userId: string, now: number): Promise<void> => {
  await change(userKey(userId), { set: { ttl: daysAhead(now, GUEST_DAYS) }, when: equals('is_guest', true) })
}

export type Account = User & { email: string; password_hash: string }

const puttingEmail = (account: Account) =>
  putting(emailKey(foldEmail(account.email)), { user_id: account.id }, isMissing('pk'))

/** Opens an account; false when its e-mail address has one. */
export const putAccount = (account: Account): Promise<boolean> =>
  writeTogether([puttingEmail(account), putting(userKey(account.id), itemOf(account), isMissing('pk'))])

const hasNone = (attribute: string) => either(isMissing(attribute), equals(attribute, null))
const notBanned = hasNone('banned_at')

/** Makes the guest an account under the same id; false when the address has one, or the user is no guest any more. */
export const upgradeGuest = (account: Account): Promise<boolean> =>
  writeTogether([
    puttingEmail(account),
    putting(userKey(account.id), itemOf(account), all(equals('is_guest', true), notBanned)),
  ])

/**
 * The key that locks an address. A text that no account can have (nor DynamoDB take as a key) gets one that is never
 * there.
 */
const lockOf = (email: string) => {
  const folded = foldEmail(email)
  return emailKey(folded !== '' && folded.length <= MAX_EMAIL_CHARACTERS && folded.isWellFormed() ? folded : '-')
}

export const userById = async (userId: string, now: number): Promise<User | undefined> =>
  parseUser(await itemAt(userKey(userId)), now)

/** People in the order of the ids, at most 100; undefined where one is gone. */
export const usersByIds = async (ids: readonly string[], now: number) =>
  ids.length === 0 ? [] : (await itemsTogether(ids.map(userKey))).map((item) => parseUser(item, now))

/** Two reads, also without an account, so that the time taken does not tell whether there is one. */
export const userByEmail = async (email: string, now: number): Promise<User | undefined> => {
  const lock = z.object({ user_id: z.string() }).safeParse(await itemAt(lockOf(email)))
  return userById(lock.success ? lock.data.user_id : '-', now)
}

/** The keys that tell whether a token still holds, to be read beside others. */
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

/** Refuses the token from now on. The mark goes when the token would have ended anyway. */
export const revokeToken = async (tokenId: string, expiresSeconds: number): Promise<void> => {
  await put(revokedKey(tokenId), { ttl: Math.ceil(expiresSeconds) })
}

/**
 * Sets the password if it is still the one that was checked, and ends every other token and the link for a forgotten
 * one. False when it changed meanwhile, or the person was banned.
 */
export const setPassword = async (user: User, passwordHash: string, sparedToken: string): Promise<boolean> => {
  const { done, item } = await change(userKey(user.id), {
    set: { password_hash: passwordHash, spared_token: sparedToken },
    add: { generation: 1 },
    remove: ['reset_hash'],
    when: all(equals('password_hash', user.password_hash), notBanned),
  })
  // No two hashes are alike: it is ours if the answer to the first request was lost and the SDK repeated it.
  return done || item?.password_hash === passwordHash
}

/** A name that was changed just now is not changed again for so long. */
const NAME_HOLDS_MS = NAME_CHANGE_SECONDS * 1000

/**
 * Changes a user's name. Undefined where it is done, now or before; else the milliseconds until it may be changed
 * again. The user's tokens name a guest for 30 days more, as the new one does.
 */
export const setDisplayName = async (user: User, name: string, now: number): Promise<number | undefined> => {
  if (user.is_guest) await keepGuest(user.id, now)
  const { done, item } = await change(userKey(user.id), {
    set: { display_name: name, renamed_at: now, ...personPlace(user.id, foldName(name)) },
    when: all(
      exists('pk'),
      differs('display_name', name),
      either(isMissing('renamed_at'), isAtMost('renamed_at', now - NAME_HOLDS_MS)),
    ),
  })
  if (done || item?.display_name === name) return undefined
  return (UserItem.optional().parse(item)?.renamed_at ?? now) + NAME_HOLDS_MS - now
}

/** Gives the flag to an account; false where it is none, or is banned. */
export const makeAdmin = (userId: string): Promise<boolean> =>
  writeTogether([
    updating(userKey(userId), { set: { is_admin: true }, when: all(equals('is_guest', false), notBanned) }),
    updating(adminsKey, { add: { ids: new Set([userId]) } }),
  ])

/**
 * Removes the user, and with it every token, and notes that the name is to be erased. The address is free again in the
 * same write; a lock that is somebody else's stays. False where they are gone, have the flag, or another address than
 * was read: a guest becomes an account, and an account an administrator, at any moment.
 */
export const deleteUser = async (user: User, now: number): Promise<boolean> => {
  const isSameAddress = user.email === null ? hasNone('email') : equals('email', user.email)
  const isAsRead = all(exists('pk'), isSameAddress, either(isMissing('is_admin'), equals('is_admin', false)))
  const gone = [
    deleting(userKey(user.id), isAsRead),
    putting(erasingKey(user.id), { user_id: user.id, deleted_at: now }),
  ]
  if (user.email === null) return writeTogether(gone)
  const lock = emailKey(foldEmail(user.email))
  const freed = deleting(lock, either(isMissing('pk'), equals('user_id', user.id)))
  if (await writeTogether([...gone, freed])) return true
  return writeTogether([...gone, checking(lock, all(exists('pk'), differs('user_id', user.id)))])
}

export const UserRoom = z.object({
  code: z.string(),
  joined_at: z.number(),
  /** Asked to join, and waits. */
  is_pending: z.boolean().default(false),
})
export type UserRoom = z.infer<typeof UserRoom>

/** Every room that a user hosts, has joined or waits for. */
export const roomsOfUser = async (userId: string): Promise<UserRoom[]> => {
  const items = await itemsBeginning(userRoomKey(userId, ''))
  return items.map((item) => UserRoom.parse(item))
}
