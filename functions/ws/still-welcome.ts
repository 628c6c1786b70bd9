import { Refusal } from '../../protocol/refusals.ts'
import type { RemovalCode } from '../../protocol/server-events.ts'
import type { Member } from '../domain/membership.ts'
import { type Connection, mayGoOn, type Presence } from '../domain/presence.ts'
import { whyRemoved } from '../domain/removal.ts'
import type { Room } from '../domain/room.ts'
import { whySessionEnded } from '../domain/session.ts'
import { close } from '../fanout/post.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { sendAwaySocket } from '../presence/send-away.ts'
import { type RoomRevisions, socketAccessTo } from '../table/access.ts'
import { answerError, type Regarding } from './answer-error.ts'
import type { Frame } from './socket.ts'

/** What was read to decide that a socket may stay. */
export type Welcome = {
  room: Room
  member: Member | undefined
  presence: Presence
  socket: Connection
  revisions: RoomRevisions
}

/**
 * `not_connected`: the socket was never greeted, or its record was removed. It gets no frame any more, so its client must
 * connect again.
 */
type Verdict = Welcome | { why: RemovalCode | 'not_connected' }

const judge = async ({ socket }: Frame, now: number): Promise<Verdict> => {
  const { userId, tokenId, generation, expires, connectionId } = socket
  const claims = { user_id: userId, token_id: tokenId, generation, expires }
  const { room, member, session, presence, revisions } = await socketAccessTo(socket.code, claims, now)
  const whyOut = whySessionEnded(session, claims, now)
  if (whyOut !== undefined) return { why: whyOut }
  const why = whyRemoved(room, member, userId)
  if (room === undefined || why !== undefined) return { why: why ?? 'room_deleted' }
  const own = presence?.connections.find(({ id }) => id === connectionId)
  return presence !== undefined && own !== undefined && mayGoOn(own, now)
    ? { room, member, presence, socket: own, revisions }
    : { why: 'not_connected' }
}

/**
 * What is known of the room, if membership, token and socket still hold; one round trip. If not, the sender is told why,
 * the socket is closed, and the answer is undefined.
 */
export const stillWelcome = async (
  frame: Frame,
  regarding: Regarding,
  runtime: Runtime,
): Promise<Welcome | undefined> => {
  const verdict = await judge(frame, runtime.clock())
  if ('room' in verdict) return verdict
  if (verdict.why === 'not_connected') {
    await answerError(frame, { refusal: new Refusal('not_connected'), ...regarding })
    await close(frame.socket.connectionId)
    return undefined
  }
  const isSignedOut = verdict.why === 'signed_out' || verdict.why === 'expired'
  const refusal = new Refusal(isSignedOut ? 'unauthorized' : 'not_a_member')
  await answerError(frame, { refusal, ...regarding })
  await sendAwaySocket(frame.socket, verdict.why, runtime)
  return undefined
}
