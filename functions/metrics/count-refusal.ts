import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import { refusals } from '../../protocol/refusals.ts'
import type { CountName } from './names.ts'
import { count, countCode } from './tally.ts'

type RefusedStatus = Exclude<(typeof refusals)[RefusalCode][0], 500>

/** Four groups of refusals. Whoever looks for one code finds it in the line of the log. */
const groups = {
  400: 'RefusalsMalformed',
  413: 'RefusalsMalformed',
  401: 'RefusalsNotAllowed',
  403: 'RefusalsNotAllowed',
  409: 'RefusalsNotAllowed',
  404: 'RefusalsNotThere',
  // Only our own limits answer so. What the gateway throttles never reaches a function.
  429: 'RefusalsTooFast',
} as const satisfies Record<RefusedStatus, CountName>

/** Counts a refusal that is told to somebody. A fault is none: it is counted where it is logged. */
export const countRefusal = (code: RefusalCode): void => {
  const [status] = refusals[code]
  if (status === 500) return
  count(groups[status])
  countCode(code)
}
