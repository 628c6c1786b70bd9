/** One post to a connection. */
export type Post = { connectionId: string; data: string }
/** One call to DynamoDB: `PutItem` and what was sent with it. */
export type DynamoDbCall = { action: string; body: unknown }
export type DynamoDbFault =
  | 'TransactionConflictException'
  | 'ThrottlingException'
  | 'ProvisionedThroughputExceededException'
  | 'InternalServerError'
  | 'ServiceUnavailable'

/** One call that an invocation is about to make: `nth` counts its calls of all services, from 1. */
export type FunctionCall = {
  /** Logical id of the function. */
  function: string
  service: 'dynamodb' | 'lambda' | 'management' | 'secrets'
  /** `PutItem` of DynamoDB, the method (`POST`) of the others. */
  action: string
  nth: number
  /** What the invocation was called with. */
  event: unknown
}

/** Always or never, or drawn anew each time. */
type Chance = boolean | (() => boolean)
export const happens = (chance: Chance): boolean => (typeof chance === 'function' ? chance() : chance)

type FaultSettings = {
  /** $disconnect never comes, as may happen at AWS. */
  dropDisconnect: Chance
  /** How long after $connect has returned the socket opens; posts answer 410 until then. */
  delayUpgradeMilliseconds: number
  /** A status with which to answer a post instead of delivering it. */
  answerPost: (post: Post) => number | undefined
  /** A status with which to answer whoever closes a connection, instead of closing it. */
  answerClose: (connectionId: string) => number | undefined
  /** Milliseconds by which to hold a post back. Infinity: it hangs until its caller gives up. */
  delayPost: (post: Post) => number
  /** The post is delivered and its answer lost: the SDK posts again, and the frame comes twice. */
  losePostAnswer: (post: Post) => boolean
  /** An error with which to answer a call to DynamoDB instead of passing it on. */
  failDynamoDb: (call: DynamoDbCall) => DynamoDbFault | undefined
  /** The call to DynamoDB is carried out and its answer lost: the SDK calls again. */
  loseDynamoDbAnswer: (call: DynamoDbCall) => boolean
  /** Ends an invocation before this call of it is carried out: a function that dies between saving and telling. */
  killInvocation: (call: FunctionCall) => boolean
  /** An asynchronous invocation arrives twice. */
  duplicateAsyncInvoke: Chance
  /** A client's frames start their invocations in another order than they came in. */
  reorderFrames: Chance
  /** A client's frame starts two invocations, with one event. The gateway answers with what the second says. */
  duplicateFrames: Chance
}

const none: FaultSettings = {
  dropDisconnect: false,
  delayUpgradeMilliseconds: 0,
  answerPost: () => undefined,
  answerClose: () => undefined,
  delayPost: () => 0,
  losePostAnswer: () => false,
  failDynamoDb: () => undefined,
  loseDynamoDbAnswer: () => false,
  killInvocation: () => false,
  duplicateAsyncInvoke: false,
  reorderFrames: false,
  duplicateFrames: false,
}

/** What AWS may do to us and a laptop never would. Assign to turn on: `faults.dropDisconnect = true`. */
export type Faults = FaultSettings & { reset(): void }

export const createFaults = (): Faults => {
  const faults: Faults = { ...none, reset: () => Object.assign(faults, none) }
  return faults
}
