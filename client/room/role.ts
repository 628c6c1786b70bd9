import type { Viewer } from '../../protocol/server-events.ts'
import type { RoomState } from './room-state.ts'

export type Role = Viewer['role']

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
  userId === hostIdOf(state) ? 'host' : 'participant'
