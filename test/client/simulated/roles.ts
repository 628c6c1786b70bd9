import { assertMay, isHost } from '../../../functions/domain/rights.ts'
import { type Room, roomUpdated } from '../../../functions/domain/room.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { givenRoleNames, givenRoles, listedRole, type MemberRole, type RoleList } from '../../../protocol/roles.ts'
import { isMember, type KeptRoom } from './kept-room.ts'
import type { Act } from './room-calls.ts'

/** Keeps changed facts of the room, and tells everybody. */
export const changeFacts = (kept: KeptRoom, facts: Partial<Room>): void => {
  kept.room = { ...kept.room, ...facts, facts_revision: kept.room.facts_revision + 1 }
  kept.tell(roomUpdated(kept.room, kept.now()))
}

/** The lists of the roles, once somebody has this one and no other. */
const listsWith = (room: Room, user: string, role: MemberRole): Partial<Pick<Room, RoleList>> => {
  const lists = givenRoleNames.map((given) => {
    const { list } = givenRoles[given]
    const others = room[list].filter((one) => one !== user)
    return [list, given === role ? [...others, user] : others] as const
  })
  return Object.fromEntries(lists)
}

/** Gives somebody a role, or takes theirs back, where they do not have it already. */
export const giveRole = (kept: KeptRoom, user: string, role: MemberRole): void => {
  if (listedRole(kept.room, user) !== role) changeFacts(kept, listsWith(kept.room, user, role))
}

const role: Act<'rooms/role'> = (kept, user, { user_id, role: wanted }) => {
  assertMay('own', kept.room, user)
  if (isHost(kept.room, user_id)) throw new Refusal('invalid_field')
  if (!isMember(kept, user_id)) throw new Refusal('member_not_found')
  giveRole(kept, user_id, wanted)
  return { ok: true }
}

const transfer: Act<'rooms/transfer'> = (kept, user, { user_id }) => {
  assertMay('own', kept.room, user)
  changeFacts(kept, { offered_to: user_id })
  return { ok: true }
}

const acceptTransfer: Act<'rooms/accept-transfer'> = (kept, user) => {
  if (kept.room.offered_to !== user) throw new Refusal('not_offered')
  changeFacts(kept, { host_id: user, host: user, offered_to: null, ...listsWith(kept.room, user, 'participant') })
  return { ok: true }
}

/** Who is what in the room, and to whom it belongs. */
export const roleActs = {
  ...{ 'rooms/role': role, 'rooms/transfer': transfer, 'rooms/accept-transfer': acceptTransfer },
}
