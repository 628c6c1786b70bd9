import { Refusal } from '../../../protocol/refusals.ts'
import { isShutOut, type Member, tracesIn, wasLifted } from '../../domain/membership.ts'
import { serve } from '../../middleware/route.ts'
import { lift, memberOf } from '../../table/members.ts'
import { forgetTraces } from '../../table/traces.ts'
import { loadTarget, roomWhere } from './permitted.ts'

const wasBanned = ({ status, status_before }: Member): boolean =>
  (status === 'LEFT' ? status_before : status) === 'BANNED'

/** @throws Refusal member_not_found, conflict */
const save = async (code: string, member: Member, now: number): Promise<void> => {
  if (wasLifted(member)) return
  if (!isShutOut(member, now)) throw new Refusal('member_not_found')
  if (await lift(code, member, now)) return
  // Another call came first. It may have been this one.
  if (!wasLifted(await memberOf(code, member.user_id))) throw new Refusal('conflict')
}

export const unban = serve('rooms/unban', {
  load: loadTarget,
  act: async ({ user, now, audited }, loaded) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    const { member } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room, what: 'unban', whom: member }, async () => {
      await save(room.code, member, now)
      // Nobody else has to wait because of them any more.
      if (wasBanned(member)) await forgetTraces(room.code, tracesIn(member), member.user_id)
    })
    return { ok: true as const }
  },
})
