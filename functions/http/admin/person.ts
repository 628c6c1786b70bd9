import { ADMIN_ROWS_PER_PAGE } from '../../../protocol/limits.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { Member } from '../../domain/membership.ts'
import { isPresent } from '../../domain/presence.ts'
import { isHost } from '../../domain/rights.ts'
import { hasEnded } from '../../domain/room.ts'
import { shownStatus } from '../../domain/shown-member.ts'
import { serve } from '../../middleware/route.ts'
import { allOf, allOfAtMost } from '../../table/all-of.ts'
import { roomsEverOf } from '../../table/erasing.ts'
import { membersTogether } from '../../table/member-lists.ts'
import { presenceOf } from '../../table/presences.ts'
import { roomsByCodes } from '../../table/rooms.ts'
import { networkBan } from '../../table/service.ts'
import { userById } from '../../table/users.ts'
import { decodeCursor, encodeCursor, ROOM_PLACE, roomPlace } from '../cursor.ts'
import { shownPerson } from './shown-person.ts'

const READS_AT_ONCE = 40
/** Rooms that are looked at for one page: those that have ended are left out of it. */
const LOOKED_AT = 100

/** Somebody in one room, and where that stands in the order of what changed last. */
type Membership = { code: string; member: Member; place: string }

const membershipsOf = async (userId: string): Promise<Membership[]> => {
  const codes = await roomsEverOf(userId)
  const members = await membersTogether(codes.map((code) => ({ code, userId })))
  return codes.flatMap((code, nth) => {
    const member = members[nth]
    return member === undefined ? [] : [{ code, member, place: roomPlace(member.status_at, code) }]
  })
}

/** The codes of the rooms in which somebody is connected now. */
const presentIn = async (memberships: readonly Membership[], now: number): Promise<Set<string>> => {
  const joined = memberships.filter(({ member }) => member.status === 'APPROVED')
  const found = await allOfAtMost(READS_AT_ONCE, joined, async ({ code, member }) => {
    const presence = await presenceOf(code, member.user_id)
    return presence !== undefined && isPresent(presence, now) ? [code] : []
  })
  return new Set(found.flat())
}

/** One page of those whose room lives, the latest change first. */
const pageOf = async (memberships: readonly Membership[], before: string | undefined, now: number) => {
  const found = memberships
    .filter(({ place }) => before === undefined || place < before)
    .sort((one, other) => (one.place < other.place ? 1 : -1))
  const looked = found.slice(0, LOOKED_AT)
  const rooms = await roomsByCodes(looked.map(({ code }) => code))
  const living = looked.flatMap((one, nth) => {
    const room = rooms[nth]
    return room === undefined || hasEnded(room, now) ? [] : [{ ...one, room }]
  })
  const page = living.slice(0, ADMIN_ROWS_PER_PAGE)
  const last = living.length > page.length ? page.at(-1) : looked.at(-1)
  const isEnd = living.length <= page.length && found.length <= looked.length
  return { page, next: isEnd || last === undefined ? null : encodeCursor(last.place) }
}

export const person = serve('admin/person', {
  load: async ({ input, now }) => {
    // Before any read begins: a cursor that is none is refused.
    const before = decodeCursor(input.cursor, ROOM_PLACE)
    const [user, memberships] = await allOf([userById(input.user_id, now), membershipsOf(input.user_id)])
    return { user, memberships, before }
  },
  act: async ({ now }, { user, memberships, before }) => {
    if (user === undefined) throw new Refusal('person_not_found')
    const [present, { page, next }, ban] = await allOf([
      presentIn(memberships, now),
      pageOf(memberships, before, now),
      user.network_trace === null ? undefined : networkBan(user.network_trace, now),
    ])
    const left = memberships.map(({ code, member }) => (present.has(code) ? now : member.left_at))
    const last = Math.max(user.signed_in_at ?? 0, ...left)
    return {
      person: {
        ...shownPerson(user),
        last_seen_at: last === 0 ? null : last,
        is_network_known: user.network_trace !== null,
        network_ban: ban ?? null,
      },
      rooms: page.map(({ code, member, room }) => ({
        code,
        name: room.name,
        is_host: isHost(room, user.id),
        status: shownStatus(member, now),
        is_present: present.has(code),
        joined_at: member.status_at,
      })),
      rooms_next: next,
    }
  },
})
