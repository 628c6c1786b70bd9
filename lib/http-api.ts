import { Duration, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { createAccessLogs } from './access-logs.ts'
import type { Settings } from './settings.ts'

// Neither the query string nor a header: a token may stand in either.
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    // Of who comes through the edge this is an edge server's address. The function's line has the viewer's.
    sourceIp: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    responseLength: '$context.responseLength',
    latency: '$context.responseLatency',
    integrationError: '$context.integrationErrorMessage',
  }),
)

/** Browsers keep the answer to a preflight that long; without it, five seconds. Chromium keeps none longer. */
const PREFLIGHT_KEPT = Duration.hours(2)

export type HttpApiProps = { settings: Settings; auth: IFunction; api: IFunction; admin: IFunction }

/** The HTTP API. Greedy routes: a path with a trailing slash would match no other. */
export const createHttpApi = (scope: Construct, { settings, auth, api, admin }: HttpApiProps): HttpApi => {
  const httpApi = new HttpApi(scope, 'HttpApi', {
    apiName: `${Stack.of(scope).stackName}-http`,
    description: 'StreamIt: accounts and rooms',
    createDefaultStage: false,
    ...(settings.allowedOrigins.length > 0 && {
      corsPreflight: {
        allowOrigins: settings.allowedOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type'],
        exposeHeaders: ['retry-after'],
        // There are no cookies, so nothing is given away. Many HTTP libraries ask for it with every call.
        allowCredentials: true,
        maxAge: PREFLIGHT_KEPT,
      },
    }),
  })
  httpApi.addRoutes({
    path: '/api/auth/{proxy+}',
    methods: [HttpMethod.ANY],
    integration: new HttpLambdaIntegration('AuthIntegration', auth),
  })
  httpApi.addRoutes({
    path: '/api/admin/{proxy+}',
    methods: [HttpMethod.ANY],
    integration: new HttpLambdaIntegration('AdminIntegration', admin),
  })
  httpApi.addRoutes({
    path: '/api/{proxy+}',
    methods: [HttpMethod.ANY],
    integration: new HttpLambdaIntegration('ApiIntegration', api),
  })
  const accessLogs = createAccessLogs(scope, 'HttpAccessLogs', settings, {
    // API Gateway adds every group of another name to one policy of the account, which is full at 5,120 characters.
    logGroupName: `/aws/vendedlogs/${Stack.of(scope).stackName}/http-access`,
  })
  new HttpStage(scope, 'HttpStage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.throttleRate, burstLimit: settings.throttleBurst },
    accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
  })
  return httpApi
}

/** The host name under which an API of this stack answers. */
export const apiDomain = (scope: Construct, apiId: string): string =>
  `${apiId}.execute-api.${Stack.of(scope).region}.${Stack.of(scope).urlSuffix}`
