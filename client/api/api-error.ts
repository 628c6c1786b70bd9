import { type ChatLimit, isRefusalCode, type RefusalCode } from '../../protocol/refusal-codes.ts'

/** What no handler of ours said: the gateway's or the edge's own answers, or no answer at all. */
export type TransportCode = 'unreachable' | 'timed_out' | 'throttled' | 'forbidden' | 'unavailable' | 'unexpected'

/** `unknown`: a newer server refused with a code that this version has no word for. `message` is the server's sentence. */
export type ErrorCode = RefusalCode | TransportCode | 'unknown'

/** The code as this version knows it. */
export const errorCodeOf = (code: string): ErrorCode => (isRefusalCode(code) ? code : 'unknown')

type ErrorDetails = { status?: number; retryAfter?: number; limit?: ChatLimit }

/**
 * The one error of the library: a refusal of the server, or a call that got no answer of ours.
 * `status` is the HTTP status, 0 where there was none. `retryAfter` is in seconds, present where waiting helps.
 * `limit`: of `too_fast` in the chat, which limit of the room it was, where it is not this person's own.
 * @example if (error instanceof ApiError && error.code === 'wrong_password') askAgain(error.message)
 */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly retryAfter: number | undefined
  readonly limit: ChatLimit | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = details.status ?? 0
    this.retryAfter = details.retryAfter
    this.limit = details.limit
  }
}

// API Gateway, CloudFront and any network on the way answer in a form of their own. Only the status says something there,
// and never what the server alone can know: who may come in, and whose token still holds.
const codeByStatus = new Map<number, TransportCode | 'too_large'>([
  [401, 'forbidden'],
  [403, 'forbidden'],
  [413, 'too_large'],
  [429, 'throttled'],
])

const fieldsOf = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? { ...body } : {}

const secondsOf = (value: unknown): number | undefined => {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}

/** The error that an answer outside 200 to 299 stands for. `retryAfterHeader` counts where the body says nothing. */
export const errorFromAnswer = (status: number, body: unknown, retryAfterHeader: string | null): ApiError => {
  const fields = fieldsOf(body)
  const retryAfter = secondsOf(fields.retry_after) ?? secondsOf(retryAfterHeader)
  const code =
    typeof fields.code === 'string'
      ? errorCodeOf(fields.code)
      : (codeByStatus.get(status) ?? (status >= 500 ? 'unavailable' : 'unexpected'))
  const message = typeof fields.error === 'string' ? fields.error : `The server answered with status ${status}.`
  return new ApiError(code, message, { status, ...(retryAfter === undefined ? {} : { retryAfter }) })
}
