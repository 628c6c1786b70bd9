import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { countViewers } from '../../table/connections.ts'
import { roomByCode } from '../../table/rooms.ts'
import { codeOf } from './room-id.ts'

export const preview = serve('rooms/preview', {
  load: async ({ input, now }) => {
    const code = codeOf(input.code)
    const [room, viewers] = await Promise.all([roomByCode(code), countViewers(code, now)])
    return { room, viewers }
  },
  act: ({ now }, loaded) => {
    const { code, name, is_private, entry_mode, guests_allowed, host } = livingRoom(loaded.room, now)
    return { code, name, is_private, entry_mode, guests_allowed, host, viewers: loaded.viewers }
  },
})
