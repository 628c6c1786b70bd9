import type { Member } from '../domain/membership.ts'
import type { Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import type { Claims, Session } from '../domain/session.ts'
import { itemsTogether } from './client.ts'
import { memberKey, roomKey } from './keys.ts'
import { parseMember } from './members.ts'
import { presenceFrom, presenceItemKey } from './presences.ts'
import { parseRoom } from './rooms.ts'
import { parseSession, sessionKeys } from './users.ts'

/** All that decides whether a user may be in a room now. */
export type Access = { room: Room | undefined; member: Member | undefined; session: Session }

/** Room, member and token in one round trip, with strong consistency. */
export const accessTo = async (
  code: string,
  claims: Pick<Claims, 'token_id' | 'user_id'>,
  now: number,
): Promise<Access> => {
  const [room, member, revoked, user] = await itemsTogether([
    roomKey(code),
    memberKey(code, claims.user_id),
    ...sessionKeys(claims),
  ])
  return { room: parseRoom(room), member: parseMember(member), session: parseSession(revoked, user, now) }
}

/** The same, and the user's sockets in the room: all that decides whether an open socket may stay. */
export const socketAccessTo = async (
  code: string,
  claims: Pick<Claims, 'token_id' | 'user_id'>,
  now: number,
): Promise<Access & { presence: Presence | undefined }> => {
  const [room, member, presence, revoked, user] = await itemsTogether([
    roomKey(code),
    memberKey(code, claims.user_id),
    presenceItemKey(code, claims.user_id),
    ...sessionKeys(claims),
  ])
  return {
    room: parseRoom(room),
    member: parseMember(member),
    presence: presenceFrom(presence),
    session: parseSession(revoked, user, now),
  }
}

/** Room and member in one round trip, with strong consistency. */
export const roomAndMember = async (
  code: string,
  userId: string,
): Promise<{ room: Room | undefined; member: Member | undefined }> => {
  const [room, member] = await itemsTogether([roomKey(code), memberKey(code, userId)])
  return { room: parseRoom(room), member: parseMember(member) }
}
