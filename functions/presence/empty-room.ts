import { PING_PERIOD_MS } from '../../protocol/limits.ts'
import { positionAt } from '../../protocol/playback.ts'
import { commandFrame } from '../domain/playback.ts'
import {
  type Connection,
  isThoughtThere,
  lastHeardOf,
  liveConnections,
  openConnections,
  type Presence,
} from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { isClosedAtGateway } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellChange } from '../fanout/tell-change.ts'
import { allOf } from '../table/all-of.ts'
import { pauseEmpty } from '../table/empty-rooms.ts'
import { presencesIn } from '../table/presences.ts'
import { lastLeaveIn } from '../table/revisions.ts'
import { roomByCode } from '../table/rooms.ts'

/** Whether somebody is behind one of these sockets. The gateway is asked where none was heard of lately. */
const isAnybodyThere = async (sockets: readonly Connection[], now: number): Promise<boolean> => {
  if (sockets.some((socket) => now - lastHeardOf(socket, now) <= PING_PERIOD_MS)) return true
  const closed = await allOf(sockets.map(({ id }) => isClosedAtGateway(id)))
  return closed.includes(false)
}

/**
 * Since when nobody has been there; undefined where somebody is, null where nothing is known of who watched. Those who
 * came after the mark do not undo it, unless they came within the grace and are live: they were greeted with a room
 * that plays on, and `forgetEmpty` is still to come.
 */
const emptySince = async (
  room: Room,
  presences: readonly Presence[],
  { connectionId, grace, now }: { connectionId: string; grace: number; now: number },
): Promise<number | null | undefined> => {
  const mark = room.empty_since
  const coming = presences.flatMap((presence) => openConnections(presence, now)).filter(({ state }) => state !== 'live')
  // What was commanded after that socket was recorded was meant for its viewer, who is about to watch.
  if (coming.some(({ id, since }) => id !== connectionId && since <= room.sent_at)) return undefined
  const isInTime = ({ since, state }: Connection, left: number) =>
    since <= left || (state === 'live' && since - left <= grace)
  const isOther = (one: Connection) => one.id !== connectionId && (mark === null || isInTime(one, mark))
  const watching = presences.flatMap((presence) => liveConnections(presence, now)).filter(isOther)
  if (await isAnybodyThere(watching, now)) return undefined
  // Who only opened a socket has not watched.
  const watched = presences
    .flatMap(({ connections }) => connections)
    .filter((one) => isOther(one) && one.state === 'live')
  // The function that removed these ended before it noted that the room is empty.
  const untold = presences.filter((one) => isThoughtThere(one) && one.left_at > 0)
  const heard = [...watched.map((one) => lastHeardOf(one, now)), ...untold.map(({ left_at }) => left_at)]
  if (mark !== null) return Math.max(mark, ...heard)
  return heard.length === 0 ? null : Math.max(room.sent_at, ...heard)
}

/**
 * The room as a newcomer finds it. A room that plays to nobody is paused where the last person was heard of. That is
 * decided here, when somebody comes: within the grace the room plays on as if nothing had been. That it was empty is
 * forgotten once they are live, and not here: their greeting may fail. What was commanded after this socket was
 * recorded stands, because it was meant for this viewer.
 * @param grace milliseconds
 */
export const roomForNewcomer = async (
  room: Room,
  connectionId: string,
  grace: number,
  runtime: Runtime,
): Promise<Room> => {
  if (!room.is_playing) return room
  const presences = await presencesIn(room.code)
  const now = runtime.clock()
  const own = presences.flatMap(({ connections }) => connections).find(({ id }) => id === connectionId)
  if (own !== undefined && room.sent_at >= own.since) return room
  const heardOf = await emptySince(room, presences, { connectionId, grace, now })
  if (heardOf === undefined || (heardOf !== null && now - heardOf <= grace)) return room
  const { left_at, emptied_at } = await lastLeaveIn(room.code)
  // Nothing is known, as after a table was restored: they may be on their way back. But whoever played the room may
  // have left it before that was saved.
  if (heardOf === null && emptied_at < room.sent_at) return room
  // Somebody may have left later, while another who was over by then was thought to be there.
  const since = Math.max(heardOf ?? emptied_at, left_at)
  if (now - since <= grace) return room
  const paused = await pauseEmpty(room, positionAt(room, since, room.media?.duration ?? null), now)
  if (paused === undefined) return (await roomByCode(room.code)) ?? room
  // Others may have come since the mark, and have been greeted with a room that plays.
  await tellChange(paused, [commandFrame('PAUSE', paused, null)], presences, runtime)
  return paused
}
