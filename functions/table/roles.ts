import { type GivenRole, givenRoles, listedRole, type MemberRole, roleLists } from '../../protocol/roles.ts'
import type { Room } from '../domain/room.ts'
import { type Change, change } from './change.ts'
import { all, type Expression, either, equals, holds, isMissing, isShorterThan, lacks } from './conditions.ts'
import { roomKey } from './keys.ts'
import { isLiving, livesAndMay, livesAndMayModerate } from './rights.ts'
import { parseRoom } from './rooms.ts'

/** Who is to be something else, in which room, and who says so. */
export type Appointing = { code: string; from: string; userId: string }

/** The room, which may be as it was. `isDone`: the role is given or taken, now or before. */
export type Appointed = { isDone: boolean; room: Room | undefined }

/** Takes somebody out of the lists of all roles, or of all but one. */
export const outOfLists = (userIds: readonly string[], but?: GivenRole): Record<string, ReadonlySet<string>> => {
  const lists = roleLists.filter((list) => but === undefined || list !== givenRoles[but].list)
  return Object.fromEntries(lists.map((list) => [list, new Set(userIds)]))
}

const isListed = (userId: string): Expression => either(...roleLists.map((list) => holds(list, userId)))

const giveOrTake = async (
  { code, from, userId }: Appointing,
  role: MemberRole,
  how: Change & { when: Expression },
): Promise<Appointed> => {
  const add = { ...how.add, facts_revision: 1 }
  const result = await change(roomKey(code), { ...how, add, when: all(livesAndMay('own', from), how.when) }, 'ALL_NEW')
  const room = parseRoom(result.item)
  return { isDone: result.done || (room !== undefined && listedRole(room, userId) === role), room }
}

/**
 * Gives somebody a role in the place of any other, if `from` may, the room has room for one more, and nobody is removing
 * them.
 */
export const appoint = (appointing: Appointing, role: GivenRole): Promise<Appointed> => {
  const { userId } = appointing
  const { list, most } = givenRoles[role]
  return giveOrTake(appointing, role, {
    add: { [list]: new Set([userId]) },
    takeOut: outOfLists([userId], role),
    when: all(lacks(list, userId), lacks('barred', userId), either(isMissing(list), isShorterThan(list, most))),
  })
}

/** Takes back the role that somebody was given, if `from` may. */
export const dismiss = (appointing: Appointing): Promise<Appointed> => {
  const { userId } = appointing
  return giveOrTake(appointing, 'participant', { takeOut: outOfLists([userId]), when: isListed(userId) })
}

/** The room may get another host meanwhile. */
const TRIES = 3

/**
 * Whoever is no member any more has no role, is offered nothing, and has no room to take back: who stands in for them has it
 * for good, and has no other role any more either. The room where that changed it.
 */
export const forgetRole = async (code: string, userId: string): Promise<Room | undefined> => {
  const forget = (part: Pick<Change, 'set' | 'when'>, ...others: readonly string[]) => {
    const takeOut = outOfLists([userId, ...others])
    return change(roomKey(code), { takeOut, add: { facts_revision: 1 }, ...part }, 'ALL_NEW')
  }
  const offer = await forget({ set: { offered_to: null }, when: equals('offered_to', userId) })
  let room = parseRoom(offer.item)
  let isChanged = offer.done
  for (let attempt = 0; attempt < TRIES && room?.stands_in_for === userId; attempt += 1) {
    const { host_id } = room
    const when = all(equals('stands_in_for', userId), equals('host_id', host_id))
    const place = await forget({ set: { stands_in_for: null }, when }, host_id)
    room = parseRoom(place.item)
    isChanged ||= place.done
  }
  if (room !== undefined && listedRole(room, userId) !== 'participant') {
    const role = await forget({ when: isListed(userId) })
    room = parseRoom(role.item)
    isChanged ||= role.done
  }
  return isChanged ? room : undefined
}

/**
 * From now on somebody who is about to be removed has no right in the room, whatever role they have. False where the room
 * has ended, or `by` may not decide about them: either role may have changed since the room was read.
 */
export const bar = async (code: string, userId: string, now: number, by?: string): Promise<boolean> => {
  const when = by === undefined ? isLiving : livesAndMayModerate(by, userId)
  const barred = { set: { barred_at: now }, add: { barred: new Set([userId]) }, when }
  return (await change(roomKey(code), barred)).done
}

/** Undoes it. With `since`, not where anybody was barred after that: it may be the same person, whom another call removes. */
export const unbar = async (code: string, userId: string, since?: number): Promise<boolean> => {
  const isBarred = holds('barred', userId)
  const isAsThen = since === undefined ? [] : [either(isMissing('barred_at'), equals('barred_at', since))]
  const unbarred = { takeOut: { barred: new Set([userId]) }, when: all(isBarred, ...isAsThen) }
  return (await change(roomKey(code), unbarred)).done
}
