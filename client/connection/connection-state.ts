import type { RemovalCode } from '../../protocol/server-events.ts'
import type { ErrorCode } from '../api/api-error.ts'

/** Why a connection is closed for good. `closed`: by its own page. */
export type ClosureCode = RemovalCode | ErrorCode | 'closed'

/** Where a connection stands. `closed` is for good: nothing leads out of it. */
export type ConnectionState =
  | { status: 'connecting'; attempt: number }
  | { status: 'open' }
  | { status: 'waiting'; attempt: number; retryInMs: number }
  | { status: 'closed'; code: ClosureCode; message: string }

export type Closure = Omit<Extract<ConnectionState, { status: 'closed' }>, 'status'>

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/**
 * Milliseconds to wait before attempt number `attempt` (the first retry is 1). They double from half a second to 30 s.
 * Each is drawn from its upper half, so that a room full of people does not come back in one instant. `random`: 0 to 1.
 * @example retryDelay(1, 0) === 250
 */
export const retryDelay = (attempt: number, random: number): number => {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))
  return longest / 2 + (longest / 2) * random
}

/**
 * Milliseconds after which a socket is replaced, ahead of the platform's end at 2 h. `random` spreads a room over ten
 * minutes.
 */
export const handoverDelay = (random: number): number => (105 + 10 * random) * 60_000
