import { Refusal } from '../../../protocol/refusals.ts'
import { isUnbanned } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { unban as saveUnban } from '../../table/members.ts'
import { loadTarget, roomWhere } from './permitted.ts'

export const unban = serve('rooms/unban', {
  load: loadTarget,
  act: async ({ input, user, now }, loaded) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    if (!isUnbanned(loaded.member) && !(await saveUnban(room.code, input.user_id, now)))
      throw new Refusal('member_not_found')
    return { ok: true as const }
  },
})
