import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { loadTarget } from '../permitted.ts'
import { memberIn } from './member-in.ts'

export const mute = serve('admin/mute', {
  load: loadTarget,
  act: async ({ input, now, audited }, loaded, services) => {
    const { room, member } = memberIn(loaded, now)
    const until = now + input.seconds * 1000
    await audited({ room, what: 'mute', whom: member }, () => muteMember(room, member, until, services))
    return { ok: true as const }
  },
})
