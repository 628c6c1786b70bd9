import { ApiError, type ErrorCode } from '../api/api-error.ts'

/** A reading that failed is tried again after this, where the server does not ask for longer. */
const ASK_AGAIN_MS = 5_000
/** No more is believed: something on the way may have answered in the server's place. */
const ASK_AGAIN_AT_LATEST_MS = 60_000

/** Codes that only the server itself says, and after which asking again leads nowhere. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'unauthorized',
  'not_a_member',
  'room_not_found',
  'kicked',
  'banned',
  'service_banned',
])

/** Whether the server itself refuses for good. The next PING meets the same, and its answer closes the connection. */
export const isFinal = (error: unknown): error is ApiError => error instanceof ApiError && FINAL.has(error.code)

/** How long to wait before a reading that failed with this is tried again. */
export const askAgainAfterMs = (error: unknown): number =>
  Math.min(
    Math.max(ASK_AGAIN_MS, 1_000 * ((error instanceof ApiError ? error.retryAfter : undefined) ?? 0)),
    ASK_AGAIN_AT_LATEST_MS,
  )
