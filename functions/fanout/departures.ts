import { setTimeout as wait } from 'node:timers/promises'
import { positionAt } from '../../protocol/playback.ts'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { removal } from '../domain/membership.ts'
import { commandFrame } from '../domain/playback.ts'
import {
  endedConnections,
  isPresent,
  openConnections,
  type Presence,
  userJoined,
  userLeft,
} from '../domain/presence.ts'
import { pauseUnchanged } from '../table/playback.ts'
import { presencesIn } from '../table/presences.ts'
import { raiseRevision } from '../table/revisions.ts'
import { roomByCode } from '../table/rooms.ts'
import { removeSocket, removeSocketsOf, type SocketKey } from '../table/sockets.ts'
import { CERTAIN_AFTER_MS, close, isClosedAtGateway, post } from './post.ts'
import { type Told, tell } from './tell.ts'
import { tellPlayback } from './tell-playback.ts'

type Clock = () => number

/**
 * Wait before REMOVED: a fan-out or a greeting may have read this socket before it was removed and may still be posting.
 * REMOVED must be the last frame.
 */
const DRAINED_AFTER_MS = 100

/**
 * USER_JOINED is assumed posted this long after its claim. USER_LEFT waits until then. A join that took longer sends the
 * leave once more. Longer than a busy machine takes for a query and its posts.
 */
export const TOLD_WITHIN_MS = 500

/**
 * Tells the others that somebody left. If no function had claimed telling the join when the last socket was removed,
 * none will any more: then both are told here, the join first.
 */
const tellLeft = async (code: string, presences: readonly Presence[], left: Presence, clock: Clock) => {
  const { user_id, present_since, announced } = left
  const to = { allBut: user_id }
  if (announced === null || announced !== present_since) {
    const at = clock()
    const joined = userJoined(left, at, await raiseRevision(code, 'people'))
    await tell(presences, { event: joined, to, happened: at }, at)
  } else await wait(Math.max(0, announced + TOLD_WITHIN_MS - clock()))
  const event = userLeft(left, clock(), await raiseRevision(code, 'people'))
  await tell(presences, { event, to }, clock())
}

/** Tells the room who left. Pauses the room if nobody is connected any more. */
const announce = async (code: string, departed: readonly Presence[], clock: Clock): Promise<void> => {
  const presences = await presencesIn(code)
  const now = clock()
  await Promise.all(departed.map((presence) => tellLeft(code, presences, presence, clock)))
  if (!isAnybodyIn(presences, now)) await pauseEmpty(code, clock)
}

const isAnybodyIn = (presences: readonly Presence[], now: number): boolean =>
  presences.some((presence) => openConnections(presence, now).length > 0)

/**
 * Pauses a room that nobody watches, and tells those who came meanwhile. The room is read before the presences: a viewer
 * who connects after that can only command a later version, which the pause's condition leaves alone.
 */
const pauseEmpty = async (code: string, clock: Clock): Promise<void> => {
  const room = await roomByCode(code)
  if (room === undefined || !room.is_playing) return
  const now = clock()
  if (isAnybodyIn(await presencesIn(code), now)) return
  const paused = await pauseUnchanged(room, positionAt(room, now, room.media?.duration ?? null), now)
  if (paused === undefined) return
  await tellPlayback(paused, commandFrame('PAUSE', paused, null), await presencesIn(code), clock)
}

/** Removes closed sockets and tells who left. A close counts once, however often and late it is reported. */
export const depart = async (
  code: string,
  closed: readonly { userId: string; connectionId: string }[],
  clock: Clock,
): Promise<void> => {
  const now = clock()
  const results = await Promise.all(
    closed.map(({ userId, connectionId }) => removeSocket({ code, userId, connectionId }, now)),
  )
  const removed = results.filter((result) => result !== undefined)
  if (removed.length === 0) return
  const departed = removed.filter(
    ({ connection, presence }) => connection.state === 'live' && !isPresent(presence, now),
  )
  await announce(
    code,
    departed.map(({ presence }) => presence),
    clock,
  )
}

/** The sockets that a fan-out found gone, if the gateway confirms it and they are too old to be still opening. */
const confirmGone = async (told: readonly Told[], now: number) => {
  const suspects = told.filter(
    ({ delivery, connection }) => delivery === 'gone' && now - connection.since > CERTAIN_AFTER_MS,
  )
  const confirmed = await Promise.all(suspects.map(({ connection }) => isClosedAtGateway(connection.id)))
  return suspects
    .filter((_, index) => confirmed[index])
    .map(({ userId, connection }) => ({ userId, connectionId: connection.id }))
}

/**
 * Removes sockets that the fan-out found closed, and sockets older than the gateway allows, and tells who left. What
 * this second pass of posts finds closed is left to the next fan-out.
 */
export const removeGone = async (
  code: string,
  presences: readonly Presence[],
  told: readonly Told[],
  clock: Clock,
): Promise<void> => {
  const now = clock()
  const gone = await confirmGone(told, now)
  const ended = presences.flatMap((presence) =>
    endedConnections(presence, now).map(({ id }) => ({ userId: presence.user_id, connectionId: id })),
  )
  await depart(code, [...gone, ...ended], clock)
}

/** Posts the reason to sockets whose records were removed, then closes them. */
const sayAndClose = async (presence: Presence, code: RemovalCode): Promise<void> => {
  await wait(DRAINED_AFTER_MS)
  const frame = JSON.stringify(removal(code))
  await Promise.all(
    presence.connections.map(async ({ id }) => {
      await post(id, frame)
      await close(id)
    }),
  )
}

/** Removes a person's sockets: REMOVED to each, then they close, then USER_LEFT to the others. */
export const sendAway = async (code: string, userId: string, why: RemovalCode, clock: Clock): Promise<void> => {
  const presence = await removeSocketsOf({ code, userId })
  if (presence === undefined) return
  await sayAndClose(presence, why)
  await announce(code, isPresent(presence, clock()) ? [presence] : [], clock)
}

/** Ends every socket of a deleted room. Nobody is left to be told who left. */
export const closeRoom = async (code: string): Promise<void> => {
  const presences = await presencesIn(code)
  await Promise.all(
    presences.map(async ({ user_id }) => {
      const presence = await removeSocketsOf({ code, userId: user_id })
      if (presence !== undefined) await sayAndClose(presence, 'room_deleted')
    }),
  )
}

/** Ends one socket and says why; its person may have others. */
export const sendAwaySocket = async (socket: SocketKey, why: RemovalCode, clock: Clock): Promise<void> => {
  await post(socket.connectionId, JSON.stringify(removal(why)))
  await close(socket.connectionId)
  await depart(socket.code, [socket], clock)
}
