import { Refusal } from '../../../protocol/refusals.ts'
import type { MemberRole } from '../../../protocol/roles.ts'
import { assertMay, isHost, roleOf } from '../../domain/rights.ts'
import type { Room } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { endLeftBars } from '../../presence/lose-role.ts'
import { tellFacts } from '../../room/hand-over.ts'
import { memberOf } from '../../table/members.ts'
import { appointCohost, dismissCohost, forgetRole } from '../../table/roles.ts'
import { loadTarget, roomWhere } from './permitted.ts'

/** How each role is given, and what the audit calls it. */
const giving = {
  cohost: { save: appointCohost, what: 'appoint' },
  participant: { save: dismissCohost, what: 'dismiss' },
} as const satisfies Record<MemberRole, unknown>

/** The room after it. @throws Refusal not_host, too_many_cohosts, member_not_found */
const give = async (code: string, from: string, userId: string, role: MemberRole): Promise<Room> => {
  const { isDone, room } = await giving[role].save({ code, from, userId })
  if (room === undefined) throw new Refusal('room_not_found')
  if (!isDone) {
    assertMay('own', room, from)
    throw new Refusal('too_many_cohosts')
  }
  if (role === 'participant' || (await memberOf(code, userId))?.status === 'APPROVED') return room
  // They left, or were removed, at the same moment: whoever removed them may not have seen the role.
  await forgetRole(code, userId)
  throw new Refusal('member_not_found')
}

/** Makes a member a co-host, or a participant again. Asked again, the room hears it again. */
export const role = serve('rooms/role', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const before = roomWhere('own', user.id, loaded, now)
    if (isHost(before, input.user_id))
      throw new Refusal('invalid_field', { message: 'The field "user_id" is not valid: this person hosts the room.' })
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    const hasNone = roleOf(before, member.user_id) === 'participant'
    if (member.status !== 'APPROVED' && hasNone) throw new Refusal('member_not_found')
    await audited({ room: before, what: giving[input.role].what, whom: member }, async () => {
      await endLeftBars(before, services)
      const room = await give(before.code, user.id, member.user_id, input.role)
      await tellFacts(room, services)
    })
    return { ok: true as const }
  },
})
