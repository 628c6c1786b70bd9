import { MAX_COHOSTS } from '../../protocol/limits.ts'
import type { Room } from '../domain/room.ts'
import { type Change, change } from './change.ts'
import { all, either, equals, holds, isMissing, isShorterThan, lacks } from './conditions.ts'
import { roomKey } from './keys.ts'
import { isLiving, livesAndMay } from './rights.ts'
import { parseRoom } from './rooms.ts'

/** Who is to be something else, in which room, and who says so. */
type Appointing = { code: string; from: string; userId: string }

/** The room, which may be as it was. `isDone`: the role is given or taken, now or before. */
export type Appointed = { isDone: boolean; room: Room | undefined }

/** Makes somebody a co-host, if `from` may and the room has room for one more. */
export const appointCohost = async ({ code, from, userId }: Appointing): Promise<Appointed> => {
  const result = await change(
    roomKey(code),
    {
      add: { cohosts: new Set([userId]), facts_revision: 1 },
      when: all(
        livesAndMay('own', from),
        lacks('cohosts', userId),
        either(isMissing('cohosts'), isShorterThan('cohosts', MAX_COHOSTS)),
      ),
    },
    'ALL_NEW',
  )
  const room = parseRoom(result.item)
  return { isDone: result.done || (room?.cohosts.includes(userId) ?? false), room }
}

/** Takes the role of a co-host back, if `from` may. */
export const dismissCohost = async ({ code, from, userId }: Appointing): Promise<Appointed> => {
  const result = await change(
    roomKey(code),
    {
      takeOut: { cohosts: new Set([userId]) },
      add: { facts_revision: 1 },
      when: all(livesAndMay('own', from), holds('cohosts', userId)),
    },
    'ALL_NEW',
  )
  const room = parseRoom(result.item)
  return { isDone: result.done || room?.cohosts.includes(userId) === false, room }
}

/** The room may get another host meanwhile. */
const TRIES = 3

/**
 * Whoever is no member any more is no co-host, is offered nothing, and has no room to take back: who stands in for them has
 * it for good, and is no co-host any more either. The room where that changed it.
 */
export const forgetRole = async (code: string, userId: string): Promise<Room | undefined> => {
  const forget = (part: Pick<Change, 'set' | 'when'>, ...others: readonly string[]) => {
    const takeOut = { cohosts: new Set([userId, ...others]) }
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
  if (room?.cohosts.includes(userId) === true) {
    const role = await forget({ when: holds('cohosts', userId) })
    room = parseRoom(role.item)
    isChanged ||= role.done
  }
  return isChanged ? room : undefined
}

/** From now on somebody who is about to be removed has no right in the room, whatever role they have. */
export const bar = async (code: string, userId: string, now: number): Promise<void> => {
  await change(roomKey(code), { set: { barred_at: now }, add: { barred: new Set([userId]) }, when: isLiving })
}

/** Undoes it: the member is removed, and their sockets with them; or they stay. */
export const unbar = async (code: string, userId: string): Promise<void> => {
  await change(roomKey(code), { takeOut: { barred: new Set([userId]) }, when: holds('barred', userId) })
}

/** Undoes it for somebody whom a function left barred, unless anybody was barred since the room was read. */
export const unbarLeft = async (
  { code, barred_at }: Pick<Room, 'barred_at' | 'code'>,
  userId: string,
): Promise<void> => {
  const isAsRead = either(isMissing('barred_at'), equals('barred_at', barred_at))
  const unbarred = { takeOut: { barred: new Set([userId]) }, when: all(holds('barred', userId), isAsRead) }
  await change(roomKey(code), unbarred)
}
