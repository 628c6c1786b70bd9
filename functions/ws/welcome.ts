import { setTimeout as wait } from 'node:timers/promises'
import middy from '@middy/core'
import { MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import { positionAt } from '../../protocol/playback.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { greetingHistory } from '../domain/chat.ts'
import { removal, whyRemoved } from '../domain/membership.ts'
import { playbackStateFrame } from '../domain/playback.ts'
import { isPresent, openConnections, type Presence, participantsFrame } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { depart, sendAwaySocket } from '../fanout/departures.ts'
import { close, type Delivery, post } from '../fanout/post.ts'
import { faultLogging, logging } from '../middleware/logging.ts'
import type { Services } from '../middleware/services.ts'
import { roomAndMember, roomAndPeople } from '../table/access.ts'
import { newestMessages } from '../table/messages.ts'
import { pauseUnchanged } from '../table/playback.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { touchRoom } from '../table/room-lists.ts'
import { roomByCode } from '../table/rooms.ts'
import { claimGreeting, markLive, startPresence } from '../table/sockets.ts'
import { announceJoin } from './announce-join.ts'
import { type Greeted, tellMissed, tellMissedLater } from './catch-up.ts'
import type { Arrival } from './connect.ts'

/** The socket opens when $connect has returned. One that is not open after this long will not open any more. */
const OPENS_WITHIN_MS = 3_000
/** The first posts may come before the socket opens. After this many, look whether the client has gone. */
const UNQUESTIONED_POSTS = 2
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500
/**
 * The socket becomes live this long from now, so that the write is visible before that instant. The greeting sends chat
 * and joins from before it, fan-out those from after it: see decision 0002 (docs/decisions/0002-greeting.md).
 */
const HANDOVER_MS = 150

/**
 * Posts again and again until the socket is open: before that, the gateway answers every post with 410.
 * Stops early when `isExpected` says no.
 */
const postUntilOpen = async (
  connectionId: string,
  event: ServerEvent,
  clock: () => number,
  isExpected: () => Promise<boolean> = async () => true,
): Promise<Delivery> => {
  const data = JSON.stringify(event)
  const deadline = clock() + OPENS_WITHIN_MS
  let pause = FIRST_PAUSE_MS
  for (let posts = 1; ; posts += 1) {
    const delivery = await post(connectionId, data)
    if (delivery === 'delivered' || clock() + pause > deadline) return delivery
    if (posts > UNQUESTIONED_POSTS && !(await isExpected())) return delivery
    await wait(pause)
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2)
  }
}

/** Whether the socket is still recorded. $disconnect removes the record when the client gives up its handshake. */
const isRecorded = async ({ room: code, userId, connectionId }: Arrival): Promise<boolean> =>
  (await presenceOf(code, userId))?.connections.some(({ id }) => id === connectionId) ?? false

/** Closes a socket without a greeting and removes its record. */
const turnAway = async ({ room: code, userId, connectionId }: Arrival, clock: () => number): Promise<void> => {
  await close(connectionId)
  await depart(code, [{ userId, connectionId }], clock)
}

/** The record was removed before the greeting began: the member was removed, or the client has gone. */
const turnAwayRemoved = async (arrival: Arrival, clock: () => number): Promise<string> => {
  const { room: code, userId, connectionId } = arrival
  const { room, member } = await roomAndMember(code, userId)
  const why = whyRemoved(room, member, userId)
  if (why !== undefined) await postUntilOpen(connectionId, removal(why), clock)
  await close(connectionId)
  return 'removed meanwhile'
}

/**
 * Pauses the room if no other socket is open: nobody has been watching, even if viewers whose $disconnect never came
 * left it marked as playing. A command that came after this socket did stands: it was meant for this viewer.
 */
