import { parseRoomCode } from '../../../protocol/ids.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { roomByCode } from '../../table/rooms.ts'
import { codeOf } from '../room-id.ts'

/** Like the name of a route, as `search`; the codes that people mistype come in upper case, or hold a digit. */
const WORD = /^[a-z][a-z_-]*$/

export const preview = serve('rooms/preview', {
  load: async ({ input, now }) => {
    if (WORD.test(input.code) && parseRoomCode(input.code) === undefined) throw new Refusal('not_found')
    const code = codeOf(input.code)
    const [room, viewers] = await allOf([roomByCode(code), countViewers(code, now)])
    return { room, viewers }
  },
  act: ({ now }, loaded) => {
    const { code, name, is_private, entry_mode, guests_allowed, is_locked, host } = livingRoom(loaded.room, now)
    return { code, name, is_private, entry_mode, guests_allowed, is_locked, host, viewers: loaded.viewers }
  },
})
