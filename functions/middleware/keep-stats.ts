import type { MiddlewareObj } from '@middy/core'
import { dueStats } from '../metrics/live-stats.ts'
import { addStats } from '../table/stats.ts'
import { logger } from './logging.ts'
import type { Services } from './services.ts'

/**
 * Adds what this instance has counted to the table, at the end of an invocation, once in ten seconds at the most.
 * Everything is told by then. What cannot be added is given up: it must not fail a call that went well.
 * Used before {@link metering}, so that it runs after it.
 * @param isTimed of an invocation whose answer carries the time: a write would bend the client's clock
 */
export const keepStats = <Event, Result>(
  { clock }: Pick<Services, 'clock'>,
  isTimed: (event: Event) => boolean = () => false,
): MiddlewareObj<Event, Result> => {
  const add = async ({ event, context }: { event: Event; context: { awsRequestId: string } }): Promise<void> => {
    const now = clock()
    const due = isTimed(event) ? undefined : dueStats(now)
    if (due === undefined) return
    await addStats(due, now).catch((cause: unknown) => {
      logger.warn('counts not kept', { requestId: context.awsRequestId, cause })
    })
  }
  return { after: add, onError: add }
}
