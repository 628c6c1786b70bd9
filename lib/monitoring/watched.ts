import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { Functions } from '../functions.ts'

/** What is looked at. */
export type Watched = {
  stage: string
  /** What is kept of the account's executions for `message`. */
  reservedConcurrency: number | undefined
  functions: Functions
  core: ITableV2
  connections: ITableV2
  httpApi: HttpApi
  realtimeApi: WebSocketApi
}
