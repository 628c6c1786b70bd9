import middy from '@middy/core'
import { refusals } from '../../protocol/refusals.ts'
import { startFunction } from '../background/invoke.ts'
import { liveServices, type Services } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { closeConnection, openConnection } from '../table/connections.ts'
import { answerError, unknownType } from './answer-error.ts'
import { frameOf, type Socket, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

/** What welcome is told. */
export type Arrival = Pick<Socket, 'connectionId' | 'name' | 'room' | 'userId'>

/** Records the connection and has it greeted once the socket is open, which it is only after this has returned. */
const connect = async ({ room, userId, name, connectionId }: Socket, now: number): Promise<SocketResult> => {
  if (!(await openConnection(room, { userId, name, connectionId }, now)))
    return { statusCode: refusals.too_many_connections[0] }
  const arrival: Arrival = { room, userId, name, connectionId }
  try {
    await startFunction(process.env.WELCOME_FUNCTION ?? '', arrival)
  } catch (error) {
    // Nobody would greet it: not recorded, and refused with the fault.
    await closeConnection(room, userId, connectionId, now)
    throw error
  }
  return { statusCode: 200 }
}

export const createHandler = (services: Services) =>
  middy<SocketEvent, SocketResult>()
    .use(socketFaults())
    .use(socketLogging())
    .handler(async (event) => {
      // A frame may say {"type":"$connect"}: only the event's own type counts.
      if (event.requestContext.eventType !== 'CONNECT') return answerError(frameOf(event), unknownType('$connect'))
      return connect(socketOf(event), services.clock())
    })

export const handler = createHandler(liveServices)
