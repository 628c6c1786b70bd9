import { randomBytes, randomUUID } from 'node:crypto'
import type { DeclaredFunction } from '../template/functions.ts'
import { account, functionArn } from '../template/identity.ts'

/** A function with the environment in which it runs. */
export type LambdaFunction = DeclaredFunction & { environment: Record<string, string> }

/** Lambda's context object, as far as it is plain data, and its one function. */
export type InvocationContext = {
  awsRequestId: string
  functionName: string
  functionVersion: string
  invokedFunctionArn: string
  memoryLimitInMB: string
  logGroupName: string
  logStreamName: string
  callbackWaitsForEmptyEventLoop: boolean
  /** Milliseconds since the epoch at which the call is given up. */
  deadline: number
  getRemainingTimeInMillis: () => number
  /** What X-Ray calls this invocation. The SDK sends it with every call, as at Lambda. */
  trace: string
}

/** Runs functions. The default runs each in a worker thread of its own; tests may run the sources in process. */
export type Invoker = {
  /** Rejects with what the handler threw. */
  invoke(fn: LambdaFunction, event: unknown, context: InvocationContext): Promise<unknown>
  close(): Promise<void>
}

const newTrace = (): string => {
  const seconds = Math.floor(Date.now() / 1000).toString(16)
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Sampled=0`
}

export const createContext = (fn: LambdaFunction, awsRequestId: string = randomUUID()): InvocationContext => {
  const deadline = Date.now() + fn.timeoutMilliseconds
  return {
    awsRequestId,
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(fn.name),
    memoryLimitInMB: String(fn.memoryMegabytes),
    logGroupName: `/aws/lambda/${fn.name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    deadline,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    trace: newTrace(),
  }
}

/** How Lambda reports what a handler threw. */
export type FunctionError = { errorType: string; errorMessage: string; trace: string[] }

export const describeError = (thrown: unknown): FunctionError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }

export type Endpoints = { dynamodb: string; lambda: string; secretsManager: string; management: string }

/**
 * Everything that Lambda and the template put into a function's environment, with AWS replaced by the local endpoints.
 * @param stageUrl the callback URL of the WebSocket stage, for which the local management endpoint stands in
 */
export const environmentOf = (fn: DeclaredFunction, stageUrl: string, endpoints: Endpoints): Record<string, string> => {
  const replaced = Object.entries(fn.variables).map(([name, value]) => [
    name,
    value === stageUrl ? endpoints.management : value,
  ])
  return {
    ...Object.fromEntries(replaced),
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    // What the developer has configured for AWS must not reach a local function.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: fn.folder,
    _HANDLER: fn.handler,
  }
}
