import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import { equals } from './conditions.ts'
import { memberKey, roomKey } from './keys.ts'
import { parseMember } from './members.ts'
import { livesAndMay } from './rights.ts'
import { parseRoom } from './rooms.ts'

/** Gives the room to another host. Undefined when `from` may not. A repeated request that finds `to` hosting counts as done. */
export const setHost = async (
  code: string,
  from: string,
  to: { user_id: string; name: string },
): Promise<Room | undefined> => {
  const result = await change(
    roomKey(code),
    {
      set: { host_id: to.user_id, host: to.name, former_host_id: from },
      add: { facts_revision: 1 },
      when: livesAndMay('own', from),
    },
    'ALL_NEW',
  )
  const room = parseRoom(result.item)
  return result.done || (room?.host_id === to.user_id && room.deleted_at === null) ? room : undefined
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
