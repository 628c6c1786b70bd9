import type { MembershipStatus } from '../../protocol/member.ts'
import type { RemovalCode, ServerEvent } from '../../protocol/server-events.ts'
import type { Member } from './membership.ts'
import { isHost } from './rights.ts'
import type { Room } from './room.ts'

const removalSentences: Record<RemovalCode, string> = {
  room_deleted: 'This room was deleted.',
  left: 'You left this room.',
  kicked: 'You were removed from this room. You can come back later.',
  banned: 'You were banned from this room.',
  rejected: 'Your request was declined.',
  signed_out: 'You signed out.',
  expired: 'Your sign-in has ended. Connect again with a new token.',
  replaced: 'This room is open in too many of your tabs, and this one was silent for the longest. Load it again.',
}

/** The last frame before the server closes a socket. */
export const removal = (code: RemovalCode): ServerEvent => ({
  type: code === 'room_deleted' ? 'ROOM_DELETED' : 'REMOVED',
  message: removalSentences[code],
  code,
})

/** Why a person whose socket is open may not stay, or undefined where all is well. */
export const whyRemoved = (
  room: Room | undefined,
  member: Member | undefined,
  userId: string,
): RemovalCode | undefined => {
  if (room === undefined || room.deleted_at !== null) return 'room_deleted'
  if (isHost(room, userId)) return undefined
  const byStatus = {
    APPROVED: undefined,
    PENDING: 'left',
    LEFT: 'left',
    REJECTED: 'rejected',
    KICKED: 'kicked',
    BANNED: 'banned',
  } as const satisfies Record<MembershipStatus, RemovalCode | undefined>
  return member === undefined ? 'left' : byStatus[member.status]
}
