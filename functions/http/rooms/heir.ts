import { serve } from '../../middleware/route.ts'
import { successionIn } from '../../room/succession-in.ts'
import { loadOwn, roomOfMember } from '../permitted.ts'

export const heir = serve('rooms/heir', {
  load: loadOwn,
  act: async ({ user, now }, loaded, { settings }) => {
    const room = roomOfMember(user.id, loaded, now)
    const { next, owner } = await successionIn(room, now, settings)
    return { user_id: next.isHere ? null : (next.heir ?? null), returning: owner }
  },
})
