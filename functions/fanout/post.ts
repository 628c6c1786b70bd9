import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import pLimit from 'p-limit'

/** How many posts run at once, and how long one may take, so that a slow socket delays nobody. */
const POSTS_AT_ONCE = 64
const POST_TIMEOUT_MS = 3_000
const CONNECT_TIMEOUT_MS = 1_000

// The endpoint comes from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. Two retries: a 429 means a full buffer somewhere,
// worth a little patience; after that the viewer misses one frame.
const client = new ApiGatewayManagementApiClient({
  maxAttempts: 3,
  requestHandler: {
    requestTimeout: POST_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets: POSTS_AT_ONCE },
    httpAgent: { maxSockets: POSTS_AT_ONCE },
  },
})
const limit = pLimit(POSTS_AT_ONCE)

/** What became of one frame. `gone` is only a suspicion: see {@link isClosedAtGateway}. */
export type Delivery = 'delivered' | 'dropped' | 'gone'

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || 'code' in error)

/** 403 comes from a wrong permission or endpoint, not from the socket. It is a fault and must be seen. */
const FORBIDDEN = 403
const isConnectionsTrouble = (error: unknown): boolean =>
  isTimeout(error) ||
  (error instanceof ApiGatewayManagementApiServiceException && error.$metadata.httpStatusCode !== FORBIDDEN)

/** Posts one frame to one socket. Trouble with the socket is an outcome, never an exception. */
export const post = (connectionId: string, data: string): Promise<Delivery> =>
  limit(async () => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: data }))
      return 'delivered'
    } catch (error) {
      if (error instanceof GoneException) return 'gone'
      if (isConnectionsTrouble(error)) return 'dropped'
      throw error
    }
  })

/** A younger socket may still be opening, although the gateway answers 410. */
export const CERTAIN_AFTER_MS = 10_000

/** Asks the gateway whether a socket is closed: a 410 on a post may also mean that it is still opening. */
export const isClosedAtGateway = async (connectionId: string): Promise<boolean> => {
  try {
    await client.send(new GetConnectionCommand({ ConnectionId: connectionId }))
    return false
  } catch (error) {
    if (error instanceof GoneException) return true
    if (isConnectionsTrouble(error)) return false
    throw error
  }
}

/** Closes a connection. The gateway says only 1000, so the reason goes in a frame before. */
export const close = async (connectionId: string): Promise<void> => {
  try {
    await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }))
  } catch (error) {
    if (isConnectionsTrouble(error)) return
    throw error
  }
}
