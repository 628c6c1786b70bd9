import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget } from '../permitted.ts'
import { memberIn } from './member-in.ts'

export const unmute = serve('admin/unmute', {
  load: loadTarget,
  act: async ({ now, audited }, loaded, services) => {
    const { room, member } = memberIn(loaded, now)
    await audited({ room, what: 'unmute', whom: member }, () => muteMember(room, member, null, services))
    return { ok: true as const }
  },
})
