import { setTimeout as sleep } from 'node:timers/promises'
import { type Faults, happens } from '../faults.ts'
import type { Limits } from '../limits.ts'
import { createContext, describeError, type FunctionError, type Invoker, type LambdaFunction } from './functions.ts'
import type { InvocationCalls } from './invocation-calls.ts'

export type Outcome = { ok: true; result: unknown } | { ok: false; error: FunctionError }

export type Invocations = {
  /** Calls the function by its name, ARN or logical id and waits. A failing function is an outcome; an unknown one throws. */
  call(id: string, event: unknown): Promise<Outcome>
  /** Queues the event: repeated when the function fails, as often as the template says. */
  queue(id: string, event: unknown): void
  find(id: string): LambdaFunction | undefined
}

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

/** Lambda, as the rest of the runtime calls it. */
export const createInvocations = (
  functions: LambdaFunction[],
  invoker: Invoker,
  calls: InvocationCalls,
  faults: Faults,
  limits: Limits,
  log: (line: string) => void,
): Invocations => {
  const find = (id: string): LambdaFunction | undefined => {
    const name = id.replace(/^arn:.*:function:/, '').replace(/:\$LATEST$/, '')
    return functions.find((fn) => fn.name === name || fn.logicalId === name)
  }
  const known = (id: string): LambdaFunction => {
    const fn = find(id)
    if (fn === undefined) throw new Error(`The template has no function ${id}.`)
    return fn
  }
  const run = async (fn: LambdaFunction, event: unknown, requestId?: string): Promise<Outcome> => {
    try {
      // Through JSON both ways, as at Lambda: an in-process handler shares nothing with its caller.
      const context = createContext(fn, requestId)
      const result = await calls.during(fn, event, context.trace, () => invoker.invoke(fn, throughJson(event), context))
      return { ok: true, result: throughJson(result) }
    } catch (thrown) {
      const error = describeError(thrown)
      log(`${fn.name} failed: ${error.trace.join('\n') || `${error.errorType}: ${error.errorMessage}`}`)
      return { ok: false, error }
    }
  }
  const runWithRetries = async (fn: LambdaFunction, event: unknown, requestId: string): Promise<void> => {
    for (let attempt = 0; attempt <= fn.retries; attempt++) {
      if (attempt > 0) await sleep(limits.asyncRetryMilliseconds, undefined, { ref: false })
      const outcome = await run(fn, event, requestId)
      if (outcome.ok) return
    }
  }
  return {
    find,
    call: async (id, event) => run(known(id), event),
    queue: (id, event) => {
      const fn = known(id)
      const requestId = crypto.randomUUID()
      const deliveries = happens(faults.duplicateAsyncInvoke) ? 2 : 1
      for (let delivery = 0; delivery < deliveries; delivery++) void runWithRetries(fn, event, requestId)
    },
  }
}
