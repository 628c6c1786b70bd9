import { assertMember } from '../../domain/membership.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { successionIn } from '../../room/succession-in.ts'
import { roomAndMember } from '../../table/access.ts'
import { codeOf } from './room-id.ts'

export const heir = serve('rooms/heir', {
  load: ({ input, caller }) => roomAndMember(codeOf(input.room_id), caller.user_id),
  act: async ({ user, now }, loaded, { settings }) => {
    const room = livingRoom(loaded.room, now)
    assertMember(room, loaded.member, user.id)
    const { next, owner } = await successionIn(room, now, settings)
    return { user_id: next.isHere ? null : (next.heir ?? null), returning: owner }
  },
})
