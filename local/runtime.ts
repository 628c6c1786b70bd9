import { type Backend, type BackendOptions, createCleanups, startBackend } from './backend.ts'
import { createBucketOrigin } from './edge/bucket-origin.ts'
import { createEdge } from './edge/edge.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFrontDoor } from './front-door.ts'
import { createHttpApi } from './http/http-api.ts'
import type { LambdaFunction } from './lambda/functions.ts'
import { awsLimits, type Limits } from './limits.ts'
import { openPublicPort } from './public-port.ts'

export type RuntimeOptions = BackendOptions & {
  /** 0, the default, takes a free one. */
  port?: number
  limits?: Partial<Limits>
}

export type Runtime = {
  /** http://localhost:PORT */
  url: string
  /** A room's address behind the edge. */
  roomUrl(code: string, token: string): string
  /** The WebSocket API's own address with a query. */
  realtimeUrl(query: Record<string, string>): string
  stage: string
  /** Where programs of this machine reach the tables, as the functions do. Whoever knows it may read and write them. */
  dynamodb: string
  functions: LambdaFunction[]
  faults: Faults
  secrets: { rotate(id?: string): void }
  /** Calls a function and waits; rejects with what it reports. */
  invoke(id: string, payload?: unknown): Promise<unknown>
  connections(): string[]
  close(): Promise<void>
}

const openDoor = async ({ stack, invocations, realtimeApi }: Backend, options: RuntimeOptions, limits: Limits) => {
  const { log = () => {} } = options
  const { realtime, distribution } = stack
  const door = createFrontDoor(
    {
      edge: distribution && createEdge(distribution, log),
      http: new Map([
        ...stack.httpApis.map((api) => [api.domain, createHttpApi(api, invocations)] as const),
        ...stack.buckets.flatMap((bucket) =>
          bucket.domains.map((domain) => [domain, createBucketOrigin(bucket, distribution?.domain)] as const),
        ),
      ]),
      webSocket: new Map([[realtime.domain, realtimeApi]]),
      direct: { path: `/${realtime.stage}`, api: realtimeApi },
    },
    limits,
  )
  return openPublicPort(door, options.port ?? 0, log)
}

/** Plays AWS for a synthesised template on one public port. Rejects, with nothing left running, where the template asks for what it cannot play. */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const limits = { ...awsLimits, ...options.limits }
  const faults = createFaults()
  const cleanups = createCleanups()
  try {
    const backend = await startBackend(options, faults, limits, cleanups)
    const { realtimeApi, invocations, functions, secrets, dynamodb } = backend
    const { stage } = backend.stack.realtime
    const publicPort = await openDoor(backend, options, limits)
    // Before the port closes, or every socket would be one more $disconnect.
    cleanups.add(publicPort.close, realtimeApi.close)
    const origin = `localhost:${publicPort.port}`
    return {
      url: `http://${origin}`,
      roomUrl: (code, token) =>
        `ws://${origin}/ws/room/${encodeURIComponent(code)}/?token=${encodeURIComponent(token)}`,
      realtimeUrl: (query) => `ws://${origin}/${stage}?${new URLSearchParams(query)}`,
      ...{ stage, dynamodb, functions, faults, secrets },
      invoke: async (id, payload) => {
        const outcome = await invocations.call(id, payload)
        if (outcome.ok) return outcome.result
        throw Object.assign(new Error(outcome.error.errorMessage), { name: outcome.error.errorType })
      },
      connections: () => [...realtimeApi.connections.keys()],
      close: cleanups.close,
    }
  } catch (error) {
    await cleanups.close()
    throw error
  }
}
