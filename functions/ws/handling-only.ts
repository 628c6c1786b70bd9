import middy from '@middy/core'
import { Refusal } from '../../protocol/refusals.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { metering } from '../middleware/metering.ts'
import type { TellingServices } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { answerError } from './answer-error.ts'
import { frameOf, type Socket, type SocketEvent, type SocketResult, socketOf } from './socket.ts'

const routes = { CONNECT: '$connect', DISCONNECT: '$disconnect' } as const

/**
 * The handler of one event in a socket's life. A frame may say {"type":"$connect"}, and comes by the same route: only the
 * event's own type counts.
 */
export const handlingOnly = (
  eventType: keyof typeof routes,
  services: TellingServices<'connect' | 'disconnect'>,
  handle: (socket: Socket) => Promise<SocketResult>,
) =>
  middy<SocketEvent, SocketResult>()
    .use(keepStats(services))
    .use(metering(services.settings))
    .use(socketLogging())
    .use(socketFaults())
    .handler(async (event) =>
      event.requestContext.eventType === eventType
        ? handle(socketOf(event))
        : answerError(frameOf(event), { refusal: new Refusal('unknown_type'), re: routes[eventType] }),
    )
