import { Refusal } from '../../../protocol/refusals.ts'
import { startFunction } from '../../background/invoke.ts'
import { hasEndedAs } from '../../domain/membership.ts'
import { isHost } from '../../domain/rights.ts'
import type { User } from '../../domain/session.ts'
import type { Audited } from '../../middleware/audited.ts'
import { serve } from '../../middleware/route.ts'
import type { TellingServices } from '../../middleware/services.ts'
import { endStaleBarOf } from '../../presence/lose-role.ts'
import { closeSocketsIn } from '../../presence/send-away.ts'
import { finishHandOver, handOver } from '../../room/hand-over.ts'
import { mayTakeBack } from '../../room/may-take-back.ts'
import { removeMember } from '../../room/remove-member.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf, allOfAtMost } from '../../table/all-of.ts'
import { endRoom } from '../../table/endings.ts'
import { erasePerson, roomsEverOf } from '../../table/erasing.ts'
import { byReturn } from '../../table/hosting.ts'
import { memberOf, removeUserRoom } from '../../table/members.ts'
import { withdrawAdmin } from '../../table/people.ts'
import { deleteUser, roomsOfUser, type UserRoom, userById } from '../../table/users.ts'

type Leaving = { userId: string; now: number; audited: Audited }

/** Who stands in for a host gives the room back, where that host is still a member and may come back. */
const giveBack = async (
  { room, member }: Awaited<ReturnType<typeof roomAndMember>>,
  { userId, now, audited }: Leaving,
  services: TellingServices<'auth'>,
): Promise<boolean> => {
  if (room === undefined || room.deleted_at !== null) return false
  // A call before has given it back, and ended before that was done: nobody leaves who is marked as hosting.
  if (room.former_host_id === userId && !isHost(room, userId) && member?.hosting_since != null) {
    await finishHandOver(room, services)
    return true
  }
  const owner = room.stands_in_for
  if (owner === null || !isHost(room, userId)) return false
  const whom = await memberOf(room.code, owner)
  if (whom === undefined || !(await mayTakeBack(room, whom, now, services.settings))) return false
  await endStaleBarOf(room, owner, services)
  try {
    await audited({ room, what: 'give_back', whom }, () => handOver(room, owner, byReturn(room, owner), services))
  } catch (error) {
    // They have left at this moment: then the room is this person's for good.
    if (error instanceof Refusal && error.code === 'not_a_member') return false
    throw error
  }
  return true
}

/** Ends the rooms that the person hosts, and leaves the others. */
const leaveRooms = async (leaving: Leaving, rooms: readonly UserRoom[], services: TellingServices<'auth'>) => {
  const { userId, now, audited } = leaving
  for (const listed of rooms) {
    const { code } = listed
    const found = await roomAndMember(code, userId)
    const isGivenBack = await giveBack(found, leaving, services)
    const { room, member } = isGivenBack ? await roomAndMember(code, userId) : found
    if (room !== undefined && isHost(room, userId)) {
      // Also where it has ended: a call before may have been cut short.
      const end = async () => {
        if ((await endRoom(code, userId, now)) !== 'not theirs') await closeSocketsIn(code, services)
      }
      // The rooms are gone through twice: one that has ended is no second decision.
      await (room.deleted_at === null ? audited({ room, what: 'delete_room' }, end) : end())
      continue
    }
    const isIn = member?.status === 'APPROVED' || member?.status === 'PENDING'
    // Listed until everybody is told, so that a call that is asked again finds it.
    if (room !== undefined && member !== undefined && (isIn || hasEndedAs(member, 'LEFT', now)))
      await removeMember(room, member, 'LEFT', services, { staysListed: true })
    await removeUserRoom(userId, listed)
  }
}

/** Rooms in which the name is replaced at once. */
const ROOMS_AT_ONCE = 20

/** Replaces the name where the person was a member, or hosted. There may be thousands of messages: those are left to the sweep. */
const eraseName = async (userId: string, { settings }: TellingServices<'auth'>): Promise<void> => {
  const codes = await roomsEverOf(userId)
  if (codes.length === 0) return
  await allOf([
    startFunction(settings.SWEEP_FUNCTION, {}),
    allOfAtMost(ROOMS_AT_ONCE, codes, (code) => erasePerson(code, userId)),
  ])
}

/** An administrator who deletes their account takes the flag from themselves first. @throws Refusal last_admin */
const giveFlagBack = async (user: User): Promise<void> => {
  if (user.is_admin && !(await withdrawAdmin(user.id, user.id))) throw new Refusal('last_admin')
}

/**
 * Deletes the account as it is by now: leaving the rooms takes its time, and meanwhile a guest may have become an account, or
 * an account got the flag. @throws Refusal last_admin
 */
const deleteAsItIs = async (userId: string, clock: () => number): Promise<void> => {
  for (;;) {
    const user = await userById(userId, clock())
    if (user === undefined) return
    await giveFlagBack(user)
    if (await deleteUser(user, clock())) return
  }
}

export const deleteAccount = serve('auth/delete', {
  load: ({ caller }) => roomsOfUser(caller.user_id),
  act: async ({ user, now, audited }, rooms, services) => {
    const leaving = { userId: user.id, now, audited }
    await giveFlagBack(user)
    // Rooms first: if this is cut short, the token still holds and the call can be repeated.
    await leaveRooms(leaving, rooms, services)
    await deleteAsItIs(user.id, services.clock)
    // Leave rooms that were joined meanwhile. From here on joining fails, because the account is gone.
    await leaveRooms(leaving, await roomsOfUser(user.id), services)
    await eraseName(user.id, services)
    return { success: true as const }
  },
})
