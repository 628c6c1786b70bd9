import { Refusal } from '../../../protocol/refusals.ts'
import { isWaiting, type Member, wasLetIn } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { tellWaiting } from '../../room/tell-waiting.ts'
import { memberOf, approve as saveApproval } from '../../table/members.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

/** The member, once they are let in, now or by the same call before. Undefined where they do not wait. */
const letIn = async (code: string, member: Member, now: number): Promise<Member | undefined> => {
  if (wasLetIn(member)) return member
  if (!isWaiting(member, now)) return undefined
  if (await saveApproval(code, member, now)) return member
  // Another answer came first. It may have been this one.
  const latest = await memberOf(code, member.user_id)
  return wasLetIn(latest) ? latest : undefined
}

export const approve = serve('rooms/approve', {
  load: loadTarget,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('not_pending')
    await audited({ room, what: 'approve', whom: member }, async () => {
      const approved = await letIn(room.code, member, now)
      if (approved === undefined) throw new Refusal('not_pending')
      await tellWaiting(room, approved, 'APPROVED', services)
    })
    return { approved: true as const }
  },
})
