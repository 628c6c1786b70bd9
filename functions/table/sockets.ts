import { MAX_CONNECTIONS_PER_USER } from '../../protocol/limits.ts'
import { type Connection, endedConnections, openConnections, type Presence } from '../domain/presence.ts'
import { change, remove } from './change.ts'
import type { Item } from './client.ts'
import { all, either, equals, exists, isAtMost, isBelow, isMissing, keptOr } from './conditions.ts'
import { connectionAttribute } from './keys.ts'
import { ConnectionItem, parsePresence, presenceItemKey } from './presences.ts'

// The steps of a socket's life: recorded, its greeting claimed, live, announced, removed. Decision 0002 says why.

/** API Gateway ends a socket after two hours. A record that is a little older is not true any more. */
const LIFETIME_MS = 2 * 3600 * 1000 + 5 * 60 * 1000

/** One socket of one user in one room. */
export type SocketKey = { code: string; userId: string; connectionId: string }
type UserInRoom = Pick<SocketKey, 'code' | 'userId'>

const presenceKeyOf = ({ code, userId }: UserInRoom) => presenceItemKey(code, userId)
const stateOf = ({ connectionId }: SocketKey) => [connectionAttribute(connectionId), 'state']

/**
 * Records a socket that is about to open. Recording it twice changes nothing.
 * Answers the user's presence when they have as many sockets as are allowed, undefined when it is recorded.
 */
export const recordSocket = async (socket: SocketKey, name: string, now: number): Promise<Presence | undefined> => {
  const { userId, connectionId } = socket
  const attribute = connectionAttribute(connectionId)
  const expires = now + LIFETIME_MS
  const connection: Omit<Connection, 'id'> = { state: 'opening', since: now, expires, live_from: 0 }
  for (;;) {
    const result = await change(presenceKeyOf(socket), {
      set: { [attribute]: connection, user_id: userId, name, ttl: Math.ceil(expires / 1000) },
      add: { open: 1 },
      when: all(isMissing(attribute), either(isMissing('open'), isBelow('open', MAX_CONNECTIONS_PER_USER))),
    })
    if (result.done) return undefined
    if (result.item === undefined) continue
    const presence = parsePresence(result.item)
    if (presence.connections.some(({ id }) => id === connectionId)) return undefined
    const ended = endedConnections(presence, now)
    if (ended.length === 0) return presence
    await Promise.all(ended.map(({ id }) => removeSocket({ ...socket, connectionId: id }, now)))
  }
}

/** This socket in a presence item that came back with a failed condition. */
const connectionIn = (item: Item | undefined, { connectionId }: SocketKey) =>
  ConnectionItem.optional().parse(item?.[connectionAttribute(connectionId)])

/**
 * Claims the greeting of a socket for one invocation, `greeter`. Of several invocations one gets it, and gets it again
 * when its own request is repeated. `missing`: the socket was removed.
 */
export const claimGreeting = async (socket: SocketKey, greeter: string): Promise<'claimed' | 'missing' | 'taken'> => {
  const result = await change(presenceKeyOf(socket), {
    setIn: [
      [stateOf(socket), 'greeting'],
      [[connectionAttribute(socket.connectionId), 'greeter'], greeter],
    ],
    when: equals(stateOf(socket), 'opening'),
  })
  if (result.done) return 'claimed'
  const connection = connectionIn(result.item, socket)
  if (connection === undefined) return 'missing'
  return connection.greeter === greeter ? 'claimed' : 'taken'
}

const without = (presence: Presence, { connectionId }: SocketKey): Presence => ({
  ...presence,
  connections: presence.connections.filter(({ id }) => id !== connectionId),
})

/**
 * Makes a greeted socket live: fan-out reaches it from `liveFrom` on. Answers the user's other sockets as they were just
 * before, so that the caller knows whether this is the first. Undefined when the socket was removed meanwhile.
 */
export const markLive = async (socket: SocketKey, liveFrom: number): Promise<Presence | undefined> => {
  const result = await change(
    presenceKeyOf(socket),
    {
      set: { present_since: keptOr('present_since', liveFrom) },
      setIn: [
        [stateOf(socket), 'live'],
        [[connectionAttribute(socket.connectionId), 'live_from'], liveFrom],
      ],
      when: equals(stateOf(socket), 'greeting'),
    },
    'ALL_OLD',
  )
  if (result.done) return without(parsePresence(result.item), socket)
  // The answer to the first request was lost, and the SDK repeated it.
  const isOurs = connectionIn(result.item, socket)?.live_from === liveFrom
  return isOurs && result.item !== undefined ? without(parsePresence(result.item), socket) : undefined
}

/** Restarts `present_since`: the user had left, but their item survived because another of their sockets was opening. */
export const startPresence = async (of: UserInRoom, since: number): Promise<void> => {
  await change(presenceKeyOf(of), {
    set: { present_since: since },
    remove: ['announced', 'joined_revision'],
    when: isBelow('present_since', since),
  })
}

/**
 * Claims telling the others that the user is there since `since`. Undefined when it is not to be told: the user has left,
 * and the function that removed the last socket found the join unclaimed.
 */
export const claimAnnouncement = async (
  of: UserInRoom,
  { since, revision }: { since: number; revision: number },
): Promise<Presence | undefined> => {
  const result = await change(
    presenceKeyOf(of),
    { set: { announced: since, joined_revision: revision }, when: equals('present_since', since) },
    'ALL_NEW',
  )
  return result.done ? parsePresence(result.item) : undefined
}

export type Removed = {
  /** What is left of the user's presence. */
  presence: Presence
  connection: Connection
}

/** Removes a socket. Undefined when it was removed before: of several reports of one close, one counts. */
export const removeSocket = async (socket: SocketKey, now: number): Promise<Removed | undefined> => {
  const attribute = connectionAttribute(socket.connectionId)
  const result = await change(
    presenceKeyOf(socket),
    { remove: [attribute], add: { open: -1 }, when: exists(attribute) },
    'ALL_OLD',
  )
  if (!result.done) return undefined
  const presence = parsePresence(result.item)
  const connection = presence.connections.find(({ id }) => id === socket.connectionId)
  if (connection === undefined) return undefined
  const rest = without(presence, socket)
  // Every fan-out would read an item without sockets. One that was recorded meanwhile keeps it.
  if (openConnections(rest, now).length === 0) await remove(presenceKeyOf(socket), isAtMost('open', 0))
  return { presence: rest, connection }
}

/** Removes all of a user's sockets in the room at once, and answers with what they were. */
export const removeSocketsOf = async (of: UserInRoom): Promise<Presence | undefined> => {
  const { item } = await remove(presenceKeyOf(of))
  return item !== undefined && 'user_id' in item ? parsePresence(item) : undefined
}
