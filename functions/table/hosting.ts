import { givenRoles, listedRole } from '../../protocol/roles.ts'
import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import { type Change, change } from './change.ts'
import { all, differs, type Expression, either, equals, holds, isMissing, lacks } from './conditions.ts'
import { memberKey, roomKey } from './keys.ts'
import { parseMember } from './members.ts'
import { isLiving, livesAndMay } from './rights.ts'
import { outOfLists } from './roles.ts'
import { parseRoom } from './rooms.ts'

/** How a room gets another host: beside `from` hosting it, what has to hold, and what else changes. */
export type Terms = {
  from: string
  when?: Expression
  set: Partial<Pick<Room, 'stands_in_for'>>
  takeOut?: Change['takeOut']
}

/**
 * The host gives the room to somebody to whom it was offered. The former host is a participant afterwards, also where they
 * were a co-host before. There are two exceptions. A host who stood in and gives the room back to its owner keeps their
 * role. Somebody who gets the room from one who stands in keeps theirs, because the owner may still take the room back.
 */
export const byOffer = (room: Room, to: string): Terms => {
  const { host_id: from, stands_in_for: owner } = room
  const isGivenBack = owner === to
  const isForGood = owner === null || isGivenBack
  return {
    from,
    when: equals('offered_to', to),
    set: isGivenBack ? { stands_in_for: null } : {},
    takeOut: outOfLists([...(isForGood ? [to] : []), ...(isGivenBack ? [] : [from])]),
  }
}

/**
 * An heir takes the place of a host who is away. They must still have the role that makes them the heir. Where nobody may
 * take the room back from them they lose that role: the room is theirs for good.
 * @param returning who may have the room back from then on. Whoever might before has not left meanwhile
 */
export const byAbsence = (room: Room, to: string, returning: string | null): Terms => {
  const owner = returning === to ? null : returning
  const role = listedRole(room, to)
  const isAsRead = either(
    equals('stands_in_for', room.stands_in_for),
    ...(room.stands_in_for === null ? [isMissing('stands_in_for')] : []),
  )
  return {
    from: room.host_id,
    when: role === 'participant' ? isAsRead : all(isAsRead, holds(givenRoles[role].list, to)),
    set: { stands_in_for: owner },
    ...(owner === null && { takeOut: outOfLists([to]) }),
  }
}

/** A host who was away gets the room back. */
export const byReturn = (room: Room, to: string): Terms => ({
  from: room.host_id,
  when: equals('stands_in_for', to),
  set: { stands_in_for: null },
  // Who stood in may have made them one.
  takeOut: outOfLists([to]),
})

/**
 * Gives the room to another host. Undefined where the terms do not hold, or where that one is being removed. A request that
 * the SDK repeats finds `to` hosting, and counts as done.
 */
export const setHost = async (
  code: string,
  { from, when, set, takeOut = {} }: Terms,
  to: { user_id: string; name: string },
): Promise<Room | undefined> => {
  const result = await change(
    roomKey(code),
    {
      set: { ...set, host_id: to.user_id, host: to.name, former_host_id: from, offered_to: null },
      add: { facts_revision: 1 },
      takeOut,
      when: all(isLiving, equals('host_id', from), lacks('barred', to.user_id), ...(when === undefined ? [] : [when])),
    },
    'ALL_NEW',
  )
  const room = parseRoom(result.item)
  return result.done || (room?.host_id === to.user_id && room.deleted_at === null) ? room : undefined
}

/** Offers the room to a member, or to nobody any more (null), if `from` may. The room, which may be as it was. */
export const offerRoom = async (code: string, from: string, to: string | null): Promise<Room | undefined> => {
  const isNews = to === null ? differs('offered_to', null) : either(isMissing('offered_to'), differs('offered_to', to))
  const result = await change(
    roomKey(code),
    { set: { offered_to: to }, add: { facts_revision: 1 }, when: all(livesAndMay('own', from), isNews) },
    'ALL_NEW',
  )
  return parseRoom(result.item)
}

/** Declines an offer, if it still stands, and notes who did. The room, which may be as it was. */
export const declineRoom = async (code: string, userId: string): Promise<Room | undefined> => {
  const declined = {
    set: { offered_to: null, declined_by: userId },
    add: { facts_revision: 1 },
    when: all(isLiving, equals('offered_to', userId)),
  }
  return parseRoom((await change(roomKey(code), declined, 'ALL_NEW')).item)
}

/** Names the host anew. The room where this user hosts it, also if it was named so before. */
export const nameHost = async (code: string, userId: string, name: string): Promise<Room | undefined> => {
  const named = {
    set: { host: name },
    add: { facts_revision: 1 },
    when: all(isLiving, equals('host_id', userId), differs('host', name)),
  }
  const room = parseRoom((await change(roomKey(code), named, 'ALL_NEW')).item)
  return room?.host_id === userId && room.host === name && room.deleted_at === null ? room : undefined
}

/**
 * Marks an approved member as hosting, so that nobody removes them while the room changes hands: the room's item stands
 * in no transaction (decision 0003). Undefined when they are no approved member.
 */
export const markHosting = async (code: string, userId: string, now: number): Promise<Member | undefined> => {
  const result = await change(
    memberKey(code, userId),
    { set: { hosting_since: now }, when: equals('status', 'APPROVED') },
    'ALL_NEW',
  )
  return result.done ? parseMember(result.item) : undefined
}

/** Takes the mark back, if it is still the one set at `since`. */
export const unmarkHosting = async (code: string, userId: string, since: number): Promise<void> => {
  await change(memberKey(code, userId), { set: { hosting_since: null }, when: equals('hosting_since', since) })
}
