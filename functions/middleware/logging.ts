import { Logger } from '@aws-lambda-powertools/logger'
import type { MiddlewareObj } from '@middy/core'
import { count } from '../metrics/tally.ts'

/** JSON lines. Never a token, a password or a message's text: only what is named here is written. */
export const logger = new Logger()

export type LogFields = Partial<
  Record<
    'room' | 'connection' | 'user' | 'event' | 'outcome' | 'route' | 'status' | 'milliseconds' | 'count' | 'address',
    string | number
  >
>

type Began = { at: number; from: Promise<LogFields> }

/**
 * One line for each invocation: what it was, how it ended, how long it took; and where it came from, if `addressOf` says
 * so. That is asked beside the work and fails no call: a line without an address is better than none.
 * The log of a function that names addresses is kept for no longer than those: see lib/lambda-function.ts.
 */
export const logging = <Event, Result>(
  describe: (event: Event, result: Result | null | undefined) => LogFields,
  addressOf?: (event: Event) => Promise<string>,
): MiddlewareObj<Event, Result> => {
  const whereFrom = async (event: Event, requestId: string): Promise<LogFields> => {
    if (addressOf === undefined) return {}
    return addressOf(event).then(
      (address) => ({ address }),
      (cause: unknown) => {
        logger.warn('address not known', { requestId, cause })
        return {}
      },
    )
  }
  const invocations = new WeakMap<object, Began>()
  const begin = ({ event, context }: { event: Event; context: { awsRequestId: string } }): Began => {
    const began = { at: Date.now(), from: whereFrom(event, context.awsRequestId) }
    invocations.set(context, began)
    return began
  }
  const write: MiddlewareObj<Event, Result>['after'] = async (request) => {
    const { event, response, context } = request
    const { at, from } = invocations.get(context) ?? begin(request)
    const fields = { ...describe(event, response), ...(await from) }
    logger.info('done', { ...fields, requestId: context.awsRequestId, milliseconds: Date.now() - at })
  }
  return {
    before: (request) => {
      begin(request)
    },
    after: write,
    onError: write,
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
