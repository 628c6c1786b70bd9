import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadTarget, roomToModerate } from './permitted.ts'

export const ban = serve('rooms/ban', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const room = roomToModerate(user.id, input.user_id, loaded, now)
    const { member } = loaded
    // Also somebody who has left, or waits: they are to stay out.
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room, what: 'ban', whom: member }, () => removeMember(room, member, 'BANNED', services))
    return { ok: true as const }
  },
})
