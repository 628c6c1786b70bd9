import { Refusal } from '../../../protocol/refusals.ts'
import { isHost, isStoodInFor } from '../../domain/rights.ts'
import { livingRoom, type Room } from '../../domain/room.ts'
import { tellFacts } from '../../fanout/tell-facts.ts'
import { serve } from '../../middleware/route.ts'
import { offerRoom } from '../../table/hosting.ts'
import { memberOf } from '../../table/members.ts'
import { forgetRole } from '../../table/roles.ts'
import { loadTarget, roomWhere } from '../permitted.ts'

/**
 * Whether the offer was accepted already, before the caller asked for it again. A host whose place was taken has offered
 * nothing.
 */
const hasChangedHands = (room: Room, from: string, to: string): boolean =>
  room.former_host_id === from && isHost(room, to) && !isStoodInFor(room, from)

/** Offers the room to a member; to oneself: to nobody any more. It changes hands when they accept. */
export const transfer = serve('rooms/transfer', {
  load: loadTarget,
  act: async ({ input, user, now, audited }, { member, ...loaded }, services) => {
    if (hasChangedHands(livingRoom(loaded.room, now), user.id, input.user_id)) return { ok: true as const }
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
