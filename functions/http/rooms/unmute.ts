import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { tellMuted } from '../../room/tell-muted.ts'
import { muteUntil } from '../../table/members.ts'
import { loadTarget, roomWhere } from './permitted.ts'

export const unmute = serve('rooms/unmute', {
  load: loadTarget,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room, what: 'unmute', whom: member }, async () => {
      if (!(await muteUntil(room.code, member.user_id, null))) throw new Refusal('member_not_found')
      await tellMuted(room, member, null, services)
    })
    return { ok: true as const }
  },
})
