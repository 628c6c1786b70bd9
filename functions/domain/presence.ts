import { MAX_LISTED_PARTICIPANTS, MAX_SERVER_FRAME_BYTES } from '../../protocol/limits.ts'
import type { ServerEventOf, Viewer } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'
import { isHost, roleOf } from './rights.ts'
import type { Room } from './room.ts'

/** A socket that was not greeted within this time never will be, and does not count. */
const GREETED_WITHIN_MS = 30_000

/** One open socket. `opening` until its greeting begins, `greeting` until that ends. Times in epoch milliseconds. */
export type Connection = {
  id: string
  state: 'opening' | 'greeting' | 'live'
  since: number
  expires: number
  /** Fan-out sends chat and joins from this instant on, the greeting those from before it. 0 before it is live. */
  live_from: number
}

/** One person's sockets in one room. */
export type Presence = {
  user_id: string
  name: string
  /** Since when the person is there; null before the first greeting. */
  present_since: number | null
  /** Equal to `present_since` once a function has claimed sending USER_JOINED for it; otherwise not announced yet. */
  announced: number | null
  /** The revision of the people with which that was told; null where it was not, or by a function of 0.1.0. */
  joined_revision: number | null
  connections: Connection[]
}

const isOpen = ({ expires, state, since }: Connection, now: number): boolean =>
  expires > now && (state === 'live' || now - since < GREETED_WITHIN_MS)

export const openConnections = (presence: Presence, now: number): Connection[] =>
  presence.connections.filter((connection) => isOpen(connection, now))

/** Sockets that are over although no $disconnect came: expired, or not greeted in time. */
export const endedConnections = (presence: Presence, now: number): Connection[] =>
  presence.connections.filter((connection) => !isOpen(connection, now))

export const liveConnections = (presence: Presence, now: number): Connection[] =>
  openConnections(presence, now).filter((connection) => connection.state === 'live')

export const isPresent = (presence: Presence, now: number): boolean => liveConnections(presence, now).length > 0

type Person = Pick<Presence, 'name' | 'user_id'>

/** @param revision of the people; undefined in a greeting, which tells several changes as one difference */
const personEvent =
  <T extends 'USER_JOINED' | 'USER_LEFT'>(type: T) =>
  ({ name, user_id }: Person, at: number, revision?: number) => ({ type, user: name, user_id, at, revision })

export const userJoined = personEvent('USER_JOINED')
export const userLeft = personEvent('USER_LEFT')

/**
 * Who is there, the host first, the newcomer in any case; cut to 200 people and 30 KB.
 * @param self the person who is told, and may not be live yet
 * @param revision of the people, read before `presences`
 */
export const participantsFrame = (
  room: Room,
  presences: readonly Presence[],
  self: Person,
  now: number,
  revision: number,
): ServerEventOf<'ROOM_PARTICIPANTS'> => {
  const present = new Map(presences.filter((one) => isPresent(one, now)).map((one) => [one.user_id, one.name]))
  present.set(self.user_id, self.name)
  const rank = (userId: string) => (isHost(room, userId) ? 0 : userId === self.user_id ? 1 : 2)
  const people = [...present].sort(([a], [b]) => rank(a) - rank(b))
  const members = people
    .slice(0, MAX_LISTED_PARTICIPANTS)
    .map(([user_id, name]): Viewer => ({ user_id, name, role: roleOf(room, { user_id }) }))
  const frame = (listed: Viewer[]): ServerEventOf<'ROOM_PARTICIPANTS'> => ({
    type: 'ROOM_PARTICIPANTS',
    participants: listed.map((member) => member.name),
    host: room.host,
    members: listed,
    viewers: people.length,
    ...(listed.length < people.length && { truncated: true }),
    at: now,
    revision,
  })
  const spare = MAX_SERVER_FRAME_BYTES - byteLength(JSON.stringify(frame([])))
  return frame(members.slice(0, fittingCount(members, spare)))
}

/** How many of them fit. Each is named twice, once for clients that read only names. */
const fittingCount = (members: readonly Viewer[], bytes: number): number => {
  let size = 0
  const first = members.findIndex((member) => {
    size += byteLength(JSON.stringify(member)) + byteLength(JSON.stringify(member.name)) + 2
    return size > bytes
  })
  return first === -1 ? members.length : first
}
