import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, roomToMute } from './permitted.ts'

export const mute = serve('rooms/mute', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const room = roomToMute(user.id, input.user_id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    const until = now + input.seconds * 1000
    await audited({ room, what: 'mute', whom: member }, () => muteMember(room, member, until, services))
    return { ok: true as const }
  },
})
