import { Refusal } from '../../protocol/refusals.ts'
import {
  allRoles,
  givenRoles,
  listedRole,
  type Right,
  type Role,
  type RoleList,
  rightsOf,
  rightsOfEveryone,
  rightToModerate,
  roleLists,
} from '../../protocol/roles.ts'
import type { Room } from './room.ts'

/** A participant has no right beyond a member's, but where the room gives everyone the command. */
export type RoleWithRights = Exclude<Role, 'participant'>

/** The fields of a room that say who may do what. */
export type RoomRights = Pick<Room, 'host_id' | RoleList | 'control' | 'barred'>

/** The ids of those who have a role, by the room's row. `functions/table/rights.ts` asks the same as a condition. */
const holdersOf = (role: RoleWithRights, room: RoomRights): readonly string[] =>
  role === 'host' ? [room.host_id] : room[givenRoles[role].list]

/** The facts that say who has which role. */
export const roleFacts = (room: Room): Pick<Room, 'host' | 'host_id' | RoleList> => {
  const lists = Object.fromEntries(roleLists.map((list) => [list, room[list]])) as Pick<Room, RoleList>
  return { host: room.host, host_id: room.host_id, ...lists }
}

const rolesWithRights = allRoles.filter((role) => role !== 'participant')

export const rolesWith = (right: Right): RoleWithRights[] =>
  rolesWithRights.filter((role) => rightsOf[role].includes(right))

/** The host is always a member, is named first, and cannot be removed. */
export const isHost = (room: Pick<Room, 'host_id'>, userId: string): boolean => room.host_id === userId

/** Whoever is being removed has no right any more, although their row may still say that they are a member. */
export const isBarred = (room: Pick<Room, 'barred' | 'host_id'>, userId: string): boolean =>
  !isHost(room, userId) && room.barred.includes(userId)

/** A function lives for 29 s. An older bar was left behind by a function that ended before it was done. */
const BAR_HOLDS_MS = 30_000

/** Those who are still barred although nobody removes them any more. */
export const barredTooLong = ({ barred, barred_at }: Pick<Room, 'barred' | 'barred_at'>, now: number): string[] =>
  now - barred_at >= BAR_HOLDS_MS ? barred : []

/** The ids of those who have a right in this room by their role. */
export const whoMay = (right: Right, room: RoomRights): string[] => {
  const holders = rolesWith(right).flatMap((role) => holdersOf(role, room))
  return [...new Set(holders)].filter((id) => !isBarred(room, id))
}

const isEveryones = (right: Right, room: RoomRights): boolean =>
  room.control === 'EVERYONE' && rightsOfEveryone.includes(right)

/** Whether a member has a right in this room. */
export const may = (right: Right, room: RoomRights, userId: string): boolean =>
  whoMay(right, room).includes(userId) || (isEveryones(right, room) && !isBarred(room, userId))

/** The right that a field asks for, where that is not `change`: co-hosts choose the video, and lock the room. */
const RIGHT_OF_FIELD: Readonly<Record<string, Right>> = {
  media: 'choose',
  start: 'choose',
  is_locked: 'moderate',
}

type Learned = { duration?: unknown; live_origin?: unknown }

/**
 * Those who may command start live streams, and tell where the positions of one count 0. Those who choose the video
 * tell the rest.
 */
const rightToLearn = ({ duration, live_origin }: Learned): Right =>
  duration === undefined && live_origin !== undefined ? 'command' : 'choose'

/** The right that a change of settings needs: `change`, where its fields ask for different rights. */
export const rightToChange = ({
  room_id: _,
  learned,
  ...fields
}: {
  room_id?: string
  learned?: Learned | undefined
}): Right => {
  const rights = new Set([
    ...(learned === undefined ? [] : [rightToLearn(learned)]),
    ...Object.keys(fields).map((name) => RIGHT_OF_FIELD[name] ?? 'change'),
  ])
  const [only] = rights
  return rights.size === 1 && only !== undefined ? only : 'change'
}

/** @throws Refusal not_host */
export const assertMay = (right: Right, room: RoomRights, userId: string): void => {
  if (!may(right, room, userId)) throw new Refusal('not_host')
}

/** What a member is in a room. The room's row says it. */
export const roleOf = (room: RoomRights, userId: string): Role =>
  isHost(room, userId) ? 'host' : listedRole(room, userId)

/**
 * Only the host removes and mutes a co-host: no co-host decides about one, not even about themselves.
 * @throws Refusal not_host
 */
export const assertMayModerate = (room: RoomRights, userId: string, targetId: string): void =>
  assertMay(rightToModerate[roleOf(room, targetId)], room, userId)

/**
 * Whether somebody took this person's place while they were away. The room's row does not say whether they can come
 * back.
 */
export const isStoodInFor = (room: Pick<Room, 'stands_in_for'>, userId: string): boolean =>
  room.stands_in_for === userId

/** Only the host decides about a mute of the host: nobody else, by whatever right. @throws Refusal not_host */
export const assertNoOthersHost = (room: RoomRights, userId: string, targetId: string): void => {
  if (isHost(room, targetId)) assertMay('own', room, userId)
}

/** @throws Refusal not_host */
export const assertMayMute = (room: RoomRights, userId: string, targetId: string): void => {
  assertMayModerate(room, userId, targetId)
  assertNoOthersHost(room, userId, targetId)
}
