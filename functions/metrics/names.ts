/**
 * Every metric that the functions emit. The dashboard and the alarms (lib/) read the names here, too; docs/operations.md
 * says what each one means. Those that are sent cost money by the name: CloudWatch gives ten away.
 */

export const METRICS_NAMESPACE = 'StreamIt'
/** The one dimension. Another would make another metric of each of its values. */
export const STAGE_DIMENSION = 'Stage'

/** How often something happened. */
export const countNames = [
  'Faults',
  'RefusalsMalformed',
  'RefusalsNotAllowed',
  'RefusalsNotThere',
  'RefusalsTooFast',
  'HandshakesUnauthorized',
  'Posts',
  'PostsDropped',
  'GreetingsFailed',
  'RepairsAsked',
  'SocketsBehind',
  'SocketsLost',
  'SyncRequests',
  'ToldLate',
] as const
export type CountName = (typeof countNames)[number]

/** How long something took, in milliseconds. How often it happened is the number of its samples. */
export const timeNames = ['CommandFirstPost', 'CommandLastPost', 'MessageLastPost', 'GreetingTime'] as const
export type TimeName = (typeof timeNames)[number]
