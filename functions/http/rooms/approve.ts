import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { tellWaiting } from '../../room/tell-waiting.ts'
import { approve as saveApproval } from '../../table/members.ts'
import { isWaiting, loadTarget, roomWhere } from './permitted.ts'

export const approve = serve('rooms/approve', {
  load: loadTarget,
  act: async ({ user, now }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (!isWaiting(member) || !(await saveApproval(room.code, member, now))) throw new Refusal('not_pending')
    await tellWaiting(room, member, 'APPROVED', services)
    return { approved: true as const }
  },
})
