import type { Right } from '../../../protocol/roles.ts'
import { assertMay, assertMayModerate, assertMayMute } from '../../domain/rights.ts'
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

/** The same for a call about one person, where `assertMayDo` says who may decide about whom. */
const roomWhereAbout =
  (assertMayDo: (room: Room, userId: string, targetId: string) => void) =>
  (userId: string, targetId: string, loaded: { room: Room | undefined }, now: number): Room => {
    const room = livingRoom(loaded.room, now)
    assertMayDo(room, userId, targetId)
    return room
  }

/** For a call that removes somebody. @throws Refusal room_not_found, not_host */
export const roomToModerate = roomWhereAbout(assertMayModerate)

/** For a call that mutes somebody, or lets them write again. @throws Refusal room_not_found, not_host */
export const roomToMute = roomWhereAbout(assertMayMute)
