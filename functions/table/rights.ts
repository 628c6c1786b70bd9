import { type Right, type Role, rolesWith } from '../domain/rights.ts'
import { all, type Expression, either, equals, exists } from './conditions.ts'

/** Whether a user has a role, as a condition on the room's item. `functions/domain/rights.ts` says the same on a room. */
const holds: Record<Role, (userId: string) => Expression> = {
  host: (userId) => equals('host_id', userId),
}

/** The room is there and was not ended. */
export const isLiving = all(exists('pk'), equals('deleted_at', null))

/** The room lives, and the user has this right in it. */
export const livesAndMay = (right: Right, userId: string): Expression =>
  all(isLiving, either(...rolesWith(right).map((role) => holds[role](userId))))
