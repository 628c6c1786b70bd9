import middy from '@middy/core'
import { refusals } from '../../protocol/refusals.ts'
import { startFunction } from '../background/invoke.ts'
import { CERTAIN_AFTER_MILLISECONDS, isGone } from '../fanout/post.ts'
import { liveServices, type Services } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { closeConnection, type Opening, openConnection } from '../table/connections.ts'
import { answerError, unknownType } from './answer-error.ts'
import { frameOf, type Socket, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

/** What welcome is told. */
export type Arrival = Pick<Socket, 'connectionId' | 'name' | 'room' | 'userId'>

/**
 * Records the socket; false when the person has as many as are allowed. A failing network can leave that many dead
 * sockets behind within minutes, so the gateway is asked which of them are still open.
 */
const record = async (code: string, opening: Opening, now: number): Promise<boolean> => {
  const presence = await openConnection(code, opening, now)
  if (presence === undefined) return true
  const suspects = presence.connections.filter(({ since }) => now - since > CERTAIN_AFTER_MILLISECONDS)
  const gone = await Promise.all(suspects.map(({ id }) => isGone(id)))
  const left = suspects.filter((_, index) => gone[index])
  await Promise.all(left.map(({ id }) => closeConnection(code, opening.userId, id, now)))
  return left.length > 0 && (await openConnection(code, opening, now)) === undefined
}

/** Records the socket and starts its greeting. The socket opens only after this function has returned. */
const connect = async ({ room, userId, name, connectionId }: Socket, now: number): Promise<SocketResult> => {
  if (!(await record(room, { userId, name, connectionId }, now)))
    return { statusCode: refusals.too_many_connections[0] }
  const arrival: Arrival = { room, userId, name, connectionId }
  try {
    await startFunction(process.env.WELCOME_FUNCTION ?? '', arrival)
  } catch (error) {
    // Nobody would greet the socket: remove its record and refuse it.
    await closeConnection(room, userId, connectionId, now)
    throw error
  }
  return { statusCode: 200 }
}

export const createHandler = (services: Services) =>
  middy<SocketEvent, SocketResult>()
    .use(socketLogging())
    .use(socketFaults())
    .handler(async (event) => {
      // A frame may say {"type":"$connect"}: only the event's own type counts.
      if (event.requestContext.eventType !== 'CONNECT') return answerError(frameOf(event), unknownType('$connect'))
      return connect(socketOf(event), services.clock())
    })

export const handler = createHandler(liveServices)
