import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget, memberToMute } from '../permitted.ts'

export const mute = serve('rooms/mute', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { input, user, now, audited } = call
    const { room, member } = await memberToMute(call, loaded, services.settings)
    const until = now + input.seconds * 1000
    const about = { room, what: 'mute', whom: member } as const
    await audited(about, () => muteMember(room, member, { until, by: user.id }, services))
    return { ok: true as const }
  },
})
