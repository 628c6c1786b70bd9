import { succession } from '../domain/absence.ts'
import type { Room } from '../domain/room.ts'
import { allOf } from '../table/all-of.ts'
import { memberOf } from '../table/members.ts'
import { presencesIn } from '../table/presences.ts'
import { canReturn } from '../table/returning.ts'

/** Who may take the room over now, and whether its host cannot come back. */
export const successionIn = async (room: Room, now: number, settings: { TOKEN_HOURS: number }) => {
  const [presences, member, mayReturn] = await allOf([
    presencesIn(room.code),
    memberOf(room.code, room.host_id),
    canReturn(room.host_id, now, settings),
  ])
  const isForgotten = !mayReturn
  return { next: succession(room, presences, { member, isForgotten }, now), isForgotten }
}
