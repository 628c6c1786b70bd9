import { MEMBERS_PER_PAGE } from '../../../protocol/limits.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { shownMember } from '../../domain/shown-member.ts'
import { peopleIn } from '../../domain/snapshot.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { membersIn } from '../../table/member-lists.ts'
import { presencesIn } from '../../table/presences.ts'
import { roomByCode } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor, ID_PLACE } from '../cursor.ts'
import { codeOf } from '../room-id.ts'

export const members = serve('admin/members', {
  load: ({ input }) => {
    const code = codeOf(input.room_id)
    const after = decodeCursor(input.cursor, ID_PLACE)
    return allOf([roomByCode(code), presencesIn(code), membersIn(code, MEMBERS_PER_PAGE, after)])
  },
  act: ({ now }, [room, presences, page]) => {
    if (room === undefined) throw new Refusal('room_not_found')
    const online = peopleIn(presences, now)
    return {
      members: page.members.map((one) => shownMember(room, one, online.has(one.user_id), now)),
      next: page.last === null ? null : encodeCursor(page.last),
    }
  },
})
