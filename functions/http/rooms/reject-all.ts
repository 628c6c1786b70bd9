import { serve } from '../../middleware/route.ts'
import { declineAll } from '../../room/settle-waiting.ts'
import { loadRoom, roomWhere } from '../permitted.ts'

export const rejectAll = serve('rooms/reject-all', {
  load: loadRoom,
  act: async ({ user, now, audited }, loaded, services) => {
    const room = roomWhere('moderate', user.id, loaded, now)
    return { rejected: await audited({ room, what: 'reject_all' }, () => declineAll(room, services)) }
  },
})
