import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'
import { DECISIONS_PER_PAGE } from '../../../protocol/limits.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { DAY_MS } from '../../domain/durations.ts'
import { serve } from '../../middleware/route.ts'
import { type DecisionPage, decisionsEverywhere, decisionsIn } from '../../table/audit.ts'
import { DECISION_PLACE, decodeCursor, encodeCursor } from '../cursor.ts'
import { codeOf } from '../room-id.ts'

/** DynamoDB reads no more than a hundred items together. */
const LOOKED_AT = 100
type Asked = RequestOf<'admin/audit'>

const isWanted = (asked: Asked, { by_id, whom_id, what, at }: AdminDecision): boolean =>
  (asked.by === undefined || asked.by === by_id) &&
  (asked.whom === undefined || asked.whom === whom_id) &&
  (asked.what === undefined || asked.what === what) &&
  (asked.from === undefined || asked.from <= at) &&
  (asked.to === undefined || at < asked.to)

const isFiltered = ({ by, whom, what }: Asked): boolean => [by, whom, what].some((one) => one !== undefined)

export const audit = serve('admin/audit', {
  load: ({ input, now }, { settings }): Promise<DecisionPage> => {
    const before = decodeCursor(input.cursor, DECISION_PLACE)
    const days = settings.AUDIT_DAYS
    const limit = isFiltered(input) ? LOOKED_AT : DECISIONS_PER_PAGE
    if (input.room !== undefined) return decisionsIn(codeOf(input.room), limit, { now, days }, before)
    const from = Math.max(input.from ?? 0, now - days * DAY_MS)
    // Clocks differ a little: what another function decides at this moment is in it.
    return decisionsEverywhere({ from, to: Math.min(input.to ?? now + DAY_MS, now + DAY_MS) }, limit, before)
  },
  act: ({ input }, page) => ({
    entries: page.decisions.filter((decision) => isWanted(input, decision)),
    next: page.last === null ? null : encodeCursor(page.last),
  }),
})
