import {
  PUBLIC_ROOMS_COUNTED,
  PUBLIC_ROOMS_ENOUGH,
  PUBLIC_ROOMS_LOOKED_AT,
  PUBLIC_ROOMS_SECONDS,
} from '../../../protocol/limits.ts'
import { hasEnded, LIVE_FOR_MS, type Room } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { countViewers } from '../../table/presences.ts'
import { publicRooms } from '../../table/room-lists.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor, ROOM_PLACE } from '../cursor.ts'

type Peopled = { room: Room; viewers: number }

/** Those of the rooms that may be shown and have somebody inside. */
const peopledAmong = async (codes: readonly string[], now: number): Promise<Peopled[]> => {
  const counts = await allOf(codes.map(async (code) => ({ code, viewers: await countViewers(code, now) })))
  // Nobody comes to an empty room.
  const peopled = counts.filter(({ viewers }) => viewers > 0)
  const rooms = await roomsByCodes(peopled.map(({ code }) => code))
  return (
    peopled
      .map(({ viewers }, place) => ({ room: rooms[place], viewers }))
      .filter((found): found is Peopled => found.room !== undefined)
      // The index lags a little: a room that has just ended or left the list is not shown. Nor is one that lets nobody in.
      .filter(({ room }) => !hasEnded(room, now) && room.is_listed && !room.is_locked)
  )
}

/** Most people first, and of each host one: a person with many rooms does not fill the list. */
const firstOfEachHost = (found: readonly Peopled[]): Peopled[] => {
  // Rooms with as many people stay in the order of their latest activity.
  const sorted = found.toSorted((a, b) => b.viewers - a.viewers)
  const hosts = sorted.map(({ room }) => room.host_id)
  return sorted.filter(({ room }, place) => hosts.indexOf(room.host_id) === place)
}

/**
 * A page of these rooms, and how many of them it covers. Empty rooms cost nothing to make, so a page that they leave nearly
 * empty reads on; it never shows more than are counted at once.
 */
const pageOf = async (codes: readonly string[], now: number): Promise<{ shown: Peopled[]; covered: number }> => {
  let shown: Peopled[] = []
  let covered = 0
  while (covered < codes.length && shown.length < PUBLIC_ROOMS_ENOUGH) {
    const step = codes.slice(covered, covered + PUBLIC_ROOMS_COUNTED - shown.length)
    shown = firstOfEachHost([...shown, ...(await peopledAmong(step, now))])
    covered += step.length
  }
  return { shown, covered }
}

export const publicList = serve('rooms/public', {
  publicForSeconds: PUBLIC_ROOMS_SECONDS,
  load: ({ input, now }) =>
    publicRooms(now - LIVE_FOR_MS, PUBLIC_ROOMS_LOOKED_AT + 1, decodeCursor(input.cursor, ROOM_PLACE)),
  act: async ({ now }, found) => {
    const lookedAt = found.slice(0, PUBLIC_ROOMS_LOOKED_AT)
    const { shown, covered } = await pageOf(
      lookedAt.map(({ code }) => code),
      now,
    )
    const last = lookedAt[covered - 1]
    return {
      rooms: shown.map(({ room: { code, name, host, created_at }, viewers }) => ({
        code,
        name,
        host,
        viewers,
        created_at,
      })),
      next: last !== undefined && found.length > covered ? encodeCursor(last.active) : null,
    }
  },
})
