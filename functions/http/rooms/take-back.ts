import { Refusal } from '../../../protocol/refusals.ts'
import { isHost } from '../../domain/rights.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { handOver, repeatHandOver } from '../../room/hand-over.ts'
import { byReturn } from '../../table/hosting.ts'
import { loadRoom } from '../permitted.ts'

/** Gives the room back to the host whose place somebody took while they were away. */
export const takeBack = serve('rooms/take-back', {
  load: loadRoom,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = livingRoom(loaded.room, now)
    if (isHost(room, user.id)) await repeatHandOver(room, user.id, services)
    else {
      if (room.stands_in_for !== user.id) throw new Refusal('not_host')
      const whom = { user_id: room.host_id, name: room.host }
      await audited({ room, what: 'take_back', whom }, () => handOver(room, user.id, byReturn(room, user.id), services))
    }
    return { ok: true as const }
  },
})
