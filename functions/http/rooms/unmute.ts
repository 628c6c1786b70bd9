import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { muteUntil } from '../../table/members.ts'
import { loadTarget, roomWhere } from './permitted.ts'

export const unmute = serve('rooms/unmute', {
  load: loadTarget,
  act: async ({ input, user, now }, loaded) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    if (!(await muteUntil(room.code, input.user_id, null))) throw new Refusal('member_not_found')
    return { ok: true as const }
  },
})
