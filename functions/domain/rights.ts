import { Refusal } from '../../protocol/refusals.ts'
import { memberRoleOf, type Role } from '../../protocol/roles.ts'
import type { Member } from './membership.ts'
import type { Room } from './room.ts'

/**
 * `command`: play, pause and seek. `moderate`: answer requests to join, remove, ban, mute, see everybody's status.
 * `change`: settings and the video. `own`: hand the room over, delete it.
 */
export type Right = 'command' | 'moderate' | 'change' | 'own'

/** A participant has no right beyond a member's. */
export type RoleWithRights = Exclude<Role, 'participant'>

type RightsOfRole = {
  rights: readonly Right[]
  /** The ids of those who have the role, by the room's row. `functions/table/rights.ts` asks it as a condition. */
  holders: (room: Pick<Room, 'host_id'>) => readonly string[]
}

const rightsOf: Record<RoleWithRights, RightsOfRole> = {
  host: { rights: ['command', 'moderate', 'change', 'own'], holders: (room) => [room.host_id] },
}

const rolesWithRights = Object.keys(rightsOf) as RoleWithRights[]

export const rolesWith = (right: Right): RoleWithRights[] =>
  rolesWithRights.filter((role) => rightsOf[role].rights.includes(right))

/** The ids of those who have a right in this room. */
export const whoMay = (right: Right, room: Pick<Room, 'host_id'>): string[] =>
  rolesWith(right).flatMap((role) => rightsOf[role].holders(room))

export const may = (right: Right, room: Pick<Room, 'host_id'>, userId: string): boolean =>
  whoMay(right, room).includes(userId)

/** @throws Refusal not_host */
export const assertMay = (right: Right, room: Pick<Room, 'host_id'>, userId: string): void => {
  if (!may(right, room, userId)) throw new Refusal('not_host')
}

/** The host is always a member, is named first, and cannot be removed. */
export const isHost = (room: Pick<Room, 'host_id'>, userId: string): boolean =>
  rightsOf.host.holders(room).includes(userId)

/**
 * What somebody is in a room, for those who list its people. The room's row says who hosts it, whatever their own row says.
 * Without a `role` nothing but that is known.
 */
export const roleOf = (
  room: Pick<Room, 'host_id'>,
  { user_id, role }: Pick<Member, 'user_id'> & Partial<Pick<Member, 'role'>>,
): Role => (isHost(room, user_id) ? 'host' : memberRoleOf(role))
