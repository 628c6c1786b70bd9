import { Refusal } from '../../../protocol/refusals.ts'
import { hasEndedAs } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadTarget, roomToModerate } from '../permitted.ts'

export const kick = serve('rooms/kick', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const room = roomToModerate(user.id, input.user_id, loaded, now)
    const { member } = loaded
    const isKickable = member?.status === 'APPROVED' || hasEndedAs(member, 'KICKED', now)
    if (member === undefined || !isKickable) throw new Refusal('member_not_found')
    await audited({ room, what: 'kick', whom: member }, () =>
      removeMember(room, member, 'KICKED', services, { by: user.id }),
    )
    return { ok: true as const }
  },
})
