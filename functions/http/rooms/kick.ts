import { Refusal } from '../../../protocol/refusals.ts'
import { hasEndedAs } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadTarget, roomWhere } from './permitted.ts'

export const kick = serve('rooms/kick', {
  load: loadTarget,
  act: async ({ user, now }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    const isKickable = member?.status === 'APPROVED' || hasEndedAs(member, 'KICKED', now)
    if (member === undefined || !isKickable) throw new Refusal('member_not_found')
    await removeMember(room, member, 'KICKED', services)
    return { ok: true as const }
  },
})
