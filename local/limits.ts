/** AWS's quotas and times, as in docs of API Gateway and Lambda. Tests pass smaller ones instead of waiting. */
export type Limits = {
  messageBytes: number
  frameBytes: number
  /** A connection without traffic is closed after this. */
  idleMilliseconds: number
  /** Every connection is closed after this. */
  durationMilliseconds: number
  /** The longest that a WebSocket integration may take. */
  integrationMilliseconds: number
  /** A post is answered 429 while more than this waits for a slow client. AWS does not publish its own number. */
  bufferedBytes: number
  /** The largest body that the HTTP API takes. */
  httpBodyBytes: number
  authorizerContextBytes: number
  /** Pause before a failed asynchronous invocation is repeated: a minute and more at Lambda, too long to sit through here. */
  asyncRetryMilliseconds: number
}

export const awsLimits: Limits = {
  messageBytes: 128 * 1024,
  frameBytes: 32 * 1024,
  idleMilliseconds: 10 * 60_000,
  durationMilliseconds: 2 * 60 * 60_000,
  integrationMilliseconds: 29_000,
  bufferedBytes: 1024 * 1024,
  httpBodyBytes: 10 * 1024 * 1024,
  authorizerContextBytes: 8 * 1024,
  asyncRetryMilliseconds: 1_000,
}
