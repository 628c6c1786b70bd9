import { createBucketOrigin } from './edge/bucket-origin.ts'
import { createEdge } from './edge/edge.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFrontDoor } from './front-door.ts'
import { createHttpApi } from './http/http-api.ts'
import { environmentOf, type Invoker, type LambdaFunction } from './lambda/functions.ts'
import { createInvocations } from './lambda/invocations.ts'
import { createLambdaApi } from './lambda/lambda-api.ts'
import { createWorkerInvoker } from './lambda/worker-invoker.ts'
import { awsLimits, type Limits } from './limits.ts'
import { openPublicPort } from './public-port.ts'
import { createDynamoDbProxy } from './services/dynamodb-proxy.ts'
import { readTarget } from './services/dynamodb-target.ts'
import { openService } from './services/listen.ts'
import { openSecrets } from './services/secrets.ts'
import { createSecretsManager } from './services/secrets-manager.ts'
import { readStack } from './template/stack.ts'
import { readTables } from './template/tables.ts'
import type { Template } from './template/template.ts'
import { createManagementApi } from './websocket/management-api.ts'
import { createWebSocketApi } from './websocket/websocket-api.ts'

export type RuntimeOptions = {
  template: Template
  /** Folder that holds the assets, `asset.<hash>` each. */
  assets: string
  /** Endpoint of a DynamoDB that already has the template's tables. */
  dynamodb: string
  /** 0, the default, takes a free one. */
  port?: number
  /** Where generated secrets are kept; without it they last as long as the runtime. */
  stateFolder?: string
  /** Runs the functions; worker threads unless given. */
  invoker?: (environmentOf: (id: string) => Record<string, string>) => Invoker
  limits?: Partial<Limits>
  log?: (line: string) => void
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

/** Plays AWS for a synthesised template on one public port. Rejects, with nothing left running, where the template asks for what it cannot play. */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { template, assets, log = () => {} } = options
  const limits = { ...awsLimits, ...options.limits }
  const faults = createFaults()
  const secrets = openSecrets(template, options.stateFolder)
  const stack = readStack(template, assets, secrets)
  const cleanups: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }

  try {
    const open = async () => {
      const service = await openService(log)
      cleanups.push(service.close)
      return service
    }
    const [dynamodb, lambda, secretsManager, management] = await Promise.all([open(), open(), open(), open()])
    const { realtime } = stack
    const functions = stack.functions.map((fn) => ({
      ...fn,
      environment: environmentOf(fn, `https://${realtime.domain}/${realtime.stage}`, {
        dynamodb: dynamodb.url,
        lambda: lambda.url,
        secretsManager: secretsManager.url,
        management: `${management.url}/${realtime.stage}`,
      }),
    }))
    const environment = (id: string): Record<string, string> =>
      functions.find((fn) => fn.name === id || fn.logicalId === id)?.environment ?? {}
    const invoker = options.invoker?.(environment) ?? createWorkerInvoker(log)
    cleanups.push(invoker.close)
    const invocations = createInvocations(functions, invoker, faults, limits, log)
    const realtimeApi = createWebSocketApi(realtime, invocations, faults, limits)

    const proxy = createDynamoDbProxy(
      readTarget(options.dynamodb),
      faults,
      readTables(template).map(({ name }) => name),
    )
    cleanups.push(proxy.close)
    dynamodb.use(proxy.handler)
    lambda.use(createLambdaApi(invocations))
    secretsManager.use(createSecretsManager(secrets))
    management.use(createManagementApi(realtime.stage, realtimeApi.connections, faults, limits))

    const door = createFrontDoor(
      {
        edge: stack.distribution && createEdge(stack.distribution, log),
        http: new Map([
          ...stack.httpApis.map((api) => [api.domain, createHttpApi(api, invocations)] as const),
          ...stack.buckets.flatMap((bucket) =>
            bucket.domains.map((domain) => [domain, createBucketOrigin(bucket, stack.distribution?.domain)] as const),
          ),
        ]),
        webSocket: new Map([[realtime.domain, realtimeApi]]),
        direct: { path: `/${realtime.stage}`, api: realtimeApi },
      },
      limits,
    )
    const publicPort = await openPublicPort(door, options.port ?? 0, log)
    // Before the port closes, or every socket would be one more $disconnect.
    cleanups.push(publicPort.close, realtimeApi.close)

    const origin = `localhost:${publicPort.port}`
    return {
      url: `http://${origin}`,
      roomUrl: (code, token) =>
        `ws://${origin}/ws/room/${encodeURIComponent(code)}/?token=${encodeURIComponent(token)}`,
      realtimeUrl: (query) => `ws://${origin}/${realtime.stage}?${new URLSearchParams(query)}`,
      stage: realtime.stage,
      dynamodb: dynamodb.url,
      functions,
      faults,
      secrets,
      invoke: async (id, payload) => {
        const outcome = await invocations.call(id, payload)
        if (outcome.ok) return outcome.result
        throw Object.assign(new Error(outcome.error.errorMessage), { name: outcome.error.errorType })
      },
      connections: () => [...realtimeApi.connections.keys()],
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
