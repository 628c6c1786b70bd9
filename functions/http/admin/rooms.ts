import type { AdminRoom } from '../../../protocol/http/admin/rooms.ts'
import { parseRoomCode } from '../../../protocol/ids.ts'
import { ADMIN_ROOMS_COUNTED, ADMIN_ROWS_PER_PAGE } from '../../../protocol/limits.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { foldName } from '../../../protocol/text.ts'
import { serve } from '../../middleware/route.ts'
import { allOf, allOfAtMost } from '../../table/all-of.ts'
import { type Found, roomsByAge, roomsNamed } from '../../table/directory.ts'
import { countViewers } from '../../table/presences.ts'
import { livingRooms } from '../../table/room-lists.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { shownRoom } from './shown-room.ts'

type Asked = RequestOf<'admin/rooms'>
/** Rooms in one order, from a place on. */
type Order = (limit: number, from: string | undefined) => Promise<Found[]>

/** A code at the end of any place. */
const PLACE = /^.*#\w{6}$/su
/** Rooms whose people are counted at once: as many as the SDK keeps connections to DynamoDB. */
const ROOMS_AT_ONCE = 50
/** Rooms that are looked at for one page: where a filter takes many away, a page is short, and `next` leads on. */
const LOOKED_AT = 100

const byActivity: Order = async (limit, from) =>
  (await livingRooms(0, limit, from)).map(({ code, active }) => ({ named: code, place: active }))

/** Ended rooms have no activity: they stand by their age. */
const orderOf = ({ search, sort, state }: Asked): Order => {
  const folded = foldName(search ?? '').trim()
  if (folded !== '') return (limit, from) => roomsNamed(folded, limit, from)
  return sort === 'age' || state === 'ended' ? roomsByAge : byActivity
}

const show = async (codes: readonly string[], now: number): Promise<AdminRoom[]> => {
  const rooms = await roomsByCodes(codes)
  const shown = await allOf(rooms.map(async (room) => room && shownRoom(room, await countViewers(room.code, now), now)))
  return shown.filter((room) => room !== undefined)
}

const isWanted = (room: AdminRoom, { state, sort, search }: Asked): boolean => {
  if (state !== undefined) return room.state === state
  // Whoever asks for the latest activity does not mean rooms that the index still has although they have ended.
  return sort === 'age' || (search ?? '').trim() !== '' || room.state !== 'ended'
}

const inOrder = async (asked: Asked, now: number) => {
  const from = decodeCursor(asked.cursor, PLACE)
  const found = await orderOf(asked)(LOOKED_AT + 1, from)
  const looked = found.slice(0, LOOKED_AT)
  const rooms: AdminRoom[] = []
  let at = 0
  while (at < looked.length && rooms.length < ADMIN_ROWS_PER_PAGE) {
    const some = looked.slice(at, at + ADMIN_ROWS_PER_PAGE - rooms.length)
    at += some.length
    const shown = await show(
      some.map(({ named }) => named),
      now,
    )
    rooms.push(...shown.filter((room) => isWanted(room, asked)))
  }
  const last = looked[at - 1]
  return { rooms, next: last !== undefined && found.length > at ? encodeCursor(last.place) : null }
}

const NUMBER = /^\d{1,3}$/

/** The 200 latest active rooms by their people. A page goes on where the one before ended, whoever came meanwhile. */
const byPeople = async (asked: Asked, now: number) => {
  const start = Number(decodeCursor(asked.cursor, NUMBER) ?? 0)
  const latest = (await byActivity(ADMIN_ROOMS_COUNTED, undefined)).map(({ named }) => named)
  const viewers = new Map(
    await allOfAtMost(ROOMS_AT_ONCE, latest, async (code) => [code, await countViewers(code, now)] as const),
  )
  const codes = [...latest].sort((one, other) => (viewers.get(other) ?? 0) - (viewers.get(one) ?? 0))
  const rooms = (await show(codes.slice(start, start + ADMIN_ROWS_PER_PAGE), now)).filter((room) =>
    isWanted(room, asked),
  )
  const end = start + ADMIN_ROWS_PER_PAGE
  return { rooms, next: codes.length > end ? encodeCursor(String(end)) : null }
}

export const rooms = serve('admin/rooms', {
  act: async ({ input, now }) => {
    const code = parseRoomCode(input.search ?? '')
    const [room] = code === undefined || input.cursor !== undefined ? [] : await show([code], now)
    if (room !== undefined) return { rooms: isWanted(room, input) ? [room] : [], next: null }
    const isSearch = (input.search ?? '').trim() !== ''
    // Nobody is in a room that has ended, and what is searched for comes by name.
    const isByPeople = input.sort === 'people' && input.state !== 'ended' && !isSearch
    return isByPeople ? byPeople(input, now) : inOrder(input, now)
  },
})
