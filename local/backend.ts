import type { Faults } from './faults.ts'
import { environmentOf, type Invoker } from './lambda/functions.ts'
import { createInvocationCalls } from './lambda/invocation-calls.ts'
import { createInvocations } from './lambda/invocations.ts'
import { createLambdaApi } from './lambda/lambda-api.ts'
import { createWorkerInvoker } from './lambda/worker-invoker.ts'
import type { Limits } from './limits.ts'
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

export type BackendOptions = {
  template: Template
  /** Folder that holds the assets, `asset.<hash>` each. */
  assets: string
  /** Endpoint of a DynamoDB that already has the template's tables. */
  dynamodb: string
  /** Where generated secrets are kept; without it they last as long as the runtime. */
  stateFolder?: string
  /** Runs the functions; worker threads unless given. */
  invoker?: (environmentOf: (id: string) => Record<string, string>) => Invoker
  log?: (line: string) => void
  /** Told what Lambda would freeze: a call that is open when its handler has answered, or comes later. Logged unless given. */
  onFrozen?: (sentence: string) => void
}

type Opened = { close: () => Promise<void> | void }

/** What has been opened so far, to be closed in the opposite order. */
export const createCleanups = () => {
  const cleanups: Opened['close'][] = []
  return {
    add: (...closes: Opened['close'][]) => cleanups.push(...closes),
    close: async () => {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
    },
  }
}
type Cleanups = ReturnType<typeof createCleanups>

const openServices = async (log: (line: string) => void, cleanups: Cleanups) => {
  const open = async () => {
    const service = await openService(log)
    cleanups.add(service.close)
    return service
  }
  const [dynamodb, lambda, secretsManager, management] = await Promise.all([open(), open(), open(), open()])
  return { dynamodb, lambda, secretsManager, management }
}

/** Everything of AWS behind the public port: the functions, and the services that they call. */
export const startBackend = async (options: BackendOptions, faults: Faults, limits: Limits, cleanups: Cleanups) => {
  const { template, assets, log = () => {} } = options
  const secrets = openSecrets(template, options.stateFolder)
  const stack = readStack(template, assets, secrets)
  const { realtime } = stack
  const services = await openServices(log, cleanups)
  const functions = stack.functions.map((fn) => ({
    ...fn,
    environment: environmentOf(fn, `https://${realtime.domain}/${realtime.stage}`, {
      dynamodb: services.dynamodb.url,
      lambda: services.lambda.url,
      secretsManager: services.secretsManager.url,
      management: `${services.management.url}/${realtime.stage}`,
    }),
  }))
  const environment = (id: string): Record<string, string> =>
    functions.find((fn) => fn.name === id || fn.logicalId === id)?.environment ?? {}
  const invoker = options.invoker?.(environment) ?? createWorkerInvoker(log)
  cleanups.add(invoker.close)
  const calls = createInvocationCalls(faults, options.onFrozen ?? log)
  const invocations = createInvocations(functions, invoker, calls, faults, limits, log)
  const realtimeApi = createWebSocketApi(realtime, invocations, faults, limits)
  const tables = readTables(template).map(({ name }) => name)
  const proxy = createDynamoDbProxy(readTarget(options.dynamodb), faults, tables)
  cleanups.add(proxy.close)
  services.dynamodb.use(calls.guarding('dynamodb', proxy.handler))
  services.lambda.use(calls.guarding('lambda', createLambdaApi(invocations)))
  services.secretsManager.use(calls.guarding('secrets', createSecretsManager(secrets)))
  const management = createManagementApi(realtime.stage, realtimeApi.connections, faults, limits)
  services.management.use(calls.guarding('management', management))
  return { stack, secrets, functions, invocations, realtimeApi, dynamodb: services.dynamodb.url }
}

export type Backend = Awaited<ReturnType<typeof startBackend>>
