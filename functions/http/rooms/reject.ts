import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { hostedBy, isWaiting, loadTarget } from './hosted.ts'
import { removeMember } from './remove-member.ts'

export const reject = serve('rooms/reject', {
  load: loadTarget,
  act: async ({ user, now }, loaded, { clock }) => {
    const room = hostedBy(user.id, loaded, now)
    if (!isWaiting(loaded.member)) throw new Refusal('not_pending')
    await removeMember(room, loaded.member, 'REJECTED', clock)
    return { rejected: true as const }
  },
})
