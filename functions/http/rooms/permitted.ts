import type { Right } from '../../../protocol/roles.ts'
import { assertMay, roleOf } from '../../domain/rights.ts'
import { livingRoom, type Room } from '../../domain/room.ts'
import { roomAndMember } from '../../table/access.ts'
import { codeOf } from './room-id.ts'

/** The room and the member that a call about somebody else concerns, in one round trip. */
export const loadTarget = ({ input }: { input: { room_id: string; user_id: string } }) =>
  roomAndMember(codeOf(input.room_id), input.user_id)

/** The living room, if the caller has this right in it. @throws Refusal room_not_found, not_host */
export const roomWhere = (right: Right, userId: string, loaded: { room: Room | undefined }, now: number): Room => {
  const room = livingRoom(loaded.room, now)
  assertMay(right, room, userId)
  return room
}

/**
 * The same for a call about one person. A co-host is the host's to remove or mute.
 * @throws Refusal room_not_found, not_host
 */
export const roomToModerate = (
  userId: string,
  targetId: string,
  loaded: { room: Room | undefined },
  now: number,
): Room => {
  const room = roomWhere('moderate', userId, loaded, now)
  if (roleOf(room, targetId) === 'cohost' && targetId !== userId) assertMay('own', room, userId)
  return room
}
