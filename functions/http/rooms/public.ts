import { PUBLIC_ROOMS_COUNTED, PUBLIC_ROOMS_SECONDS } from '../../../protocol/limits.ts'
import { hasEnded, LIVE_FOR_MS } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { publicRooms } from '../../table/room-lists.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

const PLACE = /^\d{15}#\w{6}$/

export const publicList = serve('rooms/public', {
  publicForSeconds: PUBLIC_ROOMS_SECONDS,
  load: ({ input, now }) => publicRooms(now - LIVE_FOR_MS, PUBLIC_ROOMS_COUNTED + 1, decodeCursor(input.cursor, PLACE)),
  act: async ({ now }, found) => {
    const counted = found.slice(0, PUBLIC_ROOMS_COUNTED)
    const viewers = new Map(
      await allOf(counted.map(async ({ code }) => [code, await countViewers(code, now)] as const)),
    )
    const viewersOf = (code: string) => viewers.get(code) ?? 0
    // Nobody comes to an empty room.
    const peopled = counted.map(({ code }) => code).filter((code) => viewersOf(code) > 0)
    const rooms = (await roomsByCodes(peopled)).flatMap((room) => {
      // The index lags a little: a room that has just ended or left the list is not shown. Nor is one that lets nobody in.
      if (room === undefined || hasEnded(room, now) || !room.is_listed || room.is_locked) return []
      const { code, name, host, created_at } = room
      return [{ code, name, host, viewers: viewersOf(code), created_at }]
    })
    const last = counted.at(-1)
    return {
      // Rooms with as many people stay in the order of their latest activity.
      rooms: rooms.sort((a, b) => b.viewers - a.viewers),
      next: last !== undefined && found.length > counted.length ? encodeCursor(last.active) : null,
    }
  },
})
