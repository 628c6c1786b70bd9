import { Refusal } from '../../../protocol/refusals.ts'
import { hasEndedAs, isWaiting } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

export const reject = serve('rooms/reject', {
  load: loadTarget,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    const isRejectable = isWaiting(member, now) || hasEndedAs(member, 'REJECTED', now)
    if (member === undefined || !isRejectable) throw new Refusal('not_pending')
    await audited({ room, what: 'reject', whom: member }, () => removeMember(room, member, 'REJECTED', services))
    return { rejected: true as const }
  },
})
