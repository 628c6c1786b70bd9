import * as z from 'zod'
import { MAX_CONNECTIONS_PER_USER } from '../../protocol/limits.ts'
import {
  type Connection,
  endedConnections,
  isThoughtThere,
  openConnections,
  type Presence,
} from '../domain/presence.ts'
import { LIFETIME_MS } from '../domain/times.ts'
import { change, remove } from './change.ts'
import type { Item } from './client.ts'
import { all, copied, either, equals, exists, isAbove, isAtMost, isBelow, isMissing, keptOr } from './conditions.ts'
import { connectionAttribute } from './keys.ts'
import { ConnectionItem, parsePresence, presenceItemKey, presenceOf, type UserInRoom } from './presences.ts'

// The steps of a socket's life: recorded, its greeting claimed, live, announced, removed. Decision 0002 says why.

/** One socket of one user in one room. */
export type SocketKey = UserInRoom & { connectionId: string }

const stateOf = ({ connectionId }: SocketKey) => [connectionAttribute(connectionId), 'state']

/**
 * Records a socket that is about to open. Recording it twice changes nothing. The row of a person who is there, or was,
 * keeps its name: this one is of before the handshake, and may be older. The greeting names them as the member is named.
 * Sockets that are over take no place; the greeting removes them. Answers the user's presence when they have as many others
 * as are allowed, undefined when it is recorded.
 */
