import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import { logger, logging } from './logging.ts'

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
    logger.error('fault', { requestId, cause: request.error })
    request.response = (await answerFault?.(request.event, requestId)) ?? { statusCode: 500 }
  },
})

export const socketLogging = (): SocketMiddleware =>
  logging<APIGatewayProxyWebsocketEventV2, APIGatewayProxyStructuredResultV2>(({ requestContext }, result) => ({
    event: requestContext.eventType,
    route: requestContext.routeKey,
    connection: requestContext.connectionId,
    status: result?.statusCode ?? 0,
  }))
