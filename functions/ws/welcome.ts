import { setTimeout as wait } from 'node:timers/promises'
import middy from '@middy/core'
import { MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { greetingHistory } from '../domain/chat.ts'
import { whyRemoved } from '../domain/membership.ts'
import { playbackStateFrame } from '../domain/playback.ts'
import { isPresent, participantsFrame } from '../domain/presence.ts'
import { depart, removeGone, sendAwayConnection } from '../fanout/departures.ts'
import { close, type Delivery, post } from '../fanout/post.ts'
import { tell } from '../fanout/tell.ts'
import { logging } from '../middleware/logging.ts'
import { liveServices, type Services } from '../middleware/services.ts'
import { claimGreeting, connectionsIn, markLive } from '../table/connections.ts'
import { newestMessages } from '../table/messages.ts'
import { roomByCode, touchRoom } from '../table/rooms.ts'
import { roomAndMember } from '../table/standing.ts'
import { catchUp, type Greeted } from './catch-up.ts'
import type { Arrival } from './connect.ts'

/** The socket opens once $connect has returned; a connection that is not there after this long will not come. */
const OPENS_WITHIN_MILLISECONDS = 10_000
const FIRST_PAUSE_MILLISECONDS = 20
const LONGEST_PAUSE_MILLISECONDS = 500
/**
 * Live from a moment on that lies a little ahead, so that the mark is in the table before it: what happens earlier is
 * the greeting's to tell, what happens later the fan-out's, and neither tells it twice.
 */
const HANDOVER_MILLISECONDS = 150

/** Posts until the connection takes it: before the upgrade has finished every post is answered 410. */
const postUntilOpen = async (connectionId: string, event: ServerEvent, clock: () => number): Promise<Delivery> => {
  const data = JSON.stringify(event)
  const deadline = clock() + OPENS_WITHIN_MILLISECONDS
  let pause = FIRST_PAUSE_MILLISECONDS
  for (;;) {
    const delivery = await post(connectionId, data)
    if (delivery === 'delivered' || clock() + pause > deadline) return delivery
    await wait(pause)
    pause = Math.min(LONGEST_PAUSE_MILLISECONDS, pause * 2)
  }
}

/** The greeting: who is there, what was said, where the video is; then live, and what was missed in between. */
export const greet = async (
  { room: code, userId, name, connectionId }: Arrival,
  { clock }: Services,
): Promise<string> => {
  const self = { user_id: userId, name }
  const forget = () => depart(code, [{ userId, connectionId }], clock())

  const [claimed, presences, early] = await Promise.all([
    claimGreeting(code, userId, connectionId),
    connectionsIn(code),
    roomByCode(code),
  ])
  // Delivered twice, or closed before it began.
  if (!claimed) return 'not claimed'
  if (early === undefined) {
    await forget()
    return 'no room'
  }
  const participants = participantsFrame(early, presences, self, clock())
  if ((await postUntilOpen(connectionId, participants, clock)) !== 'delivered') {
    await forget()
    return 'never opened'
  }

  const [{ room, member }, messages] = await Promise.all([
    roomAndMember(code, userId),
    newestMessages(code, MESSAGES_PER_PAGE, clock()),
  ])
  const why = whyRemoved(room, member, userId)
  if (room === undefined || why !== undefined) {
    await sendAwayConnection(code, userId, connectionId, why ?? 'room_deleted', clock())
    return 'not a member'
  }
  // One after the other: frames posted at once may arrive in any order.
  const history = await post(connectionId, JSON.stringify(greetingHistory(messages)))
  const state = await post(connectionId, JSON.stringify(playbackStateFrame(room, clock())))
  if (history !== 'delivered' || state !== 'delivered') {
    // A client must not believe it was greeted when it was not: it reconnects.
    await close(connectionId)
    await forget()
    return 'not delivered'
  }

  const liveFrom = clock() + HANDOVER_MILLISECONDS
  const before = await markLive(code, userId, connectionId, liveFrom)
  if (before === undefined) return 'closed meanwhile'
  if (!isPresent(before, clock())) await announceJoin(code, userId, name, liveFrom, clock())
  const greeted: Greeted = { code, userId, connectionId, room, presences, messages, liveFrom }
  await catchUp(greeted, clock)
  await touchRoom(room, clock(), Number(process.env.ROOM_IDLE_DAYS))
  return 'greeted'
}

const announceJoin = async (code: string, userId: string, name: string, at: number, now: number): Promise<void> => {
  const event = { type: 'USER_JOINED' as const, user: name, user_id: userId, at }
  const told = await tell(await connectionsIn(code), { event, to: { allBut: userId }, happened: at }, now)
  await removeGone(code, told, now)
}

export const createHandler = (services: Services) =>
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
    .handler((arrival) => greet(arrival, services))

export const handler = createHandler(liveServices)
