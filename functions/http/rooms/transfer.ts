import { Refusal } from '../../../protocol/refusals.ts'
import { roomUpdated } from '../../domain/room.ts'
import { tellChange } from '../../fanout/tell-change.ts'
import { serve } from '../../middleware/route.ts'
import { markHosting, setHost, unmarkHosting } from '../../table/hosting.ts'
import { memberOf } from '../../table/members.ts'
import { presencesIn } from '../../table/presences.ts'
import { loadTarget, roomWhere } from './permitted.ts'
import { codeOf } from './room-id.ts'

/**
 * Three writes, because the room's row stands in no transaction (decision 0003). First mark the new host, so that nobody
 * removes them. Then change the host, if the caller still hosts. Then remove the former host's mark.
 */
export const transfer = serve('rooms/transfer', {
  load: async (call) => {
    const [target, host] = await Promise.all([
      loadTarget(call),
      memberOf(codeOf(call.input.room_id), call.caller.user_id),
    ])
    return { ...target, host }
  },
  act: async ({ input, user, now }, loaded, services) => {
    const { code } = roomWhere('own', user.id, loaded, now)
    if (input.user_id === user.id) return { ok: true as const }
    const successor = await markHosting(code, input.user_id, now)
    if (successor === undefined) throw new Refusal('member_not_found')
    const room = await setHost(code, user.id, successor)
    if (room === undefined) {
      await unmarkHosting(code, input.user_id, now)
      throw new Refusal('not_host')
    }
    const mark = loaded.host?.hosting_since
    if (mark != null) await unmarkHosting(code, user.id, mark)
    await tellChange(room, [roomUpdated(room, now)], await presencesIn(code), services)
    return { ok: true as const }
  },
})
