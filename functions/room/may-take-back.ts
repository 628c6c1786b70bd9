import type { Member } from '../domain/membership.ts'
import { isStoodInFor } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import { canReturn } from '../table/returning.ts'

/**
 * Whether somebody may take the room back: their place was taken while they were away, they are still a member, and
 * they can come back. Until they have done so, nobody else decides about them and nobody deletes the room.
 */
export const mayTakeBack = async (
  room: Room,
  member: Member | undefined,
  now: number,
  settings: { TOKEN_HOURS: number },
): Promise<boolean> =>
  member?.status === 'APPROVED' &&
  isStoodInFor(room, member.user_id) &&
  (await canReturn(member.user_id, now, settings))
