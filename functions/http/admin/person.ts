import { Refusal } from '../../../protocol/refusals.ts'
import { isPresent } from '../../domain/presence.ts'
import { isHost } from '../../domain/rights.ts'
import { hasEnded } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf, allOfAtMost } from '../../table/all-of.ts'
import { presenceOf } from '../../table/presences.ts'
import { roomsOfUser, type UserRoom, userById } from '../../table/users.ts'
import { shownPerson } from './shown-person.ts'

/** Of two reads each. */
const ROOMS_AT_ONCE = 20

const roomOf = async (userId: string, { code, joined_at }: UserRoom, now: number) => {
  const [{ room, member }, presence] = await allOf([roomAndMember(code, userId), presenceOf(code, userId)])
  if (room === undefined || member === undefined || hasEnded(room, now)) return undefined
  const { status, left_at } = member
  const is_present = presence !== undefined && isPresent(presence, now)
  return { left_at, shown: { code, name: room.name, is_host: isHost(room, userId), status, is_present, joined_at } }
}

export const person = serve('admin/person', {
  load: ({ input, now }) => allOf([userById(input.user_id, now), roomsOfUser(input.user_id)]),
  act: async ({ now }, [user, listed]) => {
    if (user === undefined) throw new Refusal('person_not_found')
    const found = await allOfAtMost(ROOMS_AT_ONCE, listed, (one) => roomOf(user.id, one, now))
    const rooms = found.filter((one) => one !== undefined)
    const seen = [user.signed_in_at ?? 0, ...rooms.map(({ left_at, shown }) => (shown.is_present ? now : left_at))]
    const last = Math.max(...seen)
    return {
      person: {
        ...shownPerson(user),
        last_seen_at: last === 0 ? null : last,
        is_network_known: user.network_trace !== null,
      },
      rooms: rooms.map(({ shown }) => shown).sort((one, other) => other.joined_at - one.joined_at),
    }
  },
})
