import { Refusal } from '../../../protocol/refusals.ts'
import { whoMay } from '../../domain/rights.ts'
import { tellRoom } from '../../fanout/tell-room.ts'
import { serve } from '../../middleware/route.ts'
import { approve as saveApproval } from '../../table/members.ts'
import { isWaiting, loadTarget, roomWhere } from './permitted.ts'

export const approve = serve('rooms/approve', {
  load: loadTarget,
  act: async ({ user, now }, loaded, { clock }) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (!isWaiting(member) || !(await saveApproval(room.code, member, now))) throw new Refusal('not_pending')
    const event = {
      type: 'JOIN_RESOLVED' as const,
      user: member.name,
      user_id: member.user_id,
      status: 'APPROVED' as const,
    }
    await tellRoom(room.code, { event, to: { only: whoMay('moderate', room) } }, clock)
    return { approved: true as const }
  },
})
