import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, memberToMute } from './permitted.ts'

export const mute = serve('rooms/mute', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { input, now, audited } = call
    const { room, member } = await memberToMute(call, loaded, services.settings)
    const until = now + input.seconds * 1000
    await audited({ room, what: 'mute', whom: member }, () => muteMember(room, member, until, services))
    return { ok: true as const }
  },
})
