import { Refusal } from '../../protocol/refusals.ts'
import type { Room } from './room.ts'

/** What somebody is in a room, beyond a member. */
export type Role = 'host'

/**
 * `command`: play, pause and seek. `moderate`: answer requests to join, remove, ban, mute, see everybody's status.
 * `change`: settings and the video. `own`: hand the room over, delete it.
 */
export type Right = 'command' | 'moderate' | 'change' | 'own'

/** Every right of every role. `functions/table/rights.ts` says the same as conditions on the room's row. */
const rightsOf: Record<Role, readonly Right[]> = {
  host: ['command', 'moderate', 'change', 'own'],
}

/** Who has a role, by the room's row. */
const holdersOf: Record<Role, (room: Pick<Room, 'host_id'>) => readonly string[]> = {
  host: (room) => [room.host_id],
}

const roles = Object.keys(rightsOf) as Role[]

export const rolesWith = (right: Right): Role[] => roles.filter((role) => rightsOf[role].includes(right))

/** The ids of those who have a right in this room. */
export const whoMay = (right: Right, room: Pick<Room, 'host_id'>): string[] =>
  rolesWith(right).flatMap((role) => holdersOf[role](room))

export const may = (right: Right, room: Pick<Room, 'host_id'>, userId: string): boolean =>
  whoMay(right, room).includes(userId)

/** @throws Refusal not_host */
export const assertMay = (right: Right, room: Pick<Room, 'host_id'>, userId: string): void => {
  if (!may(right, room, userId)) throw new Refusal('not_host')
}

/** The host is always a member, is named first, and cannot be removed. */
export const isHost = (room: Pick<Room, 'host_id'>, userId: string): boolean => holdersOf.host(room).includes(userId)
