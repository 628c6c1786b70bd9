import { ROOMS_PER_PAGE } from '../../../protocol/limits.ts'
import { isHost } from '../../domain/rights.ts'
import { hasEnded } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { roomsOfUser, type UserRoom } from '../../table/users.ts'
import { decodeCursor, encodeCursor, ROOM_PLACE, roomPlace } from '../cursor.ts'

const placeOf = ({ joined_at, code }: UserRoom): string => roomPlace(joined_at, code)

export const mine = serve('rooms/mine', {
  load: ({ caller }) => roomsOfUser(caller.user_id),
  act: async ({ input, user, now }, joined) => {
    const before = decodeCursor(input.cursor, ROOM_PLACE)
    const following = joined
      .filter((one) => !one.is_pending && (before === undefined || placeOf(one) < before))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
    const page = following.slice(0, ROOMS_PER_PAGE)
    const rooms = await roomsByCodes(page.map(({ code }) => code))
    const last = page.at(-1)
    return {
      rooms: page.flatMap(({ joined_at }, index) => {
        const room = rooms[index]
        if (room === undefined || hasEnded(room, now)) return []
        const { code, name, is_private, entry_mode, host, created_at } = room
        const is_host = isHost(room, user.id)
        return [{ room_id: code, code, name, is_private, entry_mode, host, is_host, created_at, joined_at }]
      }),
      next: last !== undefined && following.length > page.length ? encodeCursor(placeOf(last)) : null,
    }
  },
})
