import * as z from 'zod'
import { DECISION_EVERY_MS, DECISIONS_AT_ONCE } from '../../protocol/limits.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type Bucket, latestFullAt } from '../domain/bucket.ts'
import { secondsToWait } from '../domain/durations.ts'
import { change } from './change.ts'
import type { Item } from './client.ts'
import { all, exists, takingFrom } from './conditions.ts'
import { memberKey } from './keys.ts'

const BUDGET: Bucket = { burst: DECISIONS_AT_ONCE, refillMs: DECISION_EVERY_MS }
/** So many other calls of the same person may come between our read and our write. */
const TRIES = 5

const Paced = z.object({ name: z.string().optional(), pace_full_at: z.number().default(0) })

/** `name`: under which the room knows them; undefined of whoever has no row in the room. */
export type DecisionSpent = { refusal: Refusal } | { refusal?: undefined; name: string | undefined }

const spent = (item: Item | undefined): DecisionSpent => ({
  name: item === undefined ? undefined : Paced.parse(item).name,
})

const tooFast = (wait: number): Refusal =>
  new Refusal('too_fast', {
    message: 'That was a lot at once. Wait a moment.',
    retryAfter: secondsToWait(wait),
  })

/**
 * Takes one of a person's decisions about a room, or of their other calls by which others hear something, out of their
 * bucket: see spendMessage. Whoever has no row in the room, as where it has ended, is not held back. Returned, not thrown.
 */
export const spendDecision = async (code: string, userId: string, now: number): Promise<DecisionSpent> => {
  const key = memberKey(code, userId)
  const latest = latestFullAt(now, BUDGET)
  const { full, inUse } = takingFrom('pace_full_at', now, BUDGET)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { done, item } = await change(key, { ...full, when: all(exists('pk'), full.when) }, 'ALL_NEW')
    if (done || item === undefined) return spent(item)
    const { pace_full_at: fullAt } = Paced.parse(item)
    if (fullAt > latest) return { refusal: tooFast(fullAt - latest) }
    if ((await change(key, inUse)).done) return spent(item)
  }
  return { refusal: tooFast(DECISION_EVERY_MS) }
}
