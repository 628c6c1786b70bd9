import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import type { InvocationContext, Invoker, LambdaFunction } from './functions.ts'

export type Start = { folder: string; handler: string }
export type Call = { id: number; event: unknown; context: Omit<InvocationContext, 'getRemainingTimeInMillis'> }
export type Answer =
  | { id: number; ok: true; result: string | undefined }
  | { id: number; ok: false; isError: true; name: string; message: string; stack: string | undefined }
  | { id: number; ok: false; isError: false; message: string }

type Pending = { resolve(result: unknown): void; reject(error: unknown): void }

const named = (name: string, message: string, stack?: string): Error =>
  Object.assign(new Error(message), { name, ...(stack && { stack }) })

const startWorker = (fn: LambdaFunction, log: (line: string) => void) => {
  const start: Start = { folder: fn.folder, handler: fn.handler }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env: fn.environment,
    workerData: start,
    // Neither a test runner's loaders nor a debugger belong into a function.
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  for (const output of [worker.stdout, worker.stderr]) createInterface({ input: output }).on('line', log)
  const pending = new Map<number, Pending>()
  let dead = false
  let calls = 0

  const die = (error: Error) => {
    dead = true
    for (const call of pending.values()) call.reject(error)
    pending.clear()
  }
  worker.on('error', (error: Error) => die(named(error.name, error.message, error.stack)))
  worker.on('exit', (code) => die(named('Runtime.ExitError', `Runtime exited with error: exit status ${code}`)))
  worker.on('message', (answer: Answer) => {
    const call = pending.get(answer.id)
    pending.delete(answer.id)
    if (answer.ok) call?.resolve(answer.result === undefined ? null : JSON.parse(answer.result))
    else call?.reject(answer.isError ? named(answer.name, answer.message, answer.stack) : answer.message)
  })

  return {
    /** False once it has crashed or one of its calls has taken too long: it then finishes what it has and gets nothing new. */
    usable: () => !dead,
    call: (event: unknown, { getRemainingTimeInMillis, ...context }: InvocationContext): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = calls++
        const giveUp = () => {
          pending.delete(id)
          dead = true
          if (pending.size === 0) void worker.terminate()
          const seconds = (fn.timeoutMilliseconds / 1000).toFixed(2)
          reject(named('Sandbox.Timedout', `${context.awsRequestId} Task timed out after ${seconds} seconds`))
        }
        const timer = setTimeout(giveUp, getRemainingTimeInMillis())
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value) => {
            clearTimeout(timer)
            then(value)
            if (dead && pending.size === 0) void worker.terminate()
          }
        pending.set(id, { resolve: settle(resolve), reject: settle(reject) })
        const call: Call = { id, event, context }
        worker.postMessage(call)
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}

/**
 * One worker thread for each function, with that function's environment. It starts at the first call, and anew after a
 * crash or a timeout.
 */
export const createWorkerInvoker = (log: (line: string) => void): Invoker => {
  const workers = new Map<string, ReturnType<typeof startWorker>>()
  return {
    invoke: (fn, event, context) => {
      let worker = workers.get(fn.name)
      if (worker === undefined || !worker.usable()) {
        worker = startWorker(fn, log)
        workers.set(fn.name, worker)
      }
      return worker.call(event, context)
    },
    close: async () => {
      await Promise.all([...workers.values()].map((worker) => worker.close()))
    },
  }
}
