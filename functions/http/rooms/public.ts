import { PUBLIC_ROOMS_COUNTED, PUBLIC_ROOMS_SECONDS } from '../../../protocol/limits.ts'
import { hasEnded, LIVE_FOR_MS, type Room } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { publicRooms } from '../../table/room-lists.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor, ROOM_PLACE } from './cursor.ts'

/** One person with many rooms does not fill the list. */
const firstOfEachHost = (rooms: readonly Room[]): Room[] => {
  const hosts = rooms.map(({ host_id }) => host_id)
  return rooms.filter(({ host_id }, place) => hosts.indexOf(host_id) === place)
}

export const publicList = serve('rooms/public', {
  publicForSeconds: PUBLIC_ROOMS_SECONDS,
  load: ({ input, now }) =>
    publicRooms(now - LIVE_FOR_MS, PUBLIC_ROOMS_COUNTED + 1, decodeCursor(input.cursor, ROOM_PLACE)),
  act: async ({ now }, found) => {
    const counted = found.slice(0, PUBLIC_ROOMS_COUNTED)
    const viewers = new Map(
      await allOf(counted.map(async ({ code }) => [code, await countViewers(code, now)] as const)),
    )
    const viewersOf = (code: string) => viewers.get(code) ?? 0
    // Nobody comes to an empty room.
    const peopled = counted.map(({ code }) => code).filter((code) => viewersOf(code) > 0)
    // The index lags a little: a room that has just ended or left the list is not shown. Nor is one that lets nobody in.
    const shown = (await roomsByCodes(peopled))
      .filter((room) => room !== undefined)
      .filter((room) => !hasEnded(room, now) && room.is_listed && !room.is_locked)
    // Rooms with as many people stay in the order of their latest activity.
    const rooms = firstOfEachHost(shown.toSorted((a, b) => viewersOf(b.code) - viewersOf(a.code)))
    const last = counted.at(-1)
    return {
      rooms: rooms.map(({ code, name, host, created_at }) => ({
        code,
        name,
        host,
        viewers: viewersOf(code),
        created_at,
      })),
      next: last !== undefined && found.length > counted.length ? encodeCursor(last.active) : null,
    }
  },
})
