import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { closeRoom } from '../../presence/send-away.ts'
import { endRoom } from '../../table/endings.ts'
import { roomByCode } from '../../table/rooms.ts'
import { roomWhere } from './permitted.ts'
import { codeOf } from './room-id.ts'

export const deleteRoom = serve('rooms/delete', {
  load: async ({ input }) => ({ room: await roomByCode(codeOf(input.room_id)) }),
  act: async ({ user, now }, loaded, services) => {
    const { code } = roomWhere('own', user.id, loaded, now)
    const outcome = await endRoom(code, user.id, now)
    if (outcome !== 'ended') throw new Refusal(outcome === 'ended before' ? 'room_not_found' : 'not_host')
    // Members, names and messages go in the background: see background/sweep.
    await closeRoom(code, services)
    return { status: 'room_deleted' as const }
  },
})
