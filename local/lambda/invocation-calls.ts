import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults, FunctionCall } from '../faults.ts'
import type { Handler } from '../services/listen.ts'
import type { LambdaFunction } from './functions.ts'

type Running = {
  fn: LambdaFunction
  event: unknown
  calls: number
  open: Map<ServerResponse, string>
  state: 'running' | 'answered' | 'dead'
  die: () => void
}

/** Invocations as the services of AWS see them: by the trace that the SDK sends with every call. */
export type InvocationCalls = {
  /** Runs an invocation. Rejects where a fault ends it, whatever its code still does. */
  during: (fn: LambdaFunction, event: unknown, trace: string, run: () => Promise<unknown>) => Promise<unknown>
  /** A service, which carries out nothing more for an invocation that has died. */
  guarding: (service: FunctionCall['service'], handler: Handler) => Handler
}

const actionOf = ({ headers, method = '' }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? method).replace(/^.*\./, '')

/** That a caller gave up its call in the moment of answering is noticed a little later. */
const NOTICED_AFTER_MS = 250

const isGivenUp = (response: ServerResponse): boolean => response.destroyed && !response.writableFinished

/** A call may come this long after the answer and is still known for what it is. */
const KEPT_MS = 60_000

const killed = (): Error =>
  Object.assign(new Error('RequestId: Error: Runtime exited with error: signal: killed'), { name: 'Runtime.ExitError' })

/** @param onFrozen told in one sentence what Lambda would freeze: a call that is open when its handler has answered, or comes later */
export const createInvocationCalls = (faults: Faults, onFrozen: (sentence: string) => void): InvocationCalls => {
  const invocations = new Map<string, Running>()

  const admit = (invocation: Running, service: FunctionCall['service'], action: string): boolean => {
    if (invocation.state === 'dead') return false
    invocation.calls += 1
    const { fn, event, calls: nth } = invocation
    const call = { function: fn.logicalId, service, action, nth, event }
    const isKilled = invocation.state === 'running' && faults.killInvocation(call)
    if (isKilled) invocation.die()
    return !isKilled
  }

  return {
    during: async (fn, event, trace, run) => {
      const { promise: death, reject } = Promise.withResolvers<never>()
      const invocation: Running = {
        ...{ fn, event, calls: 0, open: new Map(), state: 'running' },
        die: () => {
          invocation.state = 'dead'
          reject(killed())
        },
      }
      invocations.set(trace, invocation)
      const running = run()
      try {
        const result = await Promise.race([running, death])
        const left = [...invocation.open].filter(([response]) => !response.writableEnded)
        const tellLeft = () => {
          for (const [response, name] of left)
            if (!isGivenUp(response)) onFrozen(`${fn.name} has answered while its ${name} is open.`)
        }
        if (left.length > 0) setTimeout(tellLeft, NOTICED_AFTER_MS)
        return result
      } finally {
        if (invocation.state === 'running') invocation.state = 'answered'
        // Of a dead invocation nobody asks how it would have ended.
        running.catch(() => {})
        setTimeout(() => invocations.delete(trace), KEPT_MS).unref()
      }
    },
    guarding: (service, handler) => async (request, response) => {
      const invocation = invocations.get(String(request.headers['x-amzn-trace-id']))
      if (invocation === undefined) return handler(request, response)
      const action = actionOf(request)
      if (!admit(invocation, service, action)) return void request.destroy()
      if (invocation.state === 'answered') {
        await sleep(NOTICED_AFTER_MS)
        if (isGivenUp(response)) return
        onFrozen(`${invocation.fn.name} calls ${service} (${action}) after it has answered.`)
      }
      invocation.open.set(response, `call of ${service} (${action})`)
      response.once('close', () => invocation.open.delete(response))
      await handler(request, response)
    },
  }
}
