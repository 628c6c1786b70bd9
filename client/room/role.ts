import {
  type GivenRole,
  givenRoleNames,
  givenRoles,
  memberRoleOf,
  type Right,
  type Role,
  type RoleList,
  rightsOf,
  rightsOfEveryone,
} from '../../protocol/roles.ts'
import type { RoomFacts } from '../../protocol/room.ts'
import type { RoomState } from './room-state.ts'

export type { Right, Role }

/**
 * The user id of the room's host, who may be away; null until the first greeting or answer tells.
 * The room's facts come before the list of people, because they also name a host who has just been given the room.
 */
export const hostIdOf = ({ room, people }: Pick<RoomState, 'room' | 'people'>): string | null =>
  room?.host_id ?? people.hostId

/** Who has which role, as the room's facts say it. The host is unknown until anything tells. */
export type RoleFacts = Pick<RoomFacts, RoleList> & { host_id: RoomFacts['host_id'] | null }

/**
 * What somebody is in the room. This is the one place that says who hosts, and who helps. `listed` gives their role in
 * the list of people, where the facts do not say it.
 */
export const roleIn = (facts: RoleFacts, userId: string, listed: () => Role | undefined): Role => {
  if (userId === facts.host_id) return 'host'
  const has = (role: GivenRole): boolean =>
    facts[givenRoles[role].list]?.includes(userId) ?? memberRoleOf(listed()) === role
  return givenRoleNames.find(has) ?? 'participant'
}

/**
 * What somebody is to the room, as far as it is known.
 * @example roleOf(session.store.get(), me.id) === 'host'
 */
export const roleOf = (state: Pick<RoomState, 'room' | 'people'>, userId: string): Role => {
  const listed = () => state.people.list.find(({ user_id }) => user_id === userId)?.role
  return roleIn({ ...state.room, host_id: hostIdOf(state) }, userId, listed)
}

/**
 * Whether somebody may do that, as far as the room is known: the server decides.
 * @example mayDo(session.store.get(), me.id, 'command')
 */
export const mayDo = (state: Pick<RoomState, 'room' | 'people'>, userId: string, right: Right): boolean =>
  rightsOf[roleOf(state, userId)].includes(right) ||
  (state.room?.control === 'EVERYONE' && rightsOfEveryone.includes(right))
