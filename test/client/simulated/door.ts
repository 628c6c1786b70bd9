import {
  decideJoin,
  type Ending,
  hasLeft,
  isShutOut,
  isWaiting,
  type Member,
  mustNoteAsking,
  statusOf,
  wasKicked,
} from '../../../functions/domain/membership.ts'
import { assertMay, assertMayModerate, isHost } from '../../../functions/domain/rights.ts'
import { joinRequested, joinResolved, type Resolution } from '../../../functions/domain/waiting.ts'
import type { MembershipStatus } from '../../../protocol/member.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { RemovalCode } from '../../../protocol/server-events.ts'
import { CODE, isMember, type KeptRoom, memberOf, nameOf, tellModerators } from './kept-room.ts'
import { sendAway } from './presence.ts'
import { giveRole } from './roles.ts'
import type { Act } from './room-calls.ts'

/** Keeps what somebody is from now on. */
const become = (kept: KeptRoom, user: string, status: MembershipStatus): Member => {
  const before = memberOf(kept, user)
  const now = kept.now()
  const asked = status === 'PENDING' ? { asked_at: now } : {}
  const isComing = status === 'PENDING' || status === 'APPROVED'
  const returned = isComing && hasLeft(before) ? { returned_at: now } : {}
  const after = { ...before, ...asked, ...returned, status, status_at: now, status_before: before.status }
  kept.members.set(user, after)
  return after
}

const tellWaiting = (kept: KeptRoom, user: string, status: 'PENDING' | Resolution): void => {
  kept.waitingRevision += 1
  const person = { name: nameOf(kept, user), user_id: user }
  const revision = kept.waitingRevision
  tellModerators(kept, status === 'PENDING' ? joinRequested(person, revision) : joinResolved(person, status, revision))
}

const remove = (kept: KeptRoom, user: string, status: Ending, why: RemovalCode): void => {
  if (isHost(kept.room, user)) throw new Refusal('host_must_stay')
  if (!isMember(kept, user)) throw new Refusal(status === 'LEFT' ? 'not_a_member' : 'member_not_found')
  become(kept, user, status)
  sendAway(kept, user, why)
  giveRole(kept, user, 'participant')
}

const join: Act<'rooms/join'> = (kept, user) => {
  const caller = { user_id: user, display_name: user, is_guest: true }
  const member = memberOf(kept, user)
  const now = kept.now()
  const status = decideJoin(kept.room, member, caller, false, now)
  if (statusOf(member, now) !== status) {
    become(kept, user, status)
    if (status === 'PENDING' || member.status === 'PENDING') tellWaiting(kept, user, status)
  } else if (status === 'PENDING') {
    if (mustNoteAsking(member, now)) kept.members.set(user, { ...member, asked_at: now })
    tellModerators(kept, joinRequested({ name: nameOf(kept, user), user_id: user }))
  }
  return { room_id: CODE, code: CODE, status, is_host: isHost(kept.room, user) }
}

/** Answers somebody who waits. @throws Refusal not_host, not_pending */
const answer = (kept: KeptRoom, user: string, target: string, status: 'APPROVED' | 'REJECTED'): void => {
  assertMay('moderate', kept.room, user)
  if (!isWaiting(memberOf(kept, target), kept.now())) throw new Refusal('not_pending')
  become(kept, target, status)
  tellWaiting(kept, target, status)
}

const approve: Act<'rooms/approve'> = (kept, user, { user_id }) => {
  answer(kept, user, user_id, 'APPROVED')
  return { approved: true }
}

const reject: Act<'rooms/reject'> = (kept, user, { user_id }) => {
  answer(kept, user, user_id, 'REJECTED')
  return { rejected: true }
}

const kick: Act<'rooms/kick'> = (kept, user, { user_id }) => {
  assertMayModerate(kept.room, user, user_id)
  remove(kept, user_id, 'KICKED', 'kicked')
  return { ok: true }
}

const unban: Act<'rooms/unban'> = (kept, user, { user_id }) => {
  assertMay('moderate', kept.room, user)
  const member = memberOf(kept, user_id)
  if (!isShutOut(member, kept.now())) throw new Refusal('member_not_found')
  become(kept, user_id, wasKicked(member) ? 'APPROVED' : 'LEFT')
  return { ok: true }
}

const leave: Act<'rooms/leave'> = (kept, user) => {
  remove(kept, user, 'LEFT', 'left')
  return { left: true }
}

/** Who comes in, who goes, and what those who moderate say to it. */
export const doorActs = {
  ...{ 'rooms/join': join, 'rooms/leave': leave, 'rooms/approve': approve, 'rooms/reject': reject },
  ...{ 'rooms/kick': kick, 'rooms/unban': unban },
}
