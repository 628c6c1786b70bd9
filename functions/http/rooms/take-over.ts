import { assertMayTakeOver } from '../../domain/absence.ts'
import { isHost } from '../../domain/rights.ts'
import { serve } from '../../middleware/route.ts'
import { handOver, repeatHandOver } from '../../room/hand-over.ts'
import { successionIn } from '../../room/succession-in.ts'
import { byAbsence } from '../../table/hosting.ts'
import { loadOwn, roomOfMember } from '../permitted.ts'

/** Hosts the room in the place of a host who is away. Of several who ask at once, one gets it. */
export const takeOver = serve('rooms/take-over', {
  load: loadOwn,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomOfMember(user.id, loaded, now)
    if (isHost(room, user.id)) await repeatHandOver(room, user.id, services)
    else {
      const { next, returning } = await successionIn(room, now, services.settings)
      assertMayTakeOver(next, user.id)
      const whom = { user_id: room.host_id, name: room.host }
      await audited({ room, what: 'take_over', whom }, () =>
        handOver(room, user.id, byAbsence(room, user.id, returning), services),
      )
    }
    return { ok: true as const }
  },
})
