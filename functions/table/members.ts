import * as z from 'zod'
import { OPENING_EVERY_MS, PAUSE_ASKED_EVERY_SECONDS } from '../../protocol/limits.ts'
import { MembershipStatus } from '../../protocol/member.ts'
import { type Ending, hasLeft, holdsName, type Member, statusOf, type Traces } from '../domain/membership.ts'
import { change, checking, deleting, putting, remove, updating } from './change.ts'
import { type Item, itemAt, writeTogether } from './client.ts'
import {
  all,
  type Expression,
  either,
  equals,
  exists,
  isAbove,
  isAtMost,
  isBelow,
  isMissing,
  more,
} from './conditions.ts'
import { memberKey, pastRoomKey, userKey, userRoomKey } from './keys.ts'
import { formsHeldBy, freeing, taking } from './names.ts'
import { type Noted, notingTraces } from './traces.ts'
import type { UserRoom } from './users.ts'

/** A member's item. Every attribute that was added after 0.1.0 has a default, because older items lack it. */
export const MemberItem = z.object({
  user_id: z.string(),
  name: z.string(),
  is_guest: z.boolean(),
  status: MembershipStatus,
  status_at: z.number(),
  status_before: MembershipStatus.optional(),
  asked_at: z.number().optional(),
  settled_at: z.number().optional(),
  returned_at: z.number().optional(),
  openings_full_at: z.number().optional(),
  is_traced: z.boolean().optional(),
  network_trace: z.string().optional(),
  browser_trace: z.string().optional(),
  muted_until: z.number().nullable().default(null),
  hosting_since: z.number().nullable().default(null),
  left_at: z.number().default(0),
})
export const parseMember = (item: Item | undefined): Member | undefined =>
  item === undefined ? undefined : MemberItem.parse(item)

export const memberOf = async (code: string, userId: string): Promise<Member | undefined> =>
  parseMember(await itemAt(memberKey(code, userId)))

/** The member's item is still the one that the decision was based on, or still absent. */
const isUnchangedSince = (seen: Member | undefined) =>
  either(isMissing('pk'), equals('status_at', seen?.status_at ?? -1))

/** Two decisions in one millisecond must differ, or the second could pass for the first. */
const laterThan = (seen: Member | undefined, now: number): number => Math.max(now, (seen?.status_at ?? 0) + 1)

/** A kick or a decline that is forgotten, and a wish that is over, are as a leave: nobody has lifted or answered them. */
const statusBefore = (seen: Member | undefined, now: number): MembershipStatus | undefined => {
  const status = statusOf(seen, now)
  return status === 'NONE' ? seen && 'LEFT' : status
}

export type Entering = Pick<Member, 'user_id' | 'name' | 'is_guest' | 'hosting_since'> & {
  status: 'APPROVED' | 'PENDING'
  /** What the user is called outside of rooms: somebody who changes it meanwhile is not let in under the old one. */
  display_name?: string
  traces?: Traces
  is_traced?: boolean
}

/**
 * Makes a user a member (or lets them wait) under a name that nobody else in the room has, nor one that looks like it. A mute
 * from before stays.
 * False: the status changed since `seen` was read, the name is taken, the account has another name or is gone, or a guest
 * has an account by now. The caller decides again.
 * (Deleting an account lists its rooms twice; a join in between must not slip through.)
 */
export const admit = (code: string, seen: Member | undefined, entering: Entering, now: number): Promise<boolean> => {
  const { user_id, name, is_guest, status, hosting_since, display_name, traces = {}, is_traced = false } = entering
  const status_at = laterThan(seen, now)
  return writeTogether([
    updating(memberKey(code, user_id), {
      set: {
        ...{ user_id, name, is_guest, hosting_since },
        ...{ status, status_at, status_before: statusBefore(seen, now) },
        ...(status === 'PENDING' && { asked_at: status_at, is_traced }),
        ...(hasLeft(seen) && { returned_at: status_at }),
        ...traces,
      },
      when: isUnchangedSince(seen),
    }),
    ...taking(code, user_id, name),
    listedRoom(code, user_id, now, status === 'PENDING'),
    // Old rows of users say as well whether they are guests.
    checking(
      userKey(user_id),
      all(equals('is_guest', is_guest), ...(display_name === undefined ? [] : [equals('display_name', display_name)])),
    ),
  ])
}

const listedRoom = (code: string, userId: string, now: number, isPending: boolean) =>
  putting(userRoomKey(userId, code), { code, joined_at: now, is_pending: isPending })

const settingStatus = (
  code: string,
  member: Member,
  status: MembershipStatus,
  now: number,
  { isSettled = false, when = [] }: { isSettled?: boolean; when?: readonly Expression[] } = {},
) => {
  const status_at = laterThan(member, now)
  return updating(memberKey(code, member.user_id), {
    set: { status, status_at, status_before: member.status, ...(isSettled && { settled_at: status_at }) },
    when: all(
      equals('status', member.status),
      equals('status_at', member.status_at),
      equals('hosting_since', null),
      ...when,
    ),
  })
}

/** Notes by what a member, or somebody who waits, is known by now. Of whoever was removed, what the removal noted stays. */
export const noteTraces = async (code: string, userId: string, traces: Traces): Promise<void> => {
  const when = either(equals('status', 'APPROVED'), equals('status', 'PENDING'))
  await change(memberKey(code, userId), { set: traces, when })
}

