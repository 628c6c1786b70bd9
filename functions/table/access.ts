import type { Member } from '../domain/membership.ts'
import type { Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import type { Claims, Session } from '../domain/session.ts'
import { itemsTogether } from './client.ts'
import { bannedNetworkKey, memberKey, revisionKey, roomKey } from './keys.ts'
import { parseMember } from './members.ts'
import { presenceFrom, presenceItemKey } from './presences.ts'
import { type Counted, type CountedPart, countedFrom, newestFrom } from './revisions.ts'
import { parseRoom } from './rooms.ts'
import { isRefusedBy } from './service.ts'
import { parseSession, sessionKeys } from './users.ts'

/** All that decides whether a user may be in a room now. */
export type Access = { room: Room | undefined; member: Member | undefined; session: Session }

/**
 * Room, member and token, and whether the service refuses one of the networks, in one round trip, with strong
 * consistency.
 */
export const accessTo = async (
  code: string,
  claims: Pick<Claims, 'token_id' | 'user_id'>,
  networks: readonly string[],
  now: number,
): Promise<Access & { isRefused: boolean }> => {
  const [room, member, revoked, user, ...bans] = await itemsTogether([
    roomKey(code),
    memberKey(code, claims.user_id),
    ...sessionKeys(claims),
    ...networks.map(bannedNetworkKey),
  ])
  return {
    room: parseRoom(room),
    member: parseMember(member),
    session: parseSession(revoked, user, now),
    isRefused: isRefusedBy(bans, now),
  }
}

/** How often a room's people and those who wait have changed, and the id of the newest message or removal. */
export type RoomRevisions = Record<CountedPart, Counted> & { chat: string | null }

/** All that decides whether an open socket may stay, and how often the parts of the room have changed. */
export type SocketAccess = Access & { presence: Presence | undefined; revisions: RoomRevisions }

/**
 * Room, member and token as in {@link accessTo}, but not the service's bans. Beside them the user's sockets in the
 * room, and the revisions of its parts.
 */
export const socketAccessTo = async (
  code: string,
  claims: Pick<Claims, 'token_id' | 'user_id'>,
  now: number,
): Promise<SocketAccess> => {
  const [room, member, presence, people, waiting, chat, revoked, user] = await itemsTogether([
    roomKey(code),
    memberKey(code, claims.user_id),
    presenceItemKey({ code, userId: claims.user_id }),
    revisionKey(code, 'people'),
    revisionKey(code, 'waiting'),
    revisionKey(code, 'chat'),
    ...sessionKeys(claims),
  ])
  return {
    room: parseRoom(room),
    member: parseMember(member),
    presence: presenceFrom(presence),
    revisions: { people: countedFrom(people), waiting: countedFrom(waiting), chat: newestFrom(chat) },
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

/**
 * A room and the revision of its people, in one round trip. Presences that are read afterwards are no older than it.
 */
export const roomAndPeople = async (code: string): Promise<{ room: Room | undefined; people: number }> => {
  const [room, people] = await itemsTogether([roomKey(code), revisionKey(code, 'people')])
  return { room: parseRoom(room), people: countedFrom(people).revision }
}
