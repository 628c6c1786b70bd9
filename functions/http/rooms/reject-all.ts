import { serve } from '../../middleware/route.ts'
import { declineAll } from '../../room/settle-waiting.ts'
import { roomByCode } from '../../table/rooms.ts'
import { roomWhere } from './permitted.ts'
import { codeOf } from './room-id.ts'

export const rejectAll = serve('rooms/reject-all', {
  load: async ({ input }) => ({ room: await roomByCode(codeOf(input.room_id)) }),
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    return { rejected: await audited({ room, what: 'reject_all' }, () => declineAll(room, services)) }
  },
})
