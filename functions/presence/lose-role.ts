import { memberRoleOf } from '../../protocol/roles.ts'
import { whyRemoved } from '../domain/removal.ts'
import { barredTooLong, roleOf } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellFacts, tellUntoldFacts } from '../fanout/tell-facts.ts'
import { allOf } from '../table/all-of.ts'
import { memberOf } from '../table/members.ts'
import { forgetRole, unbar } from '../table/roles.ts'
import { sendAway } from './send-away.ts'

/**
 * Whether the room's row says anything of somebody that goes with their membership: a role, an offer, a place to take
 * back.
 */
const isInRow = (room: Room, userId: string): boolean =>
  memberRoleOf(roleOf(room, userId)) !== 'participant' || room.offered_to === userId || room.stands_in_for === userId

/**
 * Takes every role in the room, and any offer of it, from somebody who is no member any more. Tells the room where that
 * has changed it: now, in the call of which this is the repetition, or by a write of which the answer was lost, so that
 * the SDK's repetition of it found nothing to do.
 */
export const loseRole = async (before: Room, userId: string, runtime: Runtime, isRepeated = false): Promise<void> => {
  const room = await forgetRole(before.code, userId)
  if (room !== undefined) await tellFacts(room, runtime)
  else if (isRepeated || isInRow(before, userId)) await tellUntoldFacts(before.code, runtime)
}

const endStaleBar = async (room: Room, userId: string, runtime: Runtime): Promise<void> => {
  const whyOut = async () => whyRemoved(room, await memberOf(room.code, userId), userId)
  // They may be let back in at any moment, and get another role.
  const isBack = async () => (await whyOut()) === undefined
  const why = await whyOut()
  if (why !== undefined) await sendAway(room.code, userId, why, runtime, { isBack })
  if (why !== undefined && !(await isBack())) await loseRole(room, userId, runtime)
  await unbar(room.code, userId, room.barred_at)
}

/**
 * Unbars those who have been barred for so long that no function is removing them any more. A member gets their rights
 * back by that. Somebody who is no member loses their sockets and their role first: the function may have ended before
 * that, or the gateway may have left a socket open.
 */
export const endStaleBars = async (room: Room, runtime: Runtime): Promise<void> => {
  await allOf(barredTooLong(room, runtime.clock()).map((userId) => endStaleBar(room, userId, runtime)))
}

/** The same for one person alone, where they are among them. */
export const endStaleBarOf = async (room: Room, userId: string, runtime: Runtime): Promise<void> => {
  if (barredTooLong(room, runtime.clock()).includes(userId)) await endStaleBar(room, userId, runtime)
}

/**
 * Clears up what a removal that was cut short left of somebody who is no member: a role, an offer, a place to take
 * back.
 */
export const finishRemoval = async (room: Room, userId: string, runtime: Runtime): Promise<void> => {
  if (isInRow(room, userId)) await loseRole(room, userId, runtime)
}
