import { type Right, type RoleWithRights, rolesWith } from '../domain/rights.ts'
import { all, type Expression, either, equals, exists } from './conditions.ts'

/**
 * Whether a user has a role, as a condition on the room's item. `functions/domain/rights.ts` asks the same of a room.
 * The room is written in one round trip and in no transaction (decision 0003), so no condition can ask a member's item. A
 * role that several people have is therefore noted in the room's item as well, in an attribute for each, as a presence
 * notes its sockets. Its condition is one line: ``cohost: (userId) => equals(`role#${userId}`, 'cohost')``.
 */
const holds: Record<RoleWithRights, (userId: string) => Expression> = {
  host: (userId) => equals('host_id', userId),
}

/** The room is there and was not ended. */
export const isLiving = all(exists('pk'), equals('deleted_at', null))

/** The room lives, and the user has this right in it. */
export const livesAndMay = (right: Right, userId: string): Expression =>
  all(isLiving, either(...rolesWith(right).map((role) => holds[role](userId))))
