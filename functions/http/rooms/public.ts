import { ROOMS_PER_PAGE } from '../../../protocol/limits.ts'
import { isGone, LIVE_FOR_MILLISECONDS } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { countViewers } from '../../table/connections.ts'
import { publicRooms, roomsByCodes } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

const PLACE = /^\d{15}#\w{6}$/

export const publicList = serve('rooms/public', {
  load: ({ input, now }) =>
    publicRooms(now - LIVE_FOR_MILLISECONDS, ROOMS_PER_PAGE + 1, decodeCursor(input.cursor, PLACE)),
  act: async ({ now }, found) => {
    const page = found.slice(0, ROOMS_PER_PAGE)
    const codes = page.map(({ code }) => code)
    const [rooms, viewers] = await Promise.all([
      roomsByCodes(codes),
      Promise.all(codes.map((code) => countViewers(code, now))),
    ])
    const last = page.at(-1)
    return {
      // The index lags a little: a room that has just ended or closed its door is not shown.
      rooms: rooms.flatMap((room, index) => {
        if (room === undefined || isGone(room, now) || room.is_private) return []
        const { code, name, host, created_at } = room
        return [{ code, name, host, viewers: viewers[index] ?? 0, created_at }]
      }),
      next: last !== undefined && found.length > page.length ? encodeCursor(last.active) : null,
    }
  },
})
