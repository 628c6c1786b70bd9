import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, roomToMute } from './permitted.ts'

export const unmute = serve('rooms/unmute', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const room = roomToMute(user.id, input.user_id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room, what: 'unmute', whom: member }, () => muteMember(room, member, null, services))
    return { ok: true as const }
  },
})
