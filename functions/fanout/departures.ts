import { positionAt } from '../../protocol/playback.ts'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { removal } from '../domain/membership.ts'
import { commandFrame } from '../domain/playback.ts'
import { isPresent, openConnections, type Presence } from '../domain/presence.ts'
import { closeAllOf, closeConnection, connectionsIn } from '../table/connections.ts'
import { pauseUnchanged, roomByCode } from '../table/rooms.ts'
import { close, isGone, post } from './post.ts'
import { type Told, tell } from './tell.ts'

/** Before this age a connection may still be opening, whatever a 410 says. */
const CERTAIN_AFTER_MILLISECONDS = 10_000

type Departed = { userId: string; name: string }

/** Tells the room who left and, where nobody is connected any more, pauses it where it is. */
const announce = async (code: string, departed: readonly Departed[], now: number): Promise<Told[]> => {
  const presences = await connectionsIn(code)
  const told = await Promise.all(
    departed.map(({ userId, name }) =>
      tell(
        presences,
        { event: { type: 'USER_LEFT', user: name, user_id: userId, at: now }, to: { allBut: userId } },
        now,
      ),
    ),
  )
  if (presences.every((presence) => openConnections(presence, now).length === 0)) await pauseEmpty(code, now)
  return told.flat()
}

/** A room that nobody watches does not play. Whoever came in the meantime is told. */
const pauseEmpty = async (code: string, now: number): Promise<void> => {
  const room = await roomByCode(code)
  if (room === undefined || !room.is_playing) return
  const paused = await pauseUnchanged(room, positionAt(room, now, room.media?.duration ?? null), now)
  if (paused === undefined) return
  await tell(await connectionsIn(code), { event: commandFrame('PAUSE', paused, null), to: 'everyone' }, now)
}

/** Removes closed connections and says who left. However often and late a close is reported, it counts once. */
export const depart = async (
  code: string,
  closed: readonly { userId: string; connectionId: string }[],
  now: number,
): Promise<Told[]> => {
  const results = await Promise.all(
    closed.map(({ userId, connectionId }) => closeConnection(code, userId, connectionId, now)),
  )
  const removed = results.filter((result) => result !== undefined)
  if (removed.length === 0) return []
  const departed = removed
    .filter(({ connection, presence }) => connection.state === 'live' && !isPresent(presence, now))
    .map(({ presence }) => ({ userId: presence.user_id, name: presence.name }))
  return announce(code, departed, now)
}

/**
 * Removes connections that a fan-out found gone: only where the gateway says so too and the connection is past its
 * opening. Announced in one further pass; what that pass finds gone is left to the next fan-out.
 */
export const removeGone = async (code: string, told: readonly Told[], now: number): Promise<void> => {
  const suspects = told.filter(
    ({ delivery, connection }) => delivery === 'gone' && now - connection.since > CERTAIN_AFTER_MILLISECONDS,
  )
  const confirmed = await Promise.all(suspects.map(({ connection }) => isGone(connection.id)))
  const gone = suspects.filter((_, index) => confirmed[index])
  if (gone.length === 0) return
  await depart(
    code,
    gone.map(({ userId, connection }) => ({ userId, connectionId: connection.id })),
    now,
  )
}

/** Says why, then closes. */
const sayAndClose = async (presence: Presence, code: RemovalCode): Promise<void> => {
  const frame = JSON.stringify(removal(code))
  await Promise.all(
    presence.connections.map(async ({ id }) => {
      await post(id, frame)
      await close(id)
    }),
  )
}

/** Removes a person from the room's sockets: REMOVED to each, which close, then USER_LEFT to the others. */
export const sendAway = async (code: string, userId: string, why: RemovalCode, now: number): Promise<void> => {
  const presence = await closeAllOf(code, userId)
  if (presence === undefined) return
  await sayAndClose(presence, why)
  await announce(code, isPresent(presence, now) ? [{ userId, name: presence.name }] : [], now)
}

/** Ends every socket of a deleted room. Nobody is left to be told who left. */
export const closeRoom = async (code: string): Promise<void> => {
  const presences = await connectionsIn(code)
  await Promise.all(
    presences.map(async ({ user_id }) => {
      const presence = await closeAllOf(code, user_id)
      if (presence !== undefined) await sayAndClose(presence, 'room_deleted')
    }),
  )
}

/** Ends one socket and says why; its person may have others. */
export const sendAwayConnection = async (
  code: string,
  userId: string,
  connectionId: string,
  why: RemovalCode,
  now: number,
): Promise<void> => {
  await post(connectionId, JSON.stringify(removal(why)))
  await close(connectionId)
  await depart(code, [{ userId, connectionId }], now)
}
