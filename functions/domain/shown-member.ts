import type { z } from 'zod'
import type { MembershipStatus, Member as ShownMember } from '../../protocol/member.ts'
import { mutedUntil } from './chat.ts'
import { isWaiting, type Member } from './membership.ts'
import { isHost } from './rights.ts'
import type { Room } from './room.ts'

/** The status to show. Somebody whose wish is over does not wait, although nobody has written that. */
export const shownStatus = (member: Member, now: number): MembershipStatus =>
  member.status === 'PENDING' && !isWaiting(member, now) ? 'LEFT' : member.status

/** A member as the list of members shows them. Only those who may let people in read about people who wait. */
export const shownMember = (room: Room, one: Member, online: boolean, now: number): z.infer<typeof ShownMember> => ({
  id: one.user_id,
  display_name: one.name,
  status: shownStatus(one, now),
  is_host: isHost(room, one.user_id),
  is_guest: one.is_guest,
  online,
  muted_until: mutedUntil(one, now),
  status_at: one.status_at,
  ...(isWaiting(one, now) && one.is_traced === true && { reason: 'recent_ban' as const }),
})
