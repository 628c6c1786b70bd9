import { MAX_LISTED_PARTICIPANTS, MAX_SERVER_FRAME_BYTES, PING_PERIOD_MS } from '../../protocol/limits.ts'
import type { ServerEventOf, Viewer } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'
import { isHost, roleOf } from './rights.ts'
import type { Room } from './room.ts'
import { GREETED_WITHIN_MS, NOTED_EVERY_MS, SILENT_AFTER_MS, UNTOLD_AFTER_MS } from './times.ts'

/** A socket, open or removed. `opening` until its greeting begins, `greeting` until that ends. Times in epoch ms. */
type SocketRecord = {
  state: 'opening' | 'greeting' | 'live'
  since: number
  expires: number
  /** Fan-out sends chat and joins from this instant on, the greeting those from before it. 0 before it is live. */
  live_from: number
  /** Its last PING that was noted; null where it has never sent one, as a client that reads only the given fields. */
  seen: number | null
  /**
   * Whether it is still to be sent what it missed while it was greeted. Missing where a function of an older version
   * greets it.
   */
  catching_up?: boolean | undefined
}

/** One open socket. */
export type Connection = SocketRecord & { id: string }

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
  /**
   * Equal to `present_since` once a function has told the others that the person left; the row goes then, if it can.
   */
  left_told: number | null
  /** The leave that somebody has claimed to tell: the `present_since` that it ends, and when it was claimed. */
  leave_claim?: { since: number; at: number } | undefined
  /** When a socket of the person was removed last; 0 where none was, or by a function of an older version. */
  left_at: number
  /** That socket as it was then. Missing where none was, or by a function of an older version. */
  removed?: SocketRecord | undefined
  /** Ids of sockets whose records were removed with their person, and which the gateway is to close. */
  closing: readonly string[]
  /** What the others call the person, where they were not told yet of another name. */
  renamed_from?: string | undefined
  /** When the name changed. */
  renamed_at?: number | undefined
  /** The latest `at` with which the others were told of another name; missing where only older versions told one. */
  name_told_at?: number | undefined
  connections: Connection[]
}

/** One socket in a room: whose it is, and which. */
export type SocketIds = { userId: string; connectionId: string }

/** Of everybody in a room, the sockets that `pick` takes out of each presence. */
export const socketIdsIn = (
  presences: readonly Presence[],
  pick: (presence: Presence) => readonly Connection[],
): SocketIds[] =>
  presences.flatMap((presence) => pick(presence).map(({ id }) => ({ userId: presence.user_id, connectionId: id })))

/** A socket that has ever sent a PING is judged by its PINGs. Any other is judged by the gateway alone. */
const isSilent = ({ seen }: SocketRecord, now: number): boolean => seen !== null && now - seen >= SILENT_AFTER_MS

/**
 * Whether a socket that sends something may go on. One that was silent for too long may, if nobody has removed it yet:
 * this is its sign of life. One that was never greeted may not.
 */
export const mayGoOn = ({ expires, state, since }: SocketRecord, now: number): boolean =>
  expires > now && (state === 'live' || now - since < GREETED_WITHIN_MS)

const isOpen = (connection: SocketRecord, now: number): boolean =>
  mayGoOn(connection, now) && !(connection.state === 'live' && isSilent(connection, now))

export const openConnections = (presence: Presence, now: number): Connection[] =>
  presence.connections.filter((connection) => isOpen(connection, now))

/** Sockets that are over although no $disconnect came: expired, silent for too long, or not greeted in time. */
export const endedConnections = (presence: Presence, now: number): Connection[] =>
  presence.connections.filter((connection) => !isOpen(connection, now))

/**
 * Sockets whose greeting ended before they had all that they missed, and whose clients do not ask for it. These are
 * closed, so that their clients come again.
 */
export const leftBehind = (presence: Presence, now: number): Connection[] =>
  liveConnections(presence, now).filter(
    ({ catching_up, live_from, seen }) => catching_up === true && seen === null && now - live_from >= UNTOLD_AFTER_MS,
  )

export const liveConnections = (presence: Presence, now: number): Connection[] =>
  openConnections(presence, now).filter((connection) => connection.state === 'live')

/** Whether a sign of life has to be written: the first one, and then every two minutes. */
export const isNoteDue = ({ seen }: Connection, now: number): boolean => seen === null || now - seen >= NOTED_EVERY_MS

/**
 * When a socket was heard of for the last time, as far as it was noted. One that never sent a PING may have watched
 * until the gateway ended it.
 */
