import { memberRoleOf, type Right, type Role, rightsOf, rightsOfEveryone } from '../../protocol/roles.ts'
import type { RoomState } from './room-state.ts'

export type { Right, Role }

/**
 * The user id of the room's host, who may be away; null until the first greeting or answer tells.
 * The room's facts come before the list of people, because they also name a host who has just been given the room.
 */
export const hostIdOf = ({ room, people }: Pick<RoomState, 'room' | 'people'>): string | null =>
  room?.host_id ?? people.hostId

/**
 * What somebody is to the room. The one place that says who hosts, and who helps.
 * @example roleOf(session.store.get(), me.id) === 'host'
 */
export const roleOf = (state: Pick<RoomState, 'room' | 'people'>, userId: string): Role => {
  if (userId === hostIdOf(state)) return 'host'
  const cohosts = state.room?.cohosts
  if (cohosts !== undefined) return cohosts.includes(userId) ? 'cohost' : 'participant'
  return memberRoleOf(state.people.list.find(({ user_id }) => user_id === userId)?.role)
}

/**
 * Whether somebody may do that, as far as the room is known: the server decides.
 * @example mayDo(session.store.get(), me.id, 'command')
 */
export const mayDo = (state: Pick<RoomState, 'room' | 'people'>, userId: string, right: Right): boolean =>
  rightsOf[roleOf(state, userId)].includes(right) ||
  (state.room?.control === 'EVERYONE' && rightsOfEveryone.includes(right))
