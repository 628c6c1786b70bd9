import { Refusal } from '../../../protocol/refusals.ts'
import type { Member } from '../../domain/membership.ts'
import { livingRoom, type Room } from '../../domain/room.ts'

/** The living room and the member that a call is about. @throws Refusal room_not_found, member_not_found */
export const memberIn = (
  loaded: { room: Room | undefined; member: Member | undefined },
  now: number,
): { room: Room; member: Member } => {
  const room = livingRoom(loaded.room, now)
  if (loaded.member === undefined) throw new Refusal('member_not_found')
  return { room, member: loaded.member }
}
