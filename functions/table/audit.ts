import * as z from 'zod'
import { allDecisionNames, changedSettings } from '../../protocol/decisions.ts'
import type { AdminDecision } from '../../protocol/http/admin/audit.ts'
import { timeOfMessageId } from '../../protocol/message-time.ts'
import type { Decision, Outcome } from '../domain/audit.ts'
import { DAY_MS } from '../domain/durations.ts'
import { earliestMessageId } from '../domain/ids.ts'
import { change, put } from './change.ts'
import { coreTableName, type Item, itemsTogether, queryAll } from './client.ts'
import { equals, isMissing } from './conditions.ts'
import { placesIn } from './directory.ts'
import { decisionKey, decisionShelf, roomOfDecision } from './keys.ts'
import type { AgeLimit } from './messages.ts'

const DecisionItem = z.object({
  id: z.string(),
  what: z.enum(allDecisionNames),
  by: z.string(),
  by_id: z.string(),
  whom: z.string().nullable(),
  whom_id: z.string().nullable(),
  at: z.number(),
  outcome: z.enum(['intended', 'done', 'refused']),
  code: z.string().optional(),
  changed: z.array(z.enum(changedSettings)).optional(),
  detail: z.string().optional(),
  is_admin: z.literal(true).optional(),
  from: z.string().default(''),
  pk: z.string(),
})

/** The code of the room that was decided about; undefined where it was the service. */
type RoomOrService = string | undefined

/** Keeps what somebody is about to do, before it is done. */
export const putIntention = async (code: RoomOrService, decision: Decision, keptDays: number): Promise<void> => {
  const ttl = Math.floor((decision.at + keptDays * DAY_MS) / 1000)
  const place = { shelf: decisionShelf(decision.at), place: decision.id }
  await put(decisionKey(code, decision.id), { ...decision, ...place, outcome: 'intended', ttl }, isMissing('pk'))
}

/** Notes how it ended. */
export const noteOutcome = async (code: RoomOrService, id: string, outcome: Outcome): Promise<void> => {
  await change(decisionKey(code, id), { set: outcome, when: equals('outcome', 'intended') })
}

/** A newer version may have decided what this one has no word for: its items are left out. */
const parseAll = (items: readonly (Item | undefined)[]): AdminDecision[] =>
  items.flatMap((item) => {
    const parsed = DecisionItem.safeParse(item)
    if (!parsed.success) return []
    const { pk, ...decision } = parsed.data
    return [{ ...decision, room: roomOfDecision(pk) ?? null }]
  })

export type DecisionPage = { decisions: AdminDecision[]; last: string | null }

/** The newest decisions, or the newest before one, newest first. `last` is the id to ask on from, null at the end. */
export const decisionsIn = async (
  code: string,
  limit: number,
  { now, days }: AgeLimit,
  before: string | undefined,
): Promise<DecisionPage> => {
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
  return { decisions: parseAll(page), last: found.length > limit ? String(page.at(-1)?.sk) : null }
}

const monthBefore = (time: number): number => {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) - 1
}

/** The newest decisions of all rooms and of the service between two times, or the newest before one, newest first. */
export const decisionsEverywhere = async (
  { from, to }: { from: number; to: number },
  limit: number,
  before: string | undefined,
): Promise<DecisionPage> => {
  const oldest = earliestMessageId(from)
  let newest = earliestMessageId(to)
  if (before !== undefined && before < newest) newest = before
  const keys: { pk: string; sk: string }[] = []
  // A partition for each month. One more place tells whether there are further ones, and a range holds both of its ends.
  for (let time = timeOfMessageId(newest); time >= from && keys.length <= limit; time = monthBefore(time)) {
    const places = await placesIn(decisionShelf(time), {
      from: oldest,
      to: newest,
      limit: limit + 2,
      isBackwards: true,
    })
    keys.push(...places.filter(({ place }) => place !== before))
  }
  const page = keys.slice(0, limit)
  const decisions = parseAll(await itemsTogether(page))
  return { decisions, last: keys.length > limit ? (page.at(-1)?.sk ?? null) : null }
}
