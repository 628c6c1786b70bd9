import { AsyncLocalStorage } from 'node:async_hooks'
import type { Services } from '../../functions/middleware/services.ts'
import type { Invoker } from '../../local/lambda/functions.ts'

type Handler = (event: unknown, context: unknown) => Promise<unknown>
type Entry = { createHandler: (services: Services) => unknown }

const entries: Record<string, () => Promise<Entry>> = {
  Auth: () => import('../../functions/http/auth.ts'),
  Api: () => import('../../functions/http/api.ts'),
  Authorizer: () => import('../../functions/ws/authorizer.ts'),
  Connect: () => import('../../functions/ws/connect.ts'),
  Welcome: () => import('../../functions/ws/welcome.ts'),
  Message: () => import('../../functions/ws/message.ts'),
  Disconnect: () => import('../../functions/ws/disconnect.ts'),
  Sweep: () => import('../../functions/background/sweep.ts'),
}

/** The invocation in which the current code runs, so that a test can tell whose call it watches. */
export const currentInvocation = new AsyncLocalStorage<{ logicalId: string }>()

/** CDK's logical ids are our ids and eight characters of hash. */
const idOf = (logicalId: string) => logicalId.slice(0, -8)

/** One call of a function; without a result where it failed. */
export type Invoked = { id: string; event: unknown; result?: unknown }

export type InProcess = Invoker & {
  /** Resolves once no function is running. */
  idle: () => Promise<void>
}

/**
 * Runs the functions' sources in this process, for coverage and so that the clock and the ids can be replaced. The
 * functions' environments are laid over one another: where they differ, the bundles in worker threads have the word.
 */
export const createInProcessInvoker = (services: Services, onInvoked?: (invoked: Invoked) => void): InProcess => {
  const handlers = new Map<string, Promise<Handler>>()
  const running = new Set<Promise<unknown>>()
  const load = async (logicalId: string): Promise<Handler> => {
    const entry = await entries[idOf(logicalId)]?.()
    if (entry === undefined) throw new Error(`There is no source for the function ${logicalId}.`)
    return entry.createHandler(services) as Handler
  }
  return {
    invoke: (fn, event, context) => {
      Object.assign(process.env, fn.environment)
      const handler = handlers.get(fn.logicalId) ?? load(fn.logicalId)
      handlers.set(fn.logicalId, handler)
      const call = handler.then((run) => currentInvocation.run({ logicalId: fn.logicalId }, () => run(event, context)))
      const done = (outcome: { result?: unknown }) => {
        running.delete(call)
        onInvoked?.({ id: idOf(fn.logicalId), event, ...outcome })
      }
      running.add(call)
      call.then(
        (result) => done({ result }),
        () => done({}),
      )
      return call
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
    close: async () => {},
  }
}