/** Notes that somebody who waits has asked again; false when it is not the wish that was read any more. */
export const noteAsked = async (
  code: string,
  { user_id, status_at }: Member,
  asking: { now: number; is_traced: boolean },
): Promise<boolean> => {
  const set = { asked_at: Math.max(asking.now, status_at), is_traced: asking.is_traced }
  const when = all(equals('status', 'PENDING'), equals('status_at', status_at))
  return (await change(memberKey(code, user_id), { set, when })).done
}

/** Lets somebody in who waits; false when they do not wait any more. */
export const approve = (code: string, waiting: Member, now: number): Promise<boolean> =>
  writeTogether([settingStatus(code, waiting, 'APPROVED', now), listedRoom(code, waiting.user_id, now, false)])

export type EndingOptions = { staysListed?: boolean; isSettled?: boolean; noted?: Noted }

const endOnce = async (
  code: string,
  member: Member,
  status: Ending,
  now: number,
  { staysListed = false, isSettled = false, noted }: EndingOptions,
): Promise<boolean> => {
  const held = holdsName(member) ? await formsHeldBy(code, member) : []
  return writeTogether([
    settingStatus(code, member, status, now, { isSettled, when: [equals('name', member.name)] }),
    ...freeing(code, member.user_id, held),
    ...(staysListed ? [] : [deleting(userRoomKey(member.user_id, code))]),
    // Their name stays in the room until their account goes: by this it is found then.
    putting(pastRoomKey(member.user_id, code), { code }),
    ...(noted === undefined ? [] : notingTraces(code, noted, member.user_id)),
  ])
}

/** As often as somebody may get another name in between. */
const TRIES = 3

/**
 * Ends a membership or a request for one, and frees the name that they have by then. False: the status changed meanwhile, or
 * the person hosts. `staysListed`: the room stays in the person's list, until whoever deletes their account has told
 * everybody. `isSettled`: the room's entry ends a wish, and not who asked. `noted`: their traces, where they are banned.
 */
export const endMembership = async (
  code: string,
  member: Member,
  status: Ending,
  now: number,
  options: EndingOptions = {},
): Promise<boolean> => {
  let seen = member
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (await endOnce(code, seen, status, now, options)) return true
    const latest = await memberOf(code, member.user_id)
    if (latest?.status_at !== member.status_at || latest.name === seen.name) return false
    seen = { ...seen, name: latest.name }
  }
  return false
}

/** Takes a room out of a person's list, unless they have joined it anew since the list was read. */
export const removeUserRoom = async (userId: string, { code, joined_at }: Pick<UserRoom, 'code' | 'joined_at'>) => {
  await remove(userRoomKey(userId, code), equals('joined_at', joined_at))
}

/** Lifts a ban, a kick or a decline; false when it is not the one that was read any more. */
export const lift = async (code: string, shutOut: Member, now: number): Promise<boolean> => {
  const { status, status_at, user_id } = shutOut
  const lifted = { status: 'LEFT', status_at: laterThan(shutOut, now), status_before: status }
  const when = all(equals('status', status), equals('status_at', status_at))
  return (await change(memberKey(code, user_id), { set: lifted, when })).done
}

/** Mutes an approved member until then (null: not at all); false when there is no such member. */
export const muteUntil = async (code: string, userId: string, until: number | null): Promise<boolean> => {
  const muted = { set: { muted_until: until }, when: equals('status', 'APPROVED') }
  return (await change(memberKey(code, userId), muted)).done
}

/** Claims a question of a member: true for one, once in ten seconds. */
export const claimQuestion = async (code: string, userId: string, now: number): Promise<boolean> => {
  const isDue = either(isMissing('asked_pause_at'), isAtMost('asked_pause_at', now - PAUSE_ASKED_EVERY_SECONDS * 1000))
  const asked = { set: { asked_pause_at: now }, when: all(equals('status', 'APPROVED'), isDue) }
  const { done, item } = await change(memberKey(code, userId), asked)
  // Of this very instant it is ours: the answer to the first request was lost, and the SDK repeated it.
  return done || item?.asked_pause_at === now
}

/** Notes when a member was there last. Of several who note it, the latest instant counts. */
export const noteLeft = async (code: string, userId: string, at: number): Promise<void> => {
  const isLater = either(isMissing('left_at'), isBelow('left_at', at))
  await change(memberKey(code, userId), { set: { left_at: at }, when: all(exists('pk'), isLater) })
}

/** Notes that so many sockets of a member ended: they may open as many less for a while, see opensTooOften. */
export const noteEnded = async (code: string, userId: string, { at, count }: { at: number; count: number }) => {
  const key = memberKey(code, userId)
  const spent = count * OPENING_EVERY_MS
  const isFull = either(isMissing('openings_full_at'), isAtMost('openings_full_at', at))
  const { done, item } = await change(key, { set: { openings_full_at: at + spent }, when: all(exists('pk'), isFull) })
  if (done || item === undefined) return
  const further = { openings_full_at: more('openings_full_at', spent) }
  await change(key, { set: further, when: isAbove('openings_full_at', at) })
}

/** Notes on a member's item that the guest has become an account. */
export const noteAccount = async (code: string, userId: string): Promise<void> => {
  await change(memberKey(code, userId), { set: { is_guest: false }, when: exists('pk') })
}
