import * as z from 'zod'
import type { User } from '../domain/session.ts'
import { change, checking, updating } from './change.ts'
import { itemsTogether, writeTogether } from './client.ts'
import { all, equals, exists, holds, isAbove, isLongerThan } from './conditions.ts'
import { adminsKey, userKey } from './keys.ts'

// What administrators decide about people.

/** Notes when and from which network somebody signed in. */
export const noteSignIn = async (userId: string, network: string | null, now: number): Promise<void> => {
  await change(userKey(userId), { set: { signed_in_at: now, network_trace: network }, when: exists('pk') })
}

/**
 * Refuses a person everywhere, and ends every token and link of theirs. False where they are an administrator by now, or
 * gone. Of one who is refused already nothing changes.
 */
export const banUser = async ({ id, banned_at }: User, now: number): Promise<boolean> => {
  if (banned_at !== null) return true
  const { done } = await change(userKey(id), {
    set: { banned_at: now, spared_token: null },
    add: { generation: 1 },
    remove: ['reset_hash'],
    when: all(exists('pk'), equals('is_admin', false)),
  })
  return done
}

/** Lets a person sign in again; false where they are gone. */
export const unbanUser = async (userId: string): Promise<boolean> =>
  (await change(userKey(userId), { set: { banned_at: null }, when: exists('pk') })).done

/** Notes that an account has the flag: those that got it before this version were not noted. */
export const noteAdmin = (userId: string): Promise<boolean> =>
  writeTogether([
    checking(userKey(userId), equals('is_admin', true)),
    updating(adminsKey, { add: { ids: new Set([userId]) } }),
  ])

const hasFlag = async (userId: string): Promise<boolean> => {
  const [item] = await itemsTogether([userKey(userId)])
  return item?.is_admin === true
}

/**
 * Takes the flag from somebody. `by` keeps it; where they take it from themselves, somebody else has it. False where that
 * does not hold, and they have the flag still: another call may have taken it.
 */
export const withdrawAdmin = async (userId: string, by: string): Promise<boolean> => {
  await noteAdmin(by)
  await noteAdmin(userId)
  const isTaken = await writeTogether([
    updating(userKey(userId), { set: { is_admin: false }, when: exists('pk') }),
    updating(adminsKey, {
      takeOut: { ids: new Set([userId]) },
      when: userId === by ? all(holds('ids', by), isLongerThan('ids', 1)) : holds('ids', by),
    }),
  ])
  return isTaken || !(await hasFlag(userId))
}

/** Keeps the hash of a link that sets a new password; a link that was made before does not hold any more. */
export const keepResetLink = async (userId: string, hash: string, until: number): Promise<boolean> =>
  (
    await change(userKey(userId), {
      set: { reset_hash: hash, reset_until: until },
      remove: ['reset_used'],
      when: all(exists('pk'), equals('is_guest', false)),
    })
  ).done

const LinkItem = z.object({
  reset_hash: z.string().optional(),
  reset_used: z.string().optional(),
  reset_until: z.number(),
  password_hash: z.string(),
})

/** What such a link is good for. Where it was used, the account's password may be the one that it set. */
export const resetLink = async (
  userId: string,
  hash: string,
  now: number,
): Promise<{ holds: boolean; passwordSince?: string }> => {
  const [item] = await itemsTogether([userKey(userId)])
  const { success, data } = LinkItem.safeParse(item)
  if (!success || data.reset_until <= now) return { holds: false }
  return { holds: data.reset_hash === hash, ...(data.reset_used === hash && { passwordSince: data.password_hash }) }
}

/** Sets a password with such a link, once, and ends every token; false where the link does not hold. */
export const resetPassword = async (
  userId: string,
  { link, password, now }: { link: string; password: string; now: number },
): Promise<boolean> =>
  (
    await change(userKey(userId), {
      set: { password_hash: password, spared_token: null, reset_used: link },
      add: { generation: 1 },
      remove: ['reset_hash'],
      when: all(equals('reset_hash', link), isAbove('reset_until', now)),
    })
  ).done
