import { Refusal } from '../../../protocol/refusals.ts'
import { hasEndedAs, holdsName } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember as remove } from '../../room/remove-member.ts'
import { loadTarget } from '../permitted.ts'
import { memberIn } from './member-in.ts'

export const removeMember = serve('admin/remove-member', {
  load: loadTarget,
  act: async ({ now, audited }, loaded, services) => {
    const { room, member } = memberIn(loaded, now)
    if (!holdsName(member) && !hasEndedAs(member, 'KICKED', now)) throw new Refusal('member_not_found')
    await audited({ room, what: 'kick', whom: member }, () => remove(room, member, 'KICKED', services))
    return { ok: true as const }
  },
})
