import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Call, Start } from './worker-invoker.ts'

// The inside of one function: loads the bundle, then answers calls until it is ended.

type LambdaHandler = (event: unknown, context: unknown) => unknown

const { folder, handler: name } = workerData as Start

// As Lambda's own runtime does: the SDK asks this object which invocation a call belongs to.
const traces = new AsyncLocalStorage<string>()
Object.assign(globalThis, { awslambda: { InvokeStore: { getXRayTraceId: () => traces.getStore() } } })

const load = async (): Promise<LambdaHandler> => {
  const dot = name.lastIndexOf('.')
  const module: Record<string, unknown> = await import(pathToFileURL(join(folder, `${name.slice(0, dot)}.mjs`)).href)
  const handler = module[name.slice(dot + 1)]
  if (typeof handler === 'function') return handler as LambdaHandler
  throw Object.assign(new Error(`${name} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' })
}

const loading = load()
// Reported with the first call.
loading.catch(() => {})

const answer = async ({ id, event, context }: Call): Promise<Answer> => {
  try {
    const handler = await loading
    const getRemainingTimeInMillis = () => context.deadline - Date.now()
    const result = await traces.run(context.trace, () => handler(event, { ...context, getRemainingTimeInMillis }))
    // Over JSON, as Lambda passes results on.
    return { id, ok: true, result: JSON.stringify(result) }
  } catch (error) {
    return error instanceof Error
      ? { id, ok: false, isError: true, name: error.name, message: error.message, stack: error.stack }
      : { id, ok: false, isError: false, message: String(error) }
  }
}

parentPort?.on('message', async (call: Call) => parentPort?.postMessage(await answer(call)))
