import { setTimeout as wait } from 'node:timers/promises'
import { MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { greetingHistory, mutedEvent, mutedUntil, sinceCleared } from '../domain/chat.ts'
import { playbackStateFrame } from '../domain/playback.ts'
import { isPresent, participantsFrame, timeOfComing } from '../domain/presence.ts'
import { removal, whyRemoved } from '../domain/removal.ts'
import { roleFacts } from '../domain/rights.ts'
import { type TokenClaims, whySessionEnded } from '../domain/session.ts'
import { FIRST_PAUSE_MS, HANDOVER_MS, LONGEST_PAUSE_MS, OPENS_WITHIN_MS } from '../domain/times.ts'
import { close, type Delivery, post, postAll } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { count } from '../metrics/tally.ts'
import { accessTo, roomAndPeople } from '../table/access.ts'
import { allOf } from '../table/all-of.ts'
import { forgetEmpty } from '../table/empty-rooms.ts'
import { newestMessages } from '../table/messages.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { touchRoom } from '../table/room-lists.ts'
import { claimGreeting, markLive, noteCaughtUp, type SocketKey, startPresence } from '../table/sockets.ts'
import { announceJoin } from './announce-join.ts'
import { type Greeted, type HeardSoFar, tellMissed, tellMissedLater } from './catch-up.ts'
import { depart } from './depart.ts'
import { roomForNewcomer } from './empty-room.ts'
import { leaveFirst } from './leave-first.ts'
import { renamePresence } from './rename.ts'
import { sendAwaySocket } from './send-away.ts'

/** The first posts may come before the socket opens. After this many, look whether the client has gone. */
const UNQUESTIONED_POSTS = 2

/**
 * A socket that waits for its greeting, and the person's name in the room. The token is missing where a connect
 * function of the version before started the greeting.
 */
export type Arrival = SocketKey & { name: string; token?: TokenClaims }

/** How long an empty room plays on (milliseconds), and how long a message is kept (days). */
export type GreetingSettings = { grace: number; messageDays: number }

/** The greeting is out and fan-out reaches the socket. The others have still to hear of the newcomer. */
export type Settling = Greeted & { since: number; isFirst: boolean }

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
const isRecorded = async ({ code, userId, connectionId }: Arrival): Promise<boolean> =>
  (await presenceOf(code, userId))?.connections.some(({ id }) => id === connectionId) ?? false

/** Closes a socket whose greeting cannot be finished, and removes its record. */
export const turnAway = async (arrival: SocketKey, runtime: Runtime): Promise<void> => {
  await close(arrival.connectionId)
  await depart(arrival.code, [arrival], 'closed', runtime)
}

/**
 * The room and the member, and why the socket is not to stay: token, account or membership may have ended since the
 * authorizer looked, and whoever ended them found no socket that was open.
 */
const accessOf = async ({ code, userId, token }: Arrival, now: number) => {
  // No token has an empty id.
  const claims = { user_id: userId, token_id: token?.token_id ?? '' }
  const { room, member, session } = await accessTo(code, claims, [], now)
  return { room, member, why: whySessionEnded(session, token, now) ?? whyRemoved(room, member, userId) }
}

/** Turns away a socket whose record was removed before it opened: its person was sent away, or the client has gone. */
const turnAwayRemoved = async (arrival: Arrival, clock: () => number): Promise<string> => {
  const { connectionId } = arrival
  const { why } = await accessOf(arrival, clock())
  if (why !== undefined) await postUntilOpen(connectionId, removal(why), clock)
  await close(connectionId)
  return 'removed meanwhile'
}

/**
 * Makes a socket live. Undefined where it was removed meanwhile.
 * @param wasEmpty whether it may be noted of a room that plays on for this viewer
 */
const goLive = async (
  arrival: Arrival,
  wasEmpty: boolean,
  clock: () => number,
): Promise<Pick<Settling, 'handedOverAt' | 'isFirst' | 'since'> | undefined> => {
  const now = clock()
  const liveFrom = now + HANDOVER_MS
  const presenceBefore = await markLive(arrival, liveFrom)
  if (presenceBefore === undefined) return undefined
  const handedOverAt = Math.max(liveFrom, clock())
  const isFirst = !isPresent(presenceBefore, clock())
  const since = timeOfComing(presenceBefore, liveFrom)
  if (isFirst && (presenceBefore.present_since !== null || since > liveFrom)) await startPresence(arrival, since)
  // What was noted later may be that this viewer has gone again.
  if (wasEmpty) await forgetEmpty(arrival.code, now)
  return { handedOverAt, isFirst, since }
}

/**
 * Sends who is there, the chat and the playback, and makes the socket live. Answers the reason where the socket is not
 * to stay. Decision 0002 (docs/decisions/0002-greeting.md) says why in this order.
 */
export const greet = async (
  arrival: Arrival,
  { grace, messageDays }: GreetingSettings,
  runtime: Runtime,
): Promise<Settling | string> => {
  const { code, userId, name, connectionId } = arrival
  const { clock, ids } = runtime
  const [claim, { room: early, people }] = await allOf([claimGreeting(arrival, ids.token()), roomAndPeople(code)])
  if (claim === 'taken') return 'delivered twice'
  if (claim === 'missing' || early === undefined) return turnAwayRemoved(arrival, clock)
  const presences = await presencesIn(code)
  const participants = participantsFrame(early, presences, { user_id: userId, name }, clock(), people)
  if ((await postUntilOpen(connectionId, participants, clock, () => isRecorded(arrival))) !== 'delivered') {
    if (!(await isRecorded(arrival))) return turnAwayRemoved(arrival, clock)
    count('GreetingsFailed')
    await turnAway(arrival, runtime)
    return 'never opened'
  }

  const [access, newest] = await allOf([
    accessOf(arrival, clock()),
    newestMessages(code, MESSAGES_PER_PAGE, { now: clock(), days: messageDays }),
  ])
  if (access.room === undefined || access.why !== undefined) {
    await sendAwaySocket(arrival, access.why ?? 'room_deleted', runtime)
    return 'not welcome'
  }
  const messages = sinceCleared(newest, access.room)
  // The person's row has the name of before the handshake, or of when they were there last.
  const known = presences.find((one) => one.user_id === userId)?.name ?? name
  const named = access.member?.name ?? known
  if (named !== known) await renamePresence(code, userId, named, runtime)
  const room = await roomForNewcomer(access.room, connectionId, grace, runtime)
  const until = mutedUntil(access.member, clock())
  const mutes = until === null ? [] : [mutedEvent(until, clock())]
  // One after the other: frames posted at once may arrive in any order.
  const frames = [greetingHistory(messages), playbackStateFrame(room, clock()), ...mutes].map((event) =>
    JSON.stringify(event),
  )
  const [delivery, isNoted] = await allOf([postAll(connectionId, frames), leaveFirst(arrival, presences, runtime)])
  if (delivery !== 'delivered') {
    // A client that misses a part of its greeting has to connect again.
    count('GreetingsFailed')
    await turnAway(arrival, runtime)
    return 'not delivered'
  }

  const wasEmpty = isNoted || (room.is_playing && room.empty_since !== null)
  const live = await goLive(arrival, wasEmpty, clock)
  if (live === undefined) {
    // Whoever removed the record may have found the socket not open yet, and not closed it.
    await close(connectionId)
    return 'closed meanwhile'
  }
  // The catch-up compares with what was told, and the names and the roles were told as of the first read.
  const told = { ...room, ...roleFacts(early) }
  return { ...arrival, ...live, room: told, presences, messages }
}

const finishCatchUp = async (settling: Settling, heard: HeardSoFar, runtime: Runtime): Promise<void> => {
  if (await tellMissedLater(settling, heard, runtime.clock)) await noteCaughtUp(settling)
  else await turnAway(settling, runtime)
}

/**
 * Sends what changed since the greeting, and tells the others who has come. A client that does not take what it missed
 * has to connect again.
 */
export const settleIn = async (settling: Settling, idleDays: number, runtime: Runtime): Promise<void> => {
  const { code, userId, since, isFirst, handedOverAt, room } = settling
  const { clock } = runtime
  const heard = await tellMissed(settling, clock)
  if (heard === undefined) return turnAway(settling, runtime)
  await wait(Math.max(0, handedOverAt - clock()))
  // Both at once: the newcomer does not wait for viewers whom the join does not reach.
  await allOf([
    isFirst ? announceJoin(code, { userId, since, savedAt: Math.max(since, handedOverAt) }, runtime) : undefined,
    finishCatchUp(settling, heard, runtime),
  ])
  await touchRoom(room, clock(), idleDays)
}
