import { memberRoleOf, type Role } from '../../protocol/roles.ts'
import type { RoomState } from './room-state.ts'

export type { Role }

/**
 * The user id of the room's host, who may be away; null until the first greeting or answer tells.
 * The room's facts come before the list of people, because they also name a host who has just been given the room.
 */
export const hostIdOf = ({ room, people }: Pick<RoomState, 'room' | 'people'>): string | null =>
  room?.host_id ?? people.hostId

/**
 * What somebody is to the room. The one place that says who hosts.
 * @example roleOf(session.store.get(), me.id) === 'host'
 */
export const roleOf = (state: Pick<RoomState, 'room' | 'people'>, userId: string): Role =>
  userId === hostIdOf(state) ? 'host' : memberRoleOf(state.people.list.find(({ user_id }) => user_id === userId)?.role)
