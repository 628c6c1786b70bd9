import { decideJoin, isShutOut, type Member } from '../../../functions/domain/membership.ts'
import { assertMay, isHost } from '../../../functions/domain/rights.ts'
import type { MembershipStatus } from '../../../protocol/member.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { CODE, isMember, type KeptRoom, memberOf } from './kept-room.ts'
import { sendAway } from './presence.ts'
import type { Act } from './room-calls.ts'

/** Keeps what somebody is from now on. */
const become = (kept: KeptRoom, user: string, status: MembershipStatus): Member => {
  const before = memberOf(kept, user)
  const after = { ...before, status, status_at: kept.now(), status_before: before.status }
  kept.members.set(user, after)
  return after
}

const remove = (kept: KeptRoom, user: string, status: 'KICKED' | 'LEFT', why: 'kicked' | 'left'): void => {
  if (isHost(kept.room, user)) throw new Refusal('host_must_stay')
  if (!isMember(kept, user)) throw new Refusal(status === 'LEFT' ? 'not_a_member' : 'member_not_found')
  become(kept, user, status)
  sendAway(kept, user, why)
}

const join: Act<'rooms/join'> = (kept, user) => {
  const caller = { user_id: user, display_name: user, is_guest: true }
  const status = decideJoin(kept.room, memberOf(kept, user), caller, false, kept.now())
  if (memberOf(kept, user).status !== status) become(kept, user, status)
  return { room_id: CODE, code: CODE, status, is_host: isHost(kept.room, user) }
}

const kick: Act<'rooms/kick'> = (kept, user, { user_id }) => {
  assertMay('moderate', kept.room, user)
  remove(kept, user_id, 'KICKED', 'kicked')
  return { ok: true }
}

const unban: Act<'rooms/unban'> = (kept, user, { user_id }) => {
  assertMay('moderate', kept.room, user)
  if (!isShutOut(memberOf(kept, user_id), kept.now())) throw new Refusal('member_not_found')
  become(kept, user_id, 'LEFT')
  return { ok: true }
}

const leave: Act<'rooms/leave'> = (kept, user) => {
  remove(kept, user, 'LEFT', 'left')
  return { left: true }
}

/** Who comes in, who goes, and what the host says to it. */
export const doorActs = { 'rooms/join': join, 'rooms/leave': leave, 'rooms/kick': kick, 'rooms/unban': unban }