const pausedIfDeserted = async (
  room: Room,
  presences: readonly Presence[],
  connectionId: string,
  now: number,
): Promise<Room> => {
  const isWatched = presences.some((presence) => openConnections(presence, now).some(({ id }) => id !== connectionId))
  if (!room.is_playing || isWatched) return room
  const own = presences.flatMap(({ connections }) => connections).find(({ id }) => id === connectionId)
  // The socket sends no frame before $connect has returned, so its frames are later than its record.
  const isCommandedSince = own !== undefined && room.sent_at >= own.since
  if (isCommandedSince) return room
  const paused = await pauseUnchanged(room, positionAt(room, now, room.media?.duration ?? null), now)
  return paused ?? (await roomByCode(room.code)) ?? room
}

/**
 * Sends who is there, the chat and the playback, makes the socket live, then sends what changed meanwhile.
 * Decision 0002 (docs/decisions/0002-greeting.md) says why in this order.
 */
const greet = async (arrival: Arrival, { clock, ids, settings }: Services<'welcome'>): Promise<string> => {
  const { room: code, userId, name, connectionId } = arrival
  const [claim, { room: early, people }] = await Promise.all([
    claimGreeting({ code, userId, connectionId }, ids.token()),
    roomAndPeople(code),
  ])
  if (claim === 'taken') return 'delivered twice'
  if (claim === 'missing' || early === undefined) return turnAwayRemoved(arrival, clock)
  const presences = await presencesIn(code)
  const participants = participantsFrame(early, presences, { user_id: userId, name }, clock(), people)
  if ((await postUntilOpen(connectionId, participants, clock, () => isRecorded(arrival))) !== 'delivered') {
    await turnAway(arrival, clock)
    return 'never opened'
  }

  const [access, messages] = await Promise.all([
    roomAndMember(code, userId),
    newestMessages(code, MESSAGES_PER_PAGE, clock()),
  ])
  const why = whyRemoved(access.room, access.member, userId)
  if (access.room === undefined || why !== undefined) {
    await sendAwaySocket({ code, userId, connectionId }, why ?? 'room_deleted', clock)
    return 'not a member'
  }
  const room = await pausedIfDeserted(access.room, presences, connectionId, clock())
  // One after the other: frames posted at once may arrive in any order.
  const history = await post(connectionId, JSON.stringify(greetingHistory(messages)))
  const state = await post(connectionId, JSON.stringify(playbackStateFrame(room, clock())))
  if (history !== 'delivered' || state !== 'delivered') {
    // A client that misses a part of its greeting has to connect again.
    await turnAway(arrival, clock)
    return 'not delivered'
  }

  const liveFrom = clock() + HANDOVER_MS
  const others = await markLive({ code, userId, connectionId }, liveFrom)
  if (others === undefined) return 'closed meanwhile'
  const handedOverAt = Math.max(liveFrom, clock())
  const greeted: Greeted = { code, userId, connectionId, room, presences, messages, handedOverAt }
  const isFirst = !isPresent(others, clock())
  if (isFirst && others.present_since !== null) await startPresence({ code, userId }, liveFrom)
  const known = await tellMissed(greeted, clock)
  await wait(Math.max(0, handedOverAt - clock()))
  if (isFirst) await announceJoin(code, { userId, name, since: liveFrom }, clock)
  await tellMissedLater(greeted, known, clock)
  await touchRoom(room, clock(), settings.ROOM_IDLE_DAYS)
  return 'greeted'
}

export const createHandler = (services: Services<'welcome'>) =>
  middy<Arrival, string>()
    .use(
      logging<Arrival, string>(({ room, connectionId, userId }, outcome) => ({
        event: 'welcome',
        room,
        connection: connectionId,
        user: userId,
        outcome: outcome ?? 'fault',
      })),
    )
    .use(faultLogging())
    .use({
      // Lambda does not repeat a greeting that began. Closing the socket makes the client connect again.
      onError: ({ event }) => turnAway(event, services.clock),
    })
    .handler((arrival) => greet(arrival, services))
