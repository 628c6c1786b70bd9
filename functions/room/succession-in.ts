import { succession } from '../domain/absence.ts'
import type { Room } from '../domain/room.ts'
import { allOf } from '../table/all-of.ts'
import { memberOf } from '../table/members.ts'
import { presencesIn } from '../table/presences.ts'
import { isUser } from '../table/users.ts'

/** Who may take the room over now, and whether its host cannot come back. */
export const successionIn = async (room: Room, now: number) => {
  const [presences, member, isKnown] = await allOf([
    presencesIn(room.code),
    memberOf(room.code, room.host_id),
    isUser(room.host_id, now),
  ])
  return { next: succession(room, presences, { member, isForgotten: !isKnown }, now), isForgotten: !isKnown }
}
