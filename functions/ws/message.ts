import middy from '@middy/core'
import { isCommandType } from '../../protocol/event-types.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { may } from '../domain/rights.ts'
import { countRefusal } from '../metrics/count-refusal.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { metering } from '../middleware/metering.ts'
import { faultSentence } from '../middleware/refusals.ts'
import type { TellingServices } from '../middleware/services.ts'
import { socketFaults, socketLogging } from '../middleware/sockets.ts'
import { roomByCode } from '../table/rooms.ts'
import { answerError, errorFrame, type Refused } from './answer-error.ts'
import { chat } from './chat.ts'
import { ping } from './ping.ts'
import { playback } from './playback.ts'
import { readFrame } from './read-frame.ts'
import { type Frame, frameOf, type SocketEvent, type SocketResult } from './socket.ts'
import { syncRequest } from './sync-request.ts'

/** These have a route response: what the function returns is sent, so their errors are returned and not posted. */
const ANSWERING_ROUTES = ['PING', 'SYNC_REQUEST']

const reply = (body: unknown): SocketResult => ({ statusCode: 200, body: JSON.stringify(body) })
const silence: SocketResult = { statusCode: 200 }

const refuse = async (frame: Frame, routeKey: string, wrong: Refused): Promise<SocketResult> => {
  if (ANSWERING_ROUTES.includes(routeKey)) {
    countRefusal(wrong.refusal.code)
    return reply(errorFrame(wrong.refusal, wrong))
  }
  // From anybody who may not command, a playback command does nothing at all, not even an error.
  if (wrong.re !== undefined && isCommandType(wrong.re)) {
    const room = await roomByCode(frame.socket.code)
    if (room === undefined || !may('command', room, frame.socket.userId)) return silence
  }
  return answerError(frame, wrong)
}

const receive = async (frame: Frame, routeKey: string, services: TellingServices<'message'>): Promise<SocketResult> => {
  const read = readFrame(frame.body)
  if ('refusal' in read) return refuse(frame, routeKey, read)
  const { event } = read
  switch (event.type) {
    case 'CHAT_MESSAGE':
      await chat(frame, event, services)
      return silence
    case 'PLAY':
    case 'PAUSE':
    case 'SEEK':
      await playback(frame, event, services)
      return silence
    case 'PING':
      return reply(await ping(frame, event, services))
    case 'SYNC_REQUEST':
      return reply(await syncRequest(frame, event, services))
    default:
      throw event satisfies never
  }
}

export const createHandler = (services: TellingServices<'message'>) =>
  middy<SocketEvent, SocketResult>()
    .use(
      keepStats<SocketEvent, SocketResult>(services, ({ requestContext }) =>
        ANSWERING_ROUTES.includes(requestContext.routeKey),
      ),
    )
    .use(metering(services.settings))
    .use(socketLogging())
    .use(
      socketFaults(async (event, requestId) => {
        const refusal = new Refusal('fault', { message: faultSentence(requestId) })
        if (ANSWERING_ROUTES.includes(event.requestContext.routeKey)) return reply(errorFrame(refusal, {}))
        return answerError(frameOf(event), { refusal })
      }),
    )
    .handler((event) => receive(frameOf(event), event.requestContext.routeKey, services))
