import { Refusal } from '../../../protocol/refusals.ts'
import { isHost } from '../../domain/rights.ts'
import { tellFacts } from '../../fanout/tell-facts.ts'
import { serve } from '../../middleware/route.ts'
import { offerRoom } from '../../table/hosting.ts'
import { memberOf } from '../../table/members.ts'
import { forgetRole } from '../../table/roles.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

/** Offers the room to a member; to oneself: to nobody any more. It changes hands when they accept. */
export const transfer = serve('rooms/transfer', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, { member, ...loaded }, services) => {
    const before = roomWhere('own', user.id, loaded, now)
    const isTakenBack = input.user_id === user.id
    if (!isTakenBack && member?.status !== 'APPROVED') throw new Refusal('member_not_found')
    const about =
      isTakenBack || member === undefined
        ? { what: 'withdraw_transfer' as const }
        : { what: 'transfer' as const, whom: member }
    await audited({ room: before, ...about }, async () => {
      const room = await offerRoom(before.code, user.id, isTakenBack ? null : input.user_id)
      if (room === undefined || !isHost(room, user.id)) throw new Refusal('not_host')
      if (!isTakenBack && (await memberOf(room.code, input.user_id))?.status !== 'APPROVED') {
        // They left, or were removed, at the same moment: whoever removed them may not have seen the offer.
        await forgetRole(room.code, input.user_id)
        throw new Refusal('member_not_found')
      }
      await tellFacts(room, services)
    })
    return { ok: true as const }
  },
})
