import { Refusal } from '../../protocol/refusals.ts'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { whyRemoved } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import { sessionHolds } from '../domain/session.ts'
import { sendAwayConnection } from '../fanout/departures.ts'
import { standingIn } from '../table/standing.ts'
import { answerError, type Regarding } from './answer-error.ts'
import type { Frame } from './socket.ts'

const readStanding = async ({ socket }: Frame, now: number): Promise<{ room: Room } | { why: RemovalCode }> => {
  const claims = { user_id: socket.userId, token_id: socket.tokenId, generation: socket.generation }
  const { room, member, session } = await standingIn(socket.room, claims, now)
  if (!sessionHolds(session, claims)) return { why: 'signed_out' }
  const why = whyRemoved(room, member, socket.userId)
  return why === undefined && room !== undefined ? { room } : { why: why ?? 'room_deleted' }
}

/**
 * Whether the sender may still be here: membership and token, in one round trip. If not, they are told why and the
 * socket is closed; the room comes back only when all is well.
 */
export const stillWelcome = async (frame: Frame, regarding: Regarding, now: number): Promise<Room | undefined> => {
  const standing = await readStanding(frame, now)
  if ('room' in standing) return standing.room
  const refusal = new Refusal(standing.why === 'signed_out' ? 'unauthorized' : 'not_a_member')
  await answerError(frame, { refusal, ...regarding })
  const { room, userId, connectionId } = frame.socket
  await sendAwayConnection(room, userId, connectionId, standing.why, now)
  return undefined
}
