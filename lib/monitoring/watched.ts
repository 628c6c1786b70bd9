import type { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { Functions } from '../functions.ts'

/** What is looked at. */
export type Watched = {
  stage: string
  functions: Functions
  core: ITableV2
  connections: ITableV2
  httpApi: HttpApi
  realtimeApi: WebSocketApi
}