export const lastHeardOf = ({ seen, live_from, since, expires }: SocketRecord, now: number): number =>
  seen === null && expires <= now ? expires : Math.max(seen ?? 0, live_from, since)

/** When somebody was last there by a socket whose end is known now. One that fell silent was over before. */
export const lastThere = (connection: SocketRecord, now: number): number =>
  isOpen(connection, now) ? now : lastHeardOf(connection, now)

/** When somebody was last there by the socket that was removed last; 0 where none was. */
export const lastLeft = ({ left_at, removed }: Presence): number =>
  removed === undefined ? left_at : lastThere(removed, left_at)

/** The socket that was heard of the longest ago, if its client should have sent a PING by now. */
export const longestSilent = (presence: Presence, now: number): Connection | undefined =>
  presence.connections
    .filter(({ seen }) => seen !== null && now - seen > PING_PERIOD_MS + NOTED_EVERY_MS)
    .sort((one, other) => lastHeardOf(one, now) - lastHeardOf(other, now))[0]

export const isPresent = (presence: Presence, now: number): boolean => liveConnections(presence, now).length > 0

/**
 * Whether the others think that the person is there, or will: no function has noted telling a leave since they came.
 */
export const isThoughtThere = ({ present_since, left_told }: Presence): boolean =>
  present_since !== null && left_told !== present_since

/**
 * Whether somebody left, and no function tells it as far as the row says: none has claimed that yet, or the one that
 * did has ended.
 */
export const isLeaveUntold = (presence: Presence, now: number): boolean => {
  const { connections, leave_claim: claim, present_since } = presence
  if (!isThoughtThere(presence) || connections.some(({ state }) => state === 'live')) return false
  return claim?.since !== present_since || now - claim.at >= UNTOLD_AFTER_MS
}

/** Somebody by the name that the room knows. */
export type Person = Pick<Presence, 'name' | 'user_id'>

/** @param revision of the people; undefined in a greeting, which tells several changes as one difference */
const personEvent =
  <T extends 'USER_JOINED' | 'USER_LEFT'>(type: T) =>
  ({ name, user_id }: Person, at: number, revision?: number) => ({ type, user: name, user_id, at, revision })

export const userJoined = personEvent('USER_JOINED')
export const userLeft = personEvent('USER_LEFT')

/**
 * When somebody left: later than all else that their row says was told of them. A socket is live from a moment on that
 * lies ahead, and may be over before that. And whoever removes it takes the time before the table has done it.
 */
export const timeOfLeave = ({
  left_at,
  present_since,
  name_told_at,
}: Pick<Presence, 'left_at' | 'name_told_at' | 'present_since'>): number =>
  Math.max(left_at, (present_since ?? 0) + 1, (name_told_at ?? 0) + 1)

/** Since when somebody is there whose first live socket has this `live_from`: later than they left before. */
export const timeOfComing = (before: Presence, liveFrom: number): number => Math.max(liveFrom, timeOfLeave(before) + 1)

/** Whether a function has claimed telling that the person is there. */
export const isAnnounced = ({ announced, present_since }: Presence): boolean =>
  announced !== null && announced === present_since

/**
 * The two events of another name: clients that read only the given fields take one name from their list and add the
 * other. The second event is the later one, so that the first, heard again, takes nobody away.
 * @param revision of the people, after both; undefined in a greeting
 */
export const renamedEvents = (person: Person, former: string, at: number, revision?: number) => [
  { ...userLeft({ ...person, name: former }, at, revision && revision - 1), renamed: true as const },
  { ...userJoined(person, at + 1, revision), renamed: true as const },
]

const viewerOf = ({ user_id, name, present_since: since }: Presence) => ({
  user_id,
  name,
  ...(since !== null && { since }),
})

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
  const present = new Map(presences.filter((one) => isPresent(one, now)).map((one) => [one.user_id, viewerOf(one)]))
  if (!present.has(self.user_id)) present.set(self.user_id, { user_id: self.user_id, name: self.name, since: now })
  const rank = (userId: string) => (isHost(room, userId) ? 0 : userId === self.user_id ? 1 : 2)
  const people = [...present].sort(([a], [b]) => rank(a) - rank(b))
  const members = people
    .slice(0, MAX_LISTED_PARTICIPANTS)
    .map(([user_id, viewer]): Viewer => ({ ...viewer, role: roleOf(room, user_id) }))
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
