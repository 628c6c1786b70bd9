import { type Right, rightsOfEveryone } from '../../protocol/roles.ts'
import { type RoleWithRights, rolesWith } from '../domain/rights.ts'
import { all, type Expression, either, equals, exists, holds, lacks } from './conditions.ts'

/**
 * Whether a user has a role, as a condition on the room's item. `functions/domain/rights.ts` asks the same of a room.
 * The room is written in one round trip and in no transaction (decision 0003), so no condition can ask a member's item. All
 * that decides who may do what is therefore in the room's item.
 */
const has: Record<RoleWithRights, (userId: string) => Expression> = {
  host: (userId) => equals('host_id', userId),
  cohost: (userId) => holds('cohosts', userId),
}

/** Whoever is being removed has no right any more, but for the host, whom nobody removes. */
const unlessBarred = (role: RoleWithRights, userId: string): Expression =>
  role === 'host' ? has.host(userId) : all(has[role](userId), lacks('barred', userId))

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
      ...rolesWith(right).map((role) => unlessBarred(role, userId)),
      ...(rightsOfEveryone.includes(right) ? [isEveryones(userId)] : []),
    ),
  )
