import middy from '@middy/core'
import { refusals } from '../../protocol/refusals.ts'
import { startFunction } from '../background/invoke.ts'
import { CERTAIN_AFTER_MS, isClosedAtGateway } from '../fanout/post.ts'
import type { Services } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { recordSocket, removeSocket, type SocketKey } from '../table/sockets.ts'
import { answerError, unknownType } from './answer-error.ts'
import { frameOf, type Socket, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

/** What welcome is told. `room` is the code: functions of 0.1.0 call it so, and run beside these during a deploy. */
export type Arrival = Pick<Socket, 'connectionId' | 'name' | 'userId'> & { room: string }

/**
 * Records the socket; false when the person has as many as are allowed. A failing network can leave that many dead
 * sockets behind within minutes, so the gateway is asked which of them are still open.
 */
const record = async (socket: SocketKey, name: string, now: number): Promise<boolean> => {
  const presence = await recordSocket(socket, name, now)
  if (presence === undefined) return true
  const suspects = presence.connections.filter(({ since }) => now - since > CERTAIN_AFTER_MS)
  const gone = await Promise.all(suspects.map(({ id }) => isClosedAtGateway(id)))
  const left = suspects.filter((_, index) => gone[index])
  await Promise.all(left.map(({ id }) => removeSocket({ ...socket, connectionId: id }, now)))
  return left.length > 0 && (await recordSocket(socket, name, now)) === undefined
}

/** Records the socket and starts its greeting. The socket opens only after this function has returned. */
const connect = async (socket: Socket, { clock, settings }: Services<'connect'>): Promise<SocketResult> => {
  const now = clock()
  if (!(await record(socket, socket.name, now))) return { statusCode: refusals.too_many_connections[0] }
  const { code, userId, name, connectionId } = socket
  const arrival: Arrival = { room: code, userId, name, connectionId }
  try {
    await startFunction(settings.WELCOME_FUNCTION, arrival)
  } catch (error) {
    // Nobody would greet the socket: remove its record and refuse it.
    await removeSocket(socket, now)
    throw error
  }
  return { statusCode: 200 }
}

export const createHandler = (services: Services<'connect'>) =>
  middy<SocketEvent, SocketResult>()
    .use(socketLogging())
    .use(socketFaults())
    .handler(async (event) => {
      // A frame may say {"type":"$connect"}: only the event's own type counts.
      if (event.requestContext.eventType !== 'CONNECT') return answerError(frameOf(event), unknownType('$connect'))
      return connect(socketOf(event), services)
    })
