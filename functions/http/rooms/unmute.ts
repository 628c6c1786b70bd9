import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, memberToMute } from '../permitted.ts'

export const unmute = serve('rooms/unmute', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { room, member } = await memberToMute(call, loaded, services.settings)
    const about = { room, what: 'unmute', whom: member } as const
    await call.audited(about, () => muteMember(room, member, { until: null, by: call.user.id }, services))
    return { ok: true as const }
  },
})
