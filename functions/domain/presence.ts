import { MAX_LISTED_PARTICIPANTS, MAX_SERVER_FRAME_BYTES } from '../../protocol/limits.ts'
import type { Participant, ServerEventOf } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'
import type { Room } from './room.ts'

/** One open socket. `opening` until its greeting begins, `greeting` until that ends. Times in epoch milliseconds. */
export type Connection = {
  id: string
  state: 'opening' | 'greeting' | 'live'
  since: number
  expires: number
  /** From this instant on, fan-out brings it the chat and the joins; what came before, its greeting brings. */
  live_from: number
}

/** One person's sockets in one room. */
export type Presence = { user_id: string; name: string; connections: Connection[] }

export const openConnections = (presence: Presence, now: number): Connection[] =>
  presence.connections.filter((connection) => connection.expires > now)

export const liveConnections = (presence: Presence, now: number): Connection[] =>
  openConnections(presence, now).filter((connection) => connection.state === 'live')

export const isPresent = (presence: Presence, now: number): boolean => liveConnections(presence, now).length > 0

/** The instant from which the others know of this person. */
export const presentSince = (presence: Presence, now: number): number =>
  Math.min(...liveConnections(presence, now).map((connection) => connection.live_from))

/**
 * Who is there, the host first, the newcomer in any case; cut to 200 people and 30 KB.
 * @param self the person greeted, who is not live yet
 */
export const participantsFrame = (
  room: Room,
  presences: readonly Presence[],
  self: { user_id: string; name: string },
  now: number,
): ServerEventOf<'ROOM_PARTICIPANTS'> => {
  const present = new Map(presences.filter((one) => isPresent(one, now)).map((one) => [one.user_id, one.name]))
  present.set(self.user_id, self.name)
  const rank = (userId: string) => (userId === room.host_id ? 0 : userId === self.user_id ? 1 : 2)
  const people = [...present].sort(([a], [b]) => rank(a) - rank(b))
  const members = people
    .slice(0, MAX_LISTED_PARTICIPANTS)
    .map(([user_id, name]): Participant => ({ user_id, name, role: user_id === room.host_id ? 'host' : 'participant' }))
  const frame = (count: number): ServerEventOf<'ROOM_PARTICIPANTS'> => ({
    type: 'ROOM_PARTICIPANTS',
    participants: members.slice(0, count).map((member) => member.name),
    host: room.host,
    members: members.slice(0, count),
    viewers: people.length,
    ...(count < people.length && { truncated: true }),
    at: now,
  })
  let count = members.length
  while (count > 1 && byteLength(JSON.stringify(frame(count))) > MAX_SERVER_FRAME_BYTES) count -= 1
  return frame(count)
}
