import { succession } from '../domain/absence.ts'
import type { Room } from '../domain/room.ts'
import { allOf } from '../table/all-of.ts'
import { memberOf } from '../table/members.ts'
import { presencesIn } from '../table/presences.ts'
import { canReturn } from '../table/returning.ts'
import { mayTakeBack } from './may-take-back.ts'

/**
 * `next`: who may take the room over now. `returning`: who may have it back from them, null where nobody can come back.
 * `owner`: who may have it back from the present host, null where nobody may.
 */
export const successionIn = async (room: Room, now: number, settings: { TOKEN_HOURS: number }) => {
  const { code, host_id, stands_in_for: owner } = room
  const [presences, member, mayReturn, isOwners] = await allOf([
    presencesIn(code),
    memberOf(code, host_id),
    canReturn(host_id, now, settings),
    owner === null ? false : memberOf(code, owner).then((one) => mayTakeBack(room, one, now, settings)),
  ])
  return {
    next: succession(room, presences, { member, isForgotten: !mayReturn }, now),
    returning: isOwners ? owner : mayReturn ? host_id : null,
    owner: isOwners ? owner : null,
  }
}
