import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, memberToMute } from '../permitted.ts'

export const unmute = serve('rooms/unmute', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { room, member } = await memberToMute(call, loaded, services.settings)
    await call.audited({ room, what: 'unmute', whom: member }, () => muteMember(room, member, null, services))
    return { ok: true as const }
  },
})
