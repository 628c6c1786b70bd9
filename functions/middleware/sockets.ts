import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import * as z from 'zod'
import { logFault, logging } from './logging.ts'

/** What the authorizer passed on, as far as a log names it. */
const Identity = z.object({ userId: z.string(), room: z.string() })

type SocketMiddleware = MiddlewareObj<APIGatewayProxyWebsocketEventV2, APIGatewayProxyStructuredResultV2>

/**
 * A function that throws makes API Gateway send the client its own error text, so a fault ends here: logged once with
 * its cause. `answerFault` tells the sender, where there is one to tell.
 */
export const socketFaults = (
  answerFault?: (
    event: APIGatewayProxyWebsocketEventV2,
    requestId: string,
  ) => Promise<APIGatewayProxyStructuredResultV2>,
): SocketMiddleware => ({
  onError: async (request) => {
    const requestId = request.context.awsRequestId
    logFault(requestId, request.error)
    const answer = answerFault?.(request.event, requestId).catch((cause: unknown) => {
      logFault(requestId, cause, 'fault not told')
      return undefined
    })
    request.response = (await answer) ?? { statusCode: 500 }
  },
})

const whoAndWhere = (requestContext: object) => {
  const identity = Identity.safeParse('authorizer' in requestContext ? requestContext.authorizer : undefined)
  return identity.success ? { user: identity.data.userId, room: identity.data.room } : {}
}

export const socketLogging = (): SocketMiddleware =>
  logging<APIGatewayProxyWebsocketEventV2, APIGatewayProxyStructuredResultV2>(({ requestContext }, result) => ({
    ...whoAndWhere(requestContext),
    event: requestContext.eventType,
    route: requestContext.routeKey,
    connection: requestContext.connectionId,
    status: result?.statusCode ?? 0,
  }))
