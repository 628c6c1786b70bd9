import { MEMBERS_PER_PAGE } from '../../../protocol/limits.ts'
import { may } from '../../domain/rights.ts'
import { shownMember } from '../../domain/shown-member.ts'
import { peopleIn } from '../../domain/snapshot.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { membersIn } from '../../table/member-lists.ts'
import { presencesIn } from '../../table/presences.ts'
import { decodeCursor, encodeCursor, ID_PLACE } from '../cursor.ts'
import { roomOfMember } from '../permitted.ts'
import { codeOf } from '../room-id.ts'

export const participants = serve('rooms/participants', {
  load: async ({ input, caller }) => {
    const code = codeOf(input.room_id)
    // Before any read begins: a cursor that is none is refused.
    const after = decodeCursor(input.cursor, ID_PLACE)
    const [access, page, presences] = await allOf([
      roomAndMember(code, caller.user_id),
      membersIn(code, MEMBERS_PER_PAGE, after),
      presencesIn(code),
    ])
    return { ...access, page, presences }
  },
  act: ({ user, now }, { page, presences, ...loaded }) => {
    const room = roomOfMember(user.id, loaded, now)
    const online = peopleIn(presences, now)
    const seesAll = may('moderate', room, user.id)
    const shown = page.members.filter((one) => seesAll || one.status === 'APPROVED')
    return {
      participants: shown.map((one) => shownMember(room, one, online.has(one.user_id), now)),
      next: page.last === null ? null : encodeCursor(page.last),
    }
  },
})
