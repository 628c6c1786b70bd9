import type { DecisionName } from '../../../protocol/decisions.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { GivenRole, MemberRole } from '../../../protocol/roles.ts'
import { assertMay, isBarred, isHost, roleOf } from '../../domain/rights.ts'
import { livingRoom, type Room } from '../../domain/room.ts'
import { tellFacts } from '../../fanout/tell-facts.ts'
import { serve } from '../../middleware/route.ts'
import { endStaleBarOf } from '../../presence/lose-role.ts'
import { memberOf } from '../../table/members.ts'
import { type Appointing, appoint, dismiss, forgetRole } from '../../table/roles.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

/** What the audit calls giving a role. */
const decisionOf = { cohost: 'appoint', participant: 'dismiss' } as const satisfies Record<MemberRole, DecisionName>

/** What giving a role is refused with where as many have it as may. */
const whenFull: Record<GivenRole, () => Refusal> = { cohost: () => new Refusal('too_many_cohosts') }

/** The room after it. @throws Refusal room_not_found, not_host, conflict, too_many_cohosts, member_not_found */
const give = async (appointing: Appointing, role: MemberRole, now: number): Promise<Room> => {
  const { code, from, userId } = appointing
  const { isDone, room: after } = role === 'participant' ? await dismiss(appointing) : await appoint(appointing, role)
  const room = livingRoom(after, now)
  if (!isDone) assertMay('own', room, from)
  if (!isDone && isBarred(room, userId)) throw new Refusal('conflict')
  if (!isDone && role !== 'participant') throw whenFull[role]()
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
    await audited({ room: before, what: decisionOf[input.role], whom: member }, async () => {
      await endStaleBarOf(before, member.user_id, services)
      const room = await give({ code: before.code, from: user.id, userId: member.user_id }, input.role, now)
      await tellFacts(room, services)
    })
    return { ok: true as const }
  },
})
