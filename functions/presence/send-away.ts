import { setTimeout as wait } from 'node:timers/promises'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { type Connection, isThoughtThere, lastThere, type Presence, type SocketIds } from '../domain/presence.ts'
import { removal } from '../domain/removal.ts'
import { DRAINED_AFTER_MS } from '../domain/times.ts'
import { close, post } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { allOf } from '../table/all-of.ts'
import { noteClosed } from '../table/closing.ts'
import { noteEnded, noteLeft } from '../table/members.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { forgetLeft, removeSocketsOf, type SocketKey } from '../table/sockets.ts'
import { depart } from './depart.ts'
import { tellLeaves, tellUntoldLeaves } from './tell-leaves.ts'

const goodbye = (connectionId: string, why: RemovalCode) => post(connectionId, JSON.stringify(removal(why)))

/**
 * Posts why, and closes the socket. A socket that is still opening takes no post, and is not closed here: its greeting
 * finds no record, posts why once the socket is open, and closes it. Answers false where the gateway did not close the
 * socket.
 */
const goodbyeAndClose = async ({ id, state }: Connection, why: RemovalCode): Promise<boolean> =>
  ((await goodbye(id, why)) === 'gone' && state !== 'live') || close(id)

/**
 * The same for every socket of a presence that was removed, now or by a function that ended before it had closed them:
 * that one may not have said why. The row names those sockets until they are closed.
 */
const goodbyeToAll = async (code: string, { user_id, connections, closing }: Presence, why: RemovalCode) => {
  if (connections.length + closing.length === 0) return
  await wait(DRAINED_AFTER_MS)
  const left = closing.map((id) => goodbye(id, why).then(() => close(id)))
  const closed = await allOf([...left, ...connections.map((connection) => goodbyeAndClose(connection, why))])
  if (!closed.includes(false)) await noteClosed(code, user_id, [...closing, ...connections.map(({ id }) => id)])
}

/** Closes sockets that were removed and not closed, because the function ended or the gateway did not do it. */
export const closeRemoved = async (code: string, presence: Presence): Promise<void> => {
  const closed = await allOf(presence.closing.map(close))
  if (!closed.includes(false)) await noteClosed(code, presence.user_id, presence.closing)
}

/** Tells those sockets and the others of a removal that a function began and did not finish. */
const finishSendingAway = async (code: string, userId: string, why: RemovalCode, runtime: Runtime): Promise<void> => {
  const row = await presenceOf(code, userId)
  if (row === undefined) return
  await goodbyeToAll(code, { ...row, connections: [] }, why)
  const isUntold = row.connections.length === 0 && isThoughtThere(row)
  if (isUntold) await tellUntoldLeaves(code, [row], runtime, why)
}

/** Tells sockets that were just removed, and the others. */
const tellSentAway = async (code: string, presence: Presence, why: RemovalCode, runtime: Runtime): Promise<void> => {
  const { user_id: userId, present_since, left_at, connections } = presence
  const watched = connections.filter(({ state }) => state === 'live').map((one) => lastThere(one, left_at))
  const at = watched.length === 0 ? left_at : Math.max(...watched)
  await goodbyeToAll(code, presence, why)
  await allOf([
    isThoughtThere(presence)
      ? tellLeaves(code, [presence], { until: at, closedAt: at === left_at ? at : undefined, claimer: why }, runtime)
      : forgetLeft({ code, userId }, present_since),
    noteLeft(code, userId, at),
    noteEnded(code, userId, { at, count: connections.length }),
  ])
}

type Removing = {
  /** Whether the person has been let in again meanwhile: the sockets that they have by now stay. */
  isBack: () => Promise<boolean>
  /** What else the others hear. It goes on beside the goodbyes: a connection that hangs delays nobody else's next frame. */
  beside?: () => Promise<void>
}

/**
 * Removes a person's sockets: REMOVED to each, then they close, then USER_LEFT to the others. Of sockets that were removed
 * before, those that are still to be closed hear it and close, and the leave is told where nobody has noted telling it.
 */
export const sendAway = async (
  code: string,
  userId: string,
  why: RemovalCode,
  runtime: Runtime,
  { isBack, beside }: Partial<Removing> = {},
): Promise<void> => {
  const removing = { now: runtime.clock(), remover: runtime.ids.token(), mayStay: isBack }
  const presence = await removeSocketsOf({ code, userId }, removing)
  await allOf([
    presence === undefined ? finishSendingAway(code, userId, why, runtime) : tellSentAway(code, presence, why, runtime),
    beside?.(),
  ])
}

/** Ends every socket of a deleted room. Nobody is left to be told who left. */
export const closeSocketsIn = async (code: string, { clock, ids }: Runtime): Promise<void> => {
  const presences = await presencesIn(code)
  await allOf(
    presences.map(async (before) => {
      const userId = before.user_id
      const presence = await removeSocketsOf({ code, userId }, { now: clock(), remover: ids.token() })
      const left = presence ?? { ...before, connections: [] }
      await goodbyeToAll(code, left, 'room_deleted')
      await forgetLeft({ code, userId }, left.present_since)
    }),
  )
}

/** Ends one socket and posts why; its person may have others. */
export const sendAwaySocket = async (socket: SocketKey, why: RemovalCode, runtime: Runtime): Promise<void> => {
  await goodbye(socket.connectionId, why)
  await close(socket.connectionId)
  await depart(socket.code, [socket], 'closed', runtime)
}

/** The same for a socket that was removed before: REMOVED must be its last frame. */
export const closeReplaced = async ({ connectionId }: SocketIds): Promise<void> => {
  await wait(DRAINED_AFTER_MS)
  await goodbye(connectionId, 'replaced')
  await close(connectionId)
}
