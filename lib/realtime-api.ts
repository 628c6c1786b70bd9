import { Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { createAccessLogs } from './access-logs.ts'
import { createLogRole } from './gateway-logs.ts'
import type { Settings } from './settings.ts'

// Identifiers and outcomes only: the token travels in the query string, which no field here shows.
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    // Of who comes through the edge this is an edge server's address.
    sourceIp: '$context.identity.sourceIp',
    // As the authorizer passed it on: of a socket that it let in.
    viewer: '$context.authorizer.address',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
    connectionId: '$context.connectionId',
    status: '$context.status',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
)

export type RealtimeFunctions = Record<'authorizer' | 'connect' | 'message' | 'disconnect', LambdaFunction>

/** The WebSocket API, before it has routes: functions need its address, routes need the functions. */
export const createRealtimeApi = (scope: Construct): WebSocketApi =>
  new WebSocketApi(scope, 'RealtimeApi', {
    apiName: `${Stack.of(scope).stackName}-realtime`,
    description: 'StreamIt: presence, chat, playback',
    routeSelectionExpression: '$request.body.type',
  })

/** Where functions post to connections. Never taken from an event: behind the edge its domain is the wrong one. */
const callbackUrl = (api: WebSocketApi, settings: Settings): string =>
  `https://${api.apiId}.execute-api.${Stack.of(api).region}.${Stack.of(api).urlSuffix}/${settings.stage}`

/** Routes, the authorizer on $connect, and the one stage. */
export const addRealtimeRoutes = (api: WebSocketApi, fns: RealtimeFunctions, settings: Settings): WebSocketStage => {
  const message = (id: string) => new WebSocketLambdaIntegration(id, fns.message)
  api.addRoute('$connect', {
    integration: new WebSocketLambdaIntegration('ConnectIntegration', fns.connect),
    authorizer: new WebSocketLambdaAuthorizer('Authorizer', fns.authorizer, {
      identitySource: ['route.request.querystring.token'],
    }),
  })
  api.addRoute('$disconnect', { integration: new WebSocketLambdaIntegration('DisconnectIntegration', fns.disconnect) })
  api.addRoute('$default', { integration: message('DefaultIntegration') })
  // A route response sends what the function returns, and an empty frame when it returns nothing. So only events that
  // always answer have one.
  api.addRoute('PING', { integration: message('PingIntegration'), returnResponse: true })
  api.addRoute('SYNC_REQUEST', { integration: message('SyncRequestIntegration'), returnResponse: true })

  const accessLogs = createAccessLogs(api, 'AccessLogs', settings)
  const stage = new WebSocketStage(api, 'Stage', {
    webSocketApi: api,
    stageName: settings.stage,
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
    accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
  })
  if (settings.apiGatewayLogRole === 'create') stage.node.addDependency(createLogRole(api))
  return stage
}

/** Lets `fn` call these methods of @connections on this API's stage, and nothing else. */
export const allowConnections = (
  fn: LambdaFunction,
  api: WebSocketApi,
  settings: Settings,
  methods: ('DELETE' | 'GET' | 'POST')[],
): void => {
  fn.addEnvironment('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', callbackUrl(api, settings))
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ['execute-api:ManageConnections'],
      resources: methods.map((method) =>
        Stack.of(api).formatArn({
          service: 'execute-api',
          resource: api.apiId,
          resourceName: `${settings.stage}/${method}/@connections/*`,
        }),
      ),
    }),
  )
}
