import { Refusal } from '../../../protocol/refusals.ts'
import { isShutOut, type Member, wasKicked, wasLifted } from '../../domain/membership.ts'
import type { Room } from '../../domain/room.ts'
import type { Runtime } from '../../fanout/runtime.ts'
import { serve } from '../../middleware/route.ts'
import { letBack } from '../../room/let-back.ts'
import { lift, memberOf } from '../../table/members.ts'
import { forgetTraces } from '../../table/traces.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

const wasBanned = ({ status, status_before }: Member): boolean =>
  (status === 'LEFT' ? status_before : status) === 'BANNED'

/**
 * Whoever was a member when they were kicked is one again.
 * @throws Refusal member_not_found, conflict
 */
const save = async (room: Room, member: Member, runtime: Runtime): Promise<void> => {
  const now = runtime.clock()
  if (wasLifted(member)) {
    // They may have been shut out anew since the row was read: that is not lifted.
    if (isShutOut(await memberOf(room.code, member.user_id), now)) throw new Refusal('conflict')
    return
  }
  if (!isShutOut(member, now)) throw new Refusal('member_not_found')
  if (wasKicked(member) && (await letBack(room, member, runtime))) return
  if (await lift(room.code, member, now)) return
  // Another call came first. It may have been this one.
  if (!wasLifted(await memberOf(room.code, member.user_id))) throw new Refusal('conflict')
}

export const unban = serve('rooms/unban', {
  load: loadTarget,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room, what: 'unban', whom: member }, async () => {
      // Nobody else has to wait because of them any more. First: once they are let off they may come back, and then
      // this call, asked again because it ended in between, finds nothing to lift.
      if (wasBanned(member)) await forgetTraces(room.code, member)
      await save(room, member, services)
    })
    return { ok: true as const }
  },
})
