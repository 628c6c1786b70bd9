import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import pLimit from 'p-limit'
import { ANSWER_WITHIN_MS, POST_WITHIN_MS } from '../domain/times.ts'
import { count } from '../metrics/tally.ts'

/** How many posts run at once. */
const POSTS_AT_ONCE = 64

// The endpoint comes from AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI. Two retries: a 429 means a full buffer somewhere,
// worth a little patience; after that the socket is behind.
const client = new ApiGatewayManagementApiClient({
  maxAttempts: 3,
  requestHandler: {
    requestTimeout: ANSWER_WITHIN_MS,
    connectionTimeout: POST_WITHIN_MS,
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets: POSTS_AT_ONCE },
    httpAgent: { maxSockets: POSTS_AT_ONCE },
  },
})
const limit = pLimit(POSTS_AT_ONCE)

/** What became of one frame. `gone` is only a suspicion: see {@link isClosedAtGateway}. */
export type Delivery = 'delivered' | 'dropped' | 'gone'

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (['AbortError', 'TimeoutError'].includes(error.name) || 'code' in error)

/** 403 comes from a wrong permission or endpoint, not from the socket. It is a fault and must be seen. */
const FORBIDDEN = 403
const isConnectionsTrouble = (error: unknown): boolean =>
  isTimeout(error) ||
  (error instanceof ApiGatewayManagementApiServiceException && error.$metadata.httpStatusCode !== FORBIDDEN)

/** Posts one frame to one socket. Trouble with the socket is an outcome, never an exception. */
export const post = (connectionId: string, data: string, within: number = ANSWER_WITHIN_MS): Promise<Delivery> =>
  limit(async () => {
    count('Posts')
    try {
      const command = new PostToConnectionCommand({ ConnectionId: connectionId, Data: data })
      await client.send(command, { abortSignal: AbortSignal.timeout(within) })
      return 'delivered'
    } catch (error) {
      if (error instanceof GoneException) return 'gone'
      if (!isConnectionsTrouble(error)) throw error
      count('PostsDropped')
      return 'dropped'
    }
  })

/** Posts frames to one socket, one after the other, until one does not arrive: the later ones would come without it. */
export const postAll = async (
  connectionId: string,
  frames: readonly string[],
  within: number = ANSWER_WITHIN_MS,
): Promise<Delivery> => {
  for (const frame of frames) {
    const delivery = await post(connectionId, frame, within)
    if (delivery !== 'delivered') return delivery
  }
  return 'delivered'
}

/** Whether a socket is closed after a call about it: as `answered` where the call succeeds. Trouble leaves it open. */
const isClosedAfter = async (call: () => Promise<unknown>, answered: boolean): Promise<boolean> => {
  try {
    await call()
    return answered
  } catch (error) {
    if (error instanceof GoneException) return true
    if (isConnectionsTrouble(error)) return false
    throw error
  }
}

/** Asks the gateway whether a socket is closed: a 410 on a post may also mean that it is still opening. */
export const isClosedAtGateway = (connectionId: string): Promise<boolean> =>
  isClosedAfter(() => client.send(new GetConnectionCommand({ ConnectionId: connectionId })), false)

/**
 * Closes a connection; false where the gateway did not. It says only 1000 to the client, so the reason goes in a frame
 * before.
 */
export const close = (connectionId: string): Promise<boolean> =>
  isClosedAfter(() => client.send(new DeleteConnectionCommand({ ConnectionId: connectionId })), true)
