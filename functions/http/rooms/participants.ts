import { MEMBERS_PER_PAGE } from '../../../protocol/limits.ts'
import type { MembershipStatus } from '../../../protocol/member.ts'
import { assertMember, isWaiting, type Member } from '../../domain/membership.ts'
import { isPresent } from '../../domain/presence.ts'
import { isHost, may } from '../../domain/rights.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { membersIn } from '../../table/members.ts'
import { presencesIn } from '../../table/presences.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { codeOf } from './room-id.ts'

const USER_ID = /^[\w-]{1,64}$/

/** Whose wish is over does not wait, although nobody has written it. */
const shownStatus = (member: Member, now: number): MembershipStatus =>
  member.status === 'PENDING' && !isWaiting(member, now) ? 'LEFT' : member.status

export const participants = serve('rooms/participants', {
  load: async ({ input, caller }) => {
    const code = codeOf(input.room_id)
    // Before any read begins: a cursor that is none is refused.
    const after = decodeCursor(input.cursor, USER_ID)
    const [access, page, presences] = await allOf([
      roomAndMember(code, caller.user_id),
      membersIn(code, MEMBERS_PER_PAGE, after),
      presencesIn(code),
    ])
    return { ...access, page, presences }
  },
  act: ({ user, now }, { member, page, presences, ...loaded }) => {
    const room = livingRoom(loaded.room, now)
    assertMember(room, member, user.id)
    const online = new Set(presences.filter((one) => isPresent(one, now)).map((one) => one.user_id))
    const seesAll = may('moderate', room, user.id)
    const shown = page.members.filter((one) => seesAll || one.status === 'APPROVED')
    return {
      participants: shown.map((one) => ({
        id: one.user_id,
        display_name: one.name,
        status: shownStatus(one, now),
        is_host: isHost(room, one.user_id),
        is_guest: one.is_guest,
        online: online.has(one.user_id),
        muted_until: one.muted_until !== null && one.muted_until > now ? one.muted_until : null,
        status_at: one.status_at,
      })),
      next: page.last === null ? null : encodeCursor(page.last),
    }
  },
})
