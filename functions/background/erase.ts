import { holdsName } from '../domain/membership.ts'
import { isHost, isStoodInFor } from '../domain/rights.ts'
import { roomAndMember } from '../table/access.ts'
import { allOfAtMost } from '../table/all-of.ts'
import { endRoom } from '../table/endings.ts'
import { type Erasing, endErasing, eraseMessages, erasePerson, roomsEverOf } from '../table/erasing.ts'
import { unmarkHosting } from '../table/hosting.ts'
import { endMembership } from '../table/members.ts'
import { forgetRole } from '../table/roles.ts'

/** What a function was about to write when the account went is written by then: it has 29 s. */
const WRITTEN_WITHIN_MS = 60_000
/** Rooms at once, each with several writes at once. */
const ROOMS_AT_ONCE = 4

/**
 * Leaves a room, or ends one that was hosted, where the call that deleted the account ended before it came to that. Nobody is
 * told here: sockets close at their next PING, because the token holds no more.
 */
const leave = async (code: string, userId: string, now: number): Promise<void> => {
  const { room, member } = await roomAndMember(code, userId)
  if (room === undefined || member === undefined) return
  if (isStoodInFor(room, userId)) await forgetRole(code, userId)
  if (!holdsName(member)) return
  if (isHost(room, userId)) {
    // Whose place they took may have the room back; until then an heir may take over, and a later run goes on.
    if (room.stands_in_for === null) await endRoom(code, userId, now)
    return
  }
  await forgetRole(code, userId)
  if (member.hosting_since !== null) await unmarkHosting(code, userId, member.hosting_since)
  await endMembership(code, { ...member, hosting_since: null }, 'LEFT', now, { staysListed: true })
}

/**
 * Takes the name of a deleted account out of everything that it left. The first run begins with the deletion; one that
 * begins later finds also what was on its way then, and is the last.
 */
export const erase = async ({ user_id: userId, deleted_at }: Erasing, now: number): Promise<void> => {
  const isLast = now - deleted_at >= WRITTEN_WITHIN_MS
  const codes = await roomsEverOf(userId)
  const erased = await allOfAtMost(ROOMS_AT_ONCE, codes, async (code) => {
    if (isLast) await leave(code, userId, now)
    await eraseMessages(code, userId)
    return erasePerson(code, userId)
  })
  if (isLast && !erased.includes(false)) await endErasing(userId, codes)
}
