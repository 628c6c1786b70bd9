import { roomDetail } from '../../domain/room.ts'
import { assertNotServiceBanned } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { doorTo } from '../door.ts'
import { roomOfMember } from '../permitted.ts'
import { codeOf } from '../room-id.ts'

export const detail = serve('rooms/detail', {
  load: async (call, { settings }) => {
    const { input, caller, now } = call
    const code = codeOf(input.code)
    const [access, viewers, { isRefused }] = await allOf([
      roomAndMember(code, caller.user_id),
      countViewers(code, now),
      doorTo(call, settings),
    ])
    return { ...access, viewers, isRefused }
  },
  act: ({ user, now }, loaded) => {
    const room = roomOfMember(user.id, loaded, now)
    // A client whose handshake failed asks here why. Without this it would dial for as long as the ban lasts.
    assertNotServiceBanned(loaded, user)
    return roomDetail(room, user.id, loaded.viewers)
  },
})
