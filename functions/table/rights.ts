import {
  givenRoles,
  type MemberRole,
  memberRoles,
  type Right,
  rightsOfEveryone,
  rightToModerate,
  roleLists,
} from '../../protocol/roles.ts'
import { type RoleWithRights, rolesWith } from '../domain/rights.ts'
import { all, type Expression, either, equals, exists, holds, lacks } from './conditions.ts'

/**
 * Whether a user has a role and its rights, as a condition on the room's item. `functions/domain/rights.ts` asks the
 * same of a room.
 * The room is written in one round trip and in no transaction (decision 0003), so no condition can ask a member's item. All
 * that decides who may do what is therefore in the room's item.
 */
const has = (role: RoleWithRights, userId: string): Expression => {
  if (role === 'host') return equals('host_id', userId)
  // Whoever is being removed has no right any more. Nobody removes the host.
  return all(holds(givenRoles[role].list, userId), lacks('barred', userId))
}

const isEveryones = (userId: string): Expression => all(equals('control', 'EVERYONE'), lacks('barred', userId))

/** Who changes a room, and what they need to. */
export type Changer = { userId: string; right: Right }

/** The room is there and was not ended. */
export const isLiving = all(exists('pk'), equals('deleted_at', null))

/** The room lives, and the user has this right in it. Who is no member sends nothing that gets here. */
export const livesAndMay = (right: Right, userId: string): Expression =>
  all(
    isLiving,
    either(
      ...rolesWith(right).map((role) => has(role, userId)),
      ...(rightsOfEveryone.includes(right) ? [isEveryones(userId)] : []),
    ),
  )

const isListedAs = (role: MemberRole, userId: string): Expression =>
  role === 'participant' ? all(...roleLists.map((list) => lacks(list, userId))) : holds(givenRoles[role].list, userId)

/** The room lives, and the user may decide about somebody, whatever role that one has by now. */
export const livesAndMayModerate = (userId: string, targetId: string): Expression =>
  either(...memberRoles.map((role) => all(isListedAs(role, targetId), livesAndMay(rightToModerate[role], userId))))
