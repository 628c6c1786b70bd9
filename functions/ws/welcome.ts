import middy from '@middy/core'
import { count, time } from '../metrics/tally.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { faultLogging, logging } from '../middleware/logging.ts'
import { metering } from '../middleware/metering.ts'
import type { TellingServices } from '../middleware/services.ts'
import { greet, type Settling, settleIn, turnAway } from '../presence/greet.ts'
import type { WelcomeCall } from './connect.ts'

const SECOND_MS = 1_000

/**
 * Greets a socket. If the greeting fails, the socket is closed, so that the client connects again: Lambda does not repeat a
 * greeting that began. If it has been greeted and only telling the others fails, it stays.
 */
const welcome = async (
  { room: code, ...names }: WelcomeCall,
  services: TellingServices<'welcome'>,
): Promise<string> => {
  const arrival = { code, ...names }
  const { EMPTY_ROOM_GRACE_SECONDS, MESSAGE_DAYS, ROOM_IDLE_DAYS } = services.settings
  const limits = { grace: EMPTY_ROOM_GRACE_SECONDS * SECOND_MS, messageDays: MESSAGE_DAYS }
  const began = services.clock()
  let greeted: Settling | string
  try {
    greeted = await greet(arrival, limits, services)
  } catch (error) {
    count('GreetingsFailed')
    await turnAway(arrival, services)
    throw error
  }
  if (typeof greeted === 'string') return greeted
  time('GreetingTime', services.clock() - began)
  await settleIn(greeted, ROOM_IDLE_DAYS, services)
  return 'greeted'
}

export const createHandler = (services: TellingServices<'welcome'>) =>
  middy<WelcomeCall, string>()
    .use(keepStats<WelcomeCall, string>(services))
    .use(metering<WelcomeCall, string>(services.settings))
    .use(
      logging<WelcomeCall, string>(({ room, connectionId, userId }, outcome) => ({
        event: 'welcome',
        room,
        connection: connectionId,
        user: userId,
        outcome: outcome ?? 'fault',
      })),
    )
    .use(faultLogging())
    .handler((call) => welcome(call, services))
