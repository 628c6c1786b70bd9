import { Refusal } from '../../../protocol/refusals.ts'
import { isHost } from '../../domain/rights.ts'
import { serve } from '../../middleware/route.ts'
import { muteMember } from '../../room/mute-member.ts'
import { roomByCode } from '../../table/rooms.ts'
import { loadTarget, memberToMute } from '../permitted.ts'

export const mute = serve('rooms/mute', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { input, user, now, audited } = call
    const { room, member } = await memberToMute(call, loaded, services.settings)
    const until = now + input.seconds * 1000
    await audited({ room, what: 'mute', whom: member }, async () => {
      await muteMember(room, member, until, services)
      if (member.user_id === user.id) return
      // They may host by now: whoever made them the host has found this mute, or it finds here that they are.
      const latest = await roomByCode(room.code)
      if (latest === undefined || !isHost(latest, member.user_id)) return
      await muteMember(room, member, null, services)
      throw new Refusal('not_host')
    })
    return { ok: true as const }
  },
})
