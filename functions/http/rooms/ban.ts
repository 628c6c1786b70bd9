import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadTarget, roomToModerate } from './permitted.ts'

export const ban = serve('rooms/ban', {
  load: loadTarget,
  act: async ({ input, user, now }, loaded, services) => {
    const room = roomToModerate(user.id, input.user_id, loaded, now)
    // Also somebody who has left, or waits: they are to stay out.
    if (loaded.member === undefined) throw new Refusal('member_not_found')
    await removeMember(room, loaded.member, 'BANNED', services)
    return { ok: true as const }
  },
})
