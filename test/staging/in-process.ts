import { type FunctionName, readSettings } from '../../functions/middleware/configuration.ts'
import type { Services, TellingFunction, TellingServices } from '../../functions/middleware/services.ts'
import type { Invoker } from '../../local/lambda/functions.ts'
import { currentInvocation } from './current-invocation.ts'
import { openTimersOf, watchTimers } from './open-timers.ts'

type Handler = (event: unknown, context: unknown) => Promise<unknown>
/** Makes a function's handler as its entry does, for the environment given. */
type Start = (environment: Record<string, string>) => Handler

/** What a test replaces of a function's services. Its settings come from the template. */
export type Replaced = Pick<Services, 'clock' | 'ids'>

const source =
  <F extends FunctionName>(name: F, load: () => Promise<{ createHandler: (services: Services<F>) => unknown }>) =>
  async (replaced: Replaced): Promise<Start> => {
    const { createHandler } = await load()
    return (environment) => createHandler({ ...replaced, settings: readSettings(name, environment) }) as Handler
  }

/** The same for one that tells rooms something: as its entry, it starts the repair function. */
const telling = <F extends TellingFunction>(
  name: F,
  load: () => Promise<{ createHandler: (services: TellingServices<F>) => unknown }>,
) =>
  source(name, async () => {
    const [{ createHandler }, { withRepair }] = await Promise.all([
      load(),
      import('../../functions/background/with-repair.ts'),
    ])
    return { createHandler: (services: Services<F>) => createHandler(withRepair(services)) }
  })

const sources: Record<string, (replaced: Replaced) => Promise<Start>> = {
  Auth: telling('auth', () => import('../../functions/http/auth.ts')),
  Api: telling('api', () => import('../../functions/http/api.ts')),
  Admin: telling('admin', () => import('../../functions/http/admin.ts')),
  Authorizer: source('authorizer', () => import('../../functions/ws/authorizer.ts')),
  Connect: telling('connect', () => import('../../functions/ws/connect.ts')),
  Welcome: telling('welcome', () => import('../../functions/ws/welcome.ts')),
  Message: telling('message', () => import('../../functions/ws/message.ts')),
  Disconnect: telling('disconnect', () => import('../../functions/ws/disconnect.ts')),
  Repair: source('repair', () => import('../../functions/background/repair.ts')),
  Sweep: source('sweep', () => import('../../functions/background/sweep.ts')),
}

/** CDK's logical ids are our ids and eight characters of hash. */
const idOf = (logicalId: string) => logicalId.slice(0, -8)

/** One call of a function; without a result where it failed. */
export type Invoked = { id: string; event: unknown; result?: unknown }

export type Watchers = {
  onInvoked?: ((invoked: Invoked) => void) | undefined
  /** Told in one sentence what Lambda would freeze: a wait that is left behind when the handler has answered. */
  onFrozen?: (sentence: string) => void
}

export type InProcess = Invoker & {
  /** Resolves once no function is running. */
  idle: () => Promise<void>
}

/**
 * Runs the functions' sources in this process, for coverage and so that the clock and the ids can be replaced. Each call
 * is a cold start: a test that changes a function's environment changes the settings of the calls after it.
 */
export const createInProcessInvoker = (replaced: Replaced, { onInvoked, onFrozen }: Watchers = {}): InProcess => {
  watchTimers()
  const started = new Map<string, Promise<Start>>()
  const running = new Set<Promise<unknown>>()
  const load = async (logicalId: string): Promise<Start> => {
    const start = sources[idOf(logicalId)]?.(replaced)
    if (start === undefined) throw new Error(`There is no source for the function ${logicalId}.`)
    return start
  }
  return {
    invoke: (fn, event, context) => {
      const start = started.get(fn.logicalId) ?? load(fn.logicalId)
      started.set(fn.logicalId, start)
      const invocation = { logicalId: fn.logicalId, trace: context.trace }
      const call = start.then((startWith) =>
        currentInvocation.run(invocation, () => startWith(fn.environment)(event, context)),
      )
      const done = (outcome: { result?: unknown }) => {
        running.delete(call)
        if (openTimersOf(invocation) > 0) onFrozen?.(`${idOf(fn.logicalId)} has answered while a wait of it is open.`)
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
