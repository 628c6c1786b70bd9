import { Refusal } from '../../protocol/refusals.ts'
import type { Right } from '../../protocol/roles.ts'
import { assertMember, type Member } from '../domain/membership.ts'
import { assertMay, assertMayModerate, assertMayMute, assertNoOthersHost } from '../domain/rights.ts'
import { livingRoom, type Room } from '../domain/room.ts'
import { mayTakeBack } from '../room/may-take-back.ts'
import { roomAndMember } from '../table/access.ts'
import { roomByCode } from '../table/rooms.ts'
import { codeOf } from './room-id.ts'

/** The room and the member that a call about somebody else concerns, in one round trip. */
export const loadTarget = ({ input }: { input: { room_id: string; user_id: string } }) =>
  roomAndMember(codeOf(input.room_id), input.user_id)

/** The room and the caller as its member, in one round trip. */
export const loadOwn = ({ input, caller }: { input: { room_id: string }; caller: { user_id: string } }) =>
  roomAndMember(codeOf(input.room_id), caller.user_id)

export const loadRoom = async ({ input }: { input: { room_id: string } }) => ({
  room: await roomByCode(codeOf(input.room_id)),
})

/** The living room, if the caller is a member of it. @throws Refusal room_not_found, not_a_member */
export const roomOfMember = (
  userId: string,
  loaded: { room: Room | undefined; member: Member | undefined },
  now: number,
): Room => {
  const room = livingRoom(loaded.room, now)
  assertMember(room, loaded.member, userId)
  return room
}

/** The living room, if the caller has this right in it. @throws Refusal room_not_found, not_host */
export const roomWhere = (right: Right, userId: string, loaded: { room: Room | undefined }, now: number): Room => {
  const room = livingRoom(loaded.room, now)
  assertMay(right, room, userId)
  return room
}

/** The same for a call that removes somebody. @throws Refusal room_not_found, not_host */
export const roomToModerate = (
  userId: string,
  targetId: string,
  loaded: { room: Room | undefined },
  now: number,
): Room => {
  const room = livingRoom(loaded.room, now)
  assertMayModerate(room, userId, targetId)
  return room
}

type Muting = {
  input: { user_id: string }
  user: { id: string }
  now: number
}
type Loaded = { room: Room | undefined; member: Member | undefined }
type Settings = { TOKEN_HOURS: number }
type RoomAndMember = { room: Room; member: Member }

/** @throws Refusal host_may_return, member_not_found */
const memberWhomOthersMute = async (
  room: Room,
  { member }: Loaded,
  now: number,
  settings: Settings,
): Promise<RoomAndMember> => {
  if (await mayTakeBack(room, member, now, settings)) throw new Refusal('host_may_return')
  if (member === undefined) throw new Refusal('member_not_found')
  return { room, member }
}

/**
 * The room and the member, for a call that mutes somebody, or lets them write again.
 * @throws Refusal room_not_found, not_host, host_may_return, member_not_found
 */
export const memberToMute = ({ input, user, now }: Muting, loaded: Loaded, settings: Settings) => {
  const room = livingRoom(loaded.room, now)
  assertMayMute(room, user.id, input.user_id)
  return memberWhomOthersMute(room, loaded, now, settings)
}

/** The same for an administrator, who needs no right in the room. */
export const memberWhomAdminsMute = ({ input, user, now }: Muting, loaded: Loaded, settings: Settings) => {
  const room = livingRoom(loaded.room, now)
  assertNoOthersHost(room, user.id, input.user_id)
  return memberWhomOthersMute(room, loaded, now, settings)
}
