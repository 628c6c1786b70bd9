import * as z from 'zod'
import { changedSettings, decisionNames } from '../../protocol/decisions.ts'
import type { ShownDecision } from '../../protocol/http/audit.ts'
import type { Decision, Outcome } from '../domain/audit.ts'
import { earliestMessageId } from '../domain/ids.ts'
import { change, put } from './change.ts'
import { coreTableName, queryAll } from './client.ts'
import { equals, isMissing } from './conditions.ts'
import { decisionKey } from './keys.ts'
import type { Kept } from './messages.ts'

const DAY_MS = 24 * 3600 * 1000

const DecisionItem = z.object({
  id: z.string(),
  what: z.enum(decisionNames),
  by: z.string(),
  by_id: z.string(),
  whom: z.string().nullable(),
  whom_id: z.string().nullable(),
  at: z.number(),
  outcome: z.enum(['intended', 'done', 'refused']),
  code: z.string().optional(),
  changed: z.array(z.enum(changedSettings)).optional(),
})

/** Keeps what somebody is about to do, before it is done. */
export const putIntention = async (code: string, decision: Decision, keptDays: number): Promise<void> => {
  const ttl = Math.floor((decision.at + keptDays * DAY_MS) / 1000)
  await put(decisionKey(code, decision.id), { ...decision, outcome: 'intended', ttl }, isMissing('pk'))
}

/** Notes how it ended. */
export const noteOutcome = async (code: string, id: string, outcome: Outcome): Promise<void> => {
  await change(decisionKey(code, id), { set: outcome, when: equals('outcome', 'intended') })
}

/** A newer version may have decided what this one has no word for: its items are left out. */
const shown = (items: readonly unknown[]): ShownDecision[] =>
  items.flatMap((item) => {
    const parsed = DecisionItem.safeParse(item)
    return parsed.success ? [parsed.data] : []
  })

/** The newest decisions, or the newest before one, newest first. `last` is the id to ask on from, null at the end. */
export const decisionsIn = async (
  code: string,
  limit: number,
  { now, days }: Kept,
  before: string | undefined,
): Promise<{ decisions: ShownDecision[]; last: string | null }> => {
  const oldest = earliestMessageId(now - days * DAY_MS)
  // DynamoDB refuses a range that ends before it begins.
  if (before !== undefined && before < oldest) return { decisions: [], last: null }
  const items = await queryAll(
    {
      TableName: coreTableName(),
      KeyConditionExpression: `pk = :pk AND sk ${before === undefined ? '> :oldest' : 'BETWEEN :oldest AND :before'}`,
      ExpressionAttributeValues: {
        ':pk': decisionKey(code, '').pk,
        ':oldest': oldest,
        ...(before !== undefined && { ':before': before }),
      },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
    // One more tells whether there are further ones; a range holds both of its ends.
    before === undefined ? limit + 1 : limit + 2,
  )
  const found = items.filter(({ sk }) => sk !== before)
  const page = found.slice(0, limit)
  return { decisions: shown(page), last: found.length > limit ? String(page.at(-1)?.sk) : null }
}
