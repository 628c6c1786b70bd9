import middy from '@middy/core'
import { depart } from '../fanout/departures.ts'
import type { Services } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { answerError, unknownType } from './answer-error.ts'
import { frameOf, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

export const createHandler = (services: Services<'disconnect'>) =>
  middy<SocketEvent, SocketResult>()
    .use(socketLogging())
    .use(socketFaults())
    .handler(async (event) => {
      // A frame may say {"type":"$disconnect"}: only the event's own type counts.
      if (event.requestContext.eventType !== 'DISCONNECT')
        return answerError(frameOf(event), unknownType('$disconnect'))
      const socket = socketOf(event)
      await depart(socket.code, [socket], services.clock)
      return { statusCode: 200 }
    })
