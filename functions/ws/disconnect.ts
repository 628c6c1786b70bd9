import middy from '@middy/core'
import { keepStats } from '../middleware/keep-stats.ts'
import { metering } from '../middleware/metering.ts'
import type { TellingServices } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { depart } from '../presence/depart.ts'
import { answerError, unknownType } from './answer-error.ts'
import { frameOf, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

export const createHandler = (services: TellingServices<'disconnect'>) =>
  middy<SocketEvent, SocketResult>()
    .use(keepStats(services))
    .use(metering(services.settings))
    .use(socketLogging())
    .use(socketFaults())
    .handler(async (event) => {
      // A frame may say {"type":"$disconnect"}: only the event's own type counts.
      if (event.requestContext.eventType !== 'DISCONNECT')
        return answerError(frameOf(event), unknownType('$disconnect'))
      const socket = socketOf(event)
      await depart(socket.code, [socket], 'closed', services)
      return { statusCode: 200 }
    })