export const recordSocket = async (socket: SocketKey, name: string, now: number): Promise<Presence | undefined> => {
  const { userId, connectionId } = socket
  const attribute = connectionAttribute(connectionId)
  const expires = now + LIFETIME_MS
  const connection: Omit<Connection, 'id'> = { state: 'opening', since: now, expires, live_from: 0, seen: null }
  let over: readonly Connection[] = []
  for (;;) {
    const hasPlace = either(isMissing('open'), isBelow('open', MAX_CONNECTIONS_PER_USER + over.length))
    const result = await change(presenceItemKey(socket), {
      set: { [attribute]: connection, user_id: userId, name: keptOr('name', name), ttl: Math.ceil(expires / 1000) },
      add: { open: 1 },
      when: all(isMissing(attribute), hasPlace, ...over.map(({ id }) => exists(connectionAttribute(id)))),
    })
    if (result.done) return undefined
    over = []
    if (result.item === undefined) continue
    const presence = parsePresence(result.item)
    if (presence.connections.some(({ id }) => id === connectionId)) return undefined
    over = endedConnections(presence, now)
    if (presence.connections.length >= MAX_CONNECTIONS_PER_USER + over.length) return presence
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
  const result = await change(presenceItemKey(socket), {
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
    presenceItemKey(socket),
    {
      set: { present_since: keptOr('present_since', liveFrom) },
      setIn: [
        [stateOf(socket), 'live'],
        [[connectionAttribute(socket.connectionId), 'live_from'], liveFrom],
        [[connectionAttribute(socket.connectionId), 'catching_up'], true],
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

/** Notes that a live socket was sent all that it missed while it was greeted. */
export const noteCaughtUp = async (socket: SocketKey): Promise<void> => {
  const attribute = connectionAttribute(socket.connectionId)
  await change(presenceItemKey(socket), { setIn: [[[attribute, 'catching_up'], false]], when: exists(attribute) })
}

/** Restarts `present_since`: the user had left, but their item survived because another of their sockets was opening. */
export const startPresence = async (of: UserInRoom, since: number): Promise<void> => {
  await change(presenceItemKey(of), {
    set: { present_since: since },
    remove: ['announced', 'joined_revision', 'renamed_from', 'renamed_at'],
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
    presenceItemKey(of),
    {
      set: { announced: since, joined_revision: revision },
      when: all(equals('present_since', since), isAbove('open', 0)),
    },
    'ALL_NEW',
  )
  return result.done ? parsePresence(result.item) : undefined
}

export type RemovedSocket = {
  /** What is left of the user's presence. */
  presence: Presence
  connection: Connection
}

/** What the last removal took out of a presence item, and the mark of the function that did it. */
const LastRemoved = z.object({ removed: ConnectionItem, removed_by: z.string() })

/** The socket that this very removal took out before, if its answer was lost and the SDK repeated it. */
const removedBefore = (item: Item | undefined, remover: string) => {
  const last = LastRemoved.safeParse(item)
  return last.success && last.data.removed_by === remover ? last.data.removed : undefined
}

/**
 * Removes a socket. Undefined when it was removed before: of several reports of one close, one counts. The row of somebody
 * whose leave is to be told stays until `forgetLeft`: if the caller ends before, a look finds it.
 * @param remover a mark of this removal alone
 */
export const removeSocket = async (
  socket: SocketKey,
  { now, remover }: { now: number; remover: string },
): Promise<RemovedSocket | undefined> => {
  const attribute = connectionAttribute(socket.connectionId)
  const result = await change(
    presenceItemKey(socket),
    {
      set: { removed: copied(attribute), removed_by: remover, left_at: now },
      remove: [attribute],
      add: { open: -1 },
      when: exists(attribute),
    },
    'ALL_OLD',
  )
  const found = result.done ? connectionIn(result.item, socket) : removedBefore(result.item, remover)
  if (result.item === undefined || found === undefined) return undefined
  const connection = { id: socket.connectionId, ...found }
  const rest = without(parsePresence(result.item), socket)
  if (openConnections(rest, now).length === 0 && !isThoughtThere(rest)) await forgetLeft(socket, rest.present_since)
  if (connection.state === 'live') return { presence: { ...rest, left_at: now }, connection }
  // Who never watched by it has not left by it: that they left before is as old as it was.
  if (isThoughtThere(rest))
    await change(presenceItemKey(socket), { set: { left_at: rest.left_at }, when: equals('removed_by', remover) })
  return { presence: rest, connection }
}

/**
 * Forgets somebody who was there since then (null: never) and whose leave was told: every fan-out would read their row. A
 * socket that was recorded meanwhile keeps it, and so does one that is still to be closed, or a fault of the table: the row
 * says then that the leave was told.
 */
export const forgetLeft = async (of: UserInRoom, since: number | null): Promise<void> => {
  const isSame = since === null ? isMissing('present_since') : equals('present_since', since)
  const noteTold = async () => {
    if (since !== null) await change(presenceItemKey(of), { set: { left_told: since }, when: isSame })
  }
  try {
    const { done, item } = await remove(presenceItemKey(of), all(isAtMost('open', 0), isMissing('closing'), isSame))
    if (!done && item !== undefined) await noteTold()
  } catch (error) {
    await noteTold()
    throw error
  }
}

/**
 * Removes all of a user's sockets in the room at once, and answers with what they were. The row stays until `forgetLeft`, and
 * says which of them are to be closed. Undefined where there is none.
 * @param remover a mark of this removal alone: by it, its own request is recognised when it is repeated
 * @param mayStay asked after each read of the sockets. What was recorded later fails the write, so it is asked anew.
 */
export const removeSocketsOf = async (
  of: UserInRoom,
  { now, remover, mayStay }: { now: number; remover: string; mayStay?: (() => Promise<boolean>) | undefined },
): Promise<Presence | undefined> => {
  for (;;) {
    const presence = await presenceOf(of.code, of.userId)
    if (presence === undefined || presence.connections.length === 0 || (await mayStay?.())) return undefined
    const ids = presence.connections.map(({ id }) => id)
    const attributes = ids.map(connectionAttribute)
    const removal = {
      set: { open: 0, removed_by: remover, left_at: now, closing: [...presence.closing, ...ids] },
      remove: [...attributes, 'removed'],
      // None was recorded or removed since.
      when: all(equals('open', attributes.length), ...attributes.map(exists)),
    }
    const { done, item } = await change(presenceItemKey(of), removal, 'ALL_OLD')
    const before = done && item !== undefined ? parsePresence(item) : presence
    if (done || item?.removed_by === remover) return { ...before, closing: presence.closing, left_at: now }
  }
}

/** Notes a sign of life of a socket that is still recorded. */
export const noteSeen = async (socket: SocketKey, now: number): Promise<void> => {
  const attribute = connectionAttribute(socket.connectionId)
  await change(presenceItemKey(socket), { setIn: [[[attribute, 'seen'], now]], when: exists(attribute) })
}
