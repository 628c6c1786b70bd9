import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { muteUntil } from '../../table/members.ts'
import { loadTarget, roomToModerate } from './permitted.ts'

export const mute = serve('rooms/mute', {
  load: loadTarget,
  act: async ({ input, user, now }, loaded) => {
    const room = roomToModerate(user.id, input.user_id, loaded, now)
    if (!(await muteUntil(room.code, input.user_id, now + input.seconds * 1000))) throw new Refusal('member_not_found')
    return { ok: true as const }
  },
})
