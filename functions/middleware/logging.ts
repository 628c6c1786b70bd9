import { Logger } from '@aws-lambda-powertools/logger'
import type { MiddlewareObj } from '@middy/core'
import { count } from '../metrics/tally.ts'

/** JSON lines. Never a token, a password or a message's text: only what is named here is written. */
export const logger = new Logger()

export type LogFields = Partial<
  Record<
    'room' | 'connection' | 'user' | 'event' | 'outcome' | 'route' | 'status' | 'milliseconds' | 'count',
    string | number
  >
>

/** One line for each invocation: what it was, how it ended, how long it took. */
export const logging = <Event, Result>(
  describe: (event: Event, result: Result | null | undefined) => LogFields,
): MiddlewareObj<Event, Result> => {
  const write = (event: Event, result: Result | null | undefined, requestId: string, started: number) =>
    logger.info('done', { ...describe(event, result), requestId, milliseconds: Date.now() - started })
  const startedAt = new WeakMap<object, number>()
  return {
    before: ({ context }) => {
      startedAt.set(context, Date.now())
    },
    after: ({ event, response, context }) => {
      write(event, response, context.awsRequestId, startedAt.get(context) ?? Date.now())
    },
    onError: ({ event, response, context }) => {
      write(event, response, context.awsRequestId, startedAt.get(context) ?? Date.now())
    },
  }
}

/** Logs and counts something that no code expected, with its cause. */
export const logFault = (requestId: string, cause: unknown, what: 'fault' | 'fault not told' = 'fault'): void => {
  count('Faults')
  logger.error(what, { requestId, cause })
}

/** Logs what a function throws, once and with its cause, and lets it go on: for functions whose caller must see them fail. */
export const faultLogging = <Event, Result>(
  isExpected: (error: unknown) => boolean = () => false,
): MiddlewareObj<Event, Result> => ({
  onError: ({ error, context }) => {
    if (!isExpected(error)) logFault(context.awsRequestId, error)
  },
})
