/** One call to the @connections API. */
type Post = { connectionId: string; data: string }
/** One call to DynamoDB: `PutItem` and what was sent with it. */
export type DynamoDbCall = { action: string; body: unknown }
export type DynamoDbFault =
  | 'TransactionConflictException'
  | 'ThrottlingException'
  | 'ProvisionedThroughputExceededException'
  | 'InternalServerError'
  | 'ServiceUnavailable'

type FaultSettings = {
  /** $disconnect never comes, as may happen at AWS. */
  dropDisconnect: boolean
  /** How long after $connect has returned the socket opens; posts answer 410 until then. */
  delayUpgradeMilliseconds: number
  /** A status with which to answer a post instead of delivering it. */
  answerPost: (post: Post) => number | undefined
  /** Milliseconds by which to hold a post back. */
  delayPost: (post: Post) => number
  /** An error with which to answer a call to DynamoDB instead of passing it on. */
  failDynamoDb: (call: DynamoDbCall) => DynamoDbFault | undefined
  /** Every asynchronous invocation arrives twice. */
  duplicateAsyncInvoke: boolean
  /** A client's frames start their invocations in another order than they came in. */
  reorderFrames: boolean
}

const none: FaultSettings = {
  dropDisconnect: false,
  delayUpgradeMilliseconds: 0,
  answerPost: () => undefined,
  delayPost: () => 0,
  failDynamoDb: () => undefined,
  duplicateAsyncInvoke: false,
  reorderFrames: false,
}

/** What AWS may do to us and a laptop never would. Assign to turn on: `faults.dropDisconnect = true`. */
export type Faults = FaultSettings & { reset(): void }

export const createFaults = (): Faults => {
  const faults: Faults = { ...none, reset: () => Object.assign(faults, none) }
  return faults
}
