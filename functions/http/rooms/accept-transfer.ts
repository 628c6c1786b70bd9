import { Refusal } from '../../../protocol/refusals.ts'
import { isBarred, isHost } from '../../domain/rights.ts'
import { livingRoom } from '../../domain/room.ts'
import { tellFacts } from '../../fanout/tell-facts.ts'
import { serve } from '../../middleware/route.ts'
import { assertPace } from '../../room/assert-pace.ts'
import { handOver, repeatHandOver } from '../../room/hand-over.ts'
import { byOffer, declineRoom } from '../../table/hosting.ts'
import { loadOwn } from '../permitted.ts'

/** Answers the host's offer of the room. */
export const acceptTransfer = serve('rooms/accept-transfer', {
  load: loadOwn,
  act: async ({ input, user, now, audited }, loaded, services) => {
    const room = livingRoom(loaded.room, now)
    const hasDeclined = room.declined_by === user.id && loaded.member?.status === 'APPROVED'
    // Nothing that somebody sends who is being removed counts.
    const isOffered = room.offered_to === user.id && !isBarred(room, user.id)
    // Asked again: it was answered so before, and the function that did so may have ended before it told.
    if (input.accept && isHost(room, user.id) && room.former_host_id !== undefined)
      await repeatHandOver(room, user.id, services)
    else if (!input.accept && !isOffered && hasDeclined) {
      await assertPace(room.code, user.id, services)
      await tellFacts(room, services)
    } else if (!isOffered) throw new Refusal('not_offered')
    else {
      const whom = { user_id: room.host_id, name: room.host }
      await audited({ room, what: input.accept ? 'accept_transfer' : 'decline_transfer', whom }, async () => {
        if (input.accept) await handOver(room, user.id, byOffer(room, user.id), services)
        else await tellFacts((await declineRoom(room.code, user.id)) ?? room, services)
      })
    }
    return { ok: true as const }
  },
})
