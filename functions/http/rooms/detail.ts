import { assertMember } from '../../domain/membership.ts'
import { livingRoom, roomDetail } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { codeOf } from './room-id.ts'

export const detail = serve('rooms/detail', {
  load: async ({ input, caller, now }) => {
    const code = codeOf(input.code)
    const [access, viewers] = await allOf([roomAndMember(code, caller.user_id), countViewers(code, now)])
    return { ...access, viewers }
  },
  act: ({ user, now }, loaded) => {
    const room = livingRoom(loaded.room, now)
    assertMember(room, loaded.member, user.id)
    return roomDetail(room, user.id, loaded.viewers)
  },
})
