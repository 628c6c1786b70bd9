import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { Refusal } from '../../protocol/refusals.ts'
import { countRefusal } from '../metrics/count-refusal.ts'
import { logFault } from './logging.ts'

export const jsonAnswer = (
  statusCode: number,
  body: unknown,
  cacheControl = 'no-store',
): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': cacheControl,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
  },
  body: JSON.stringify(body),
})

const refusalAnswer = (refusal: Refusal): APIGatewayProxyStructuredResultV2 => {
  const answer = jsonAnswer(refusal.status, {
    error: refusal.message,
    code: refusal.code,
    ...(refusal.retryAfter !== undefined && { retry_after: refusal.retryAfter }),
  })
  if (refusal.retryAfter === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(refusal.retryAfter) } }
}

/** Anything but a Refusal is a fault: logged once with its cause; the caller sees the request's id and nothing else. */
export const faultSentence = (requestId: string): string => `Something went wrong (${requestId}). Try again.`

/** Maps whatever a route throws to the contract's error body. Used first, so that it runs last. */
export const refusals = (): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> => ({
  onError: (request) => {
    if (request.error instanceof Refusal) {
      countRefusal(request.error.code)
      request.response = refusalAnswer(request.error)
      return
    }
    logFault(request.context.awsRequestId, request.error)
    request.response = jsonAnswer(500, { error: faultSentence(request.context.awsRequestId), code: 'fault' })
  },
})
