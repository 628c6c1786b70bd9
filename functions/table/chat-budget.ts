import * as z from 'zod'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import type { Refusal } from '../../protocol/refusals.ts'
import { type ChatBudget, latestFullAt, mayWrite, type Sender, whyMessageRefused } from '../domain/chat.ts'
import { change } from './change.ts'
import { all, differs, either, equals, isAbove, isAtMost, isMissing, more } from './conditions.ts'
import { memberKey } from './keys.ts'
import { MemberItem } from './members.ts'

export const SenderItem = MemberItem.extend({
  bucket_full_at: z.number().default(0),
  /** The frame that found the bucket full. */
  bucket_opened_by: z.string().nullable().default(null),
})

const mayWriteAt = (now: number) =>
  all(
    equals('status', 'APPROVED'),
    either(isMissing('muted_until'), equals('muted_until', null), isAtMost('muted_until', now)),
  )

/**
 * Takes one message out of the sender's budget. DynamoDB has no max(), so the two cases (bucket full, bucket in use) are
 * two updates whose conditions exclude each other. They are sent together: one round trip, and exactly one counts. The
 * first leaves `frame` behind, so that the second knows that this very message was counted. See decision 0001.
 */
export const spendMessage = async (
  code: string,
  userId: string,
  frame: string,
  now: number,
  budget: ChatBudget,
): Promise<Sender | Refusal<SocketRefusalCode>> => {
  const key = memberKey(code, userId)
  const full = {
    set: { bucket_full_at: now + budget.refillMilliseconds, bucket_opened_by: frame },
    when: all(mayWriteAt(now), either(isMissing('bucket_full_at'), isAtMost('bucket_full_at', now))),
  }
  const inUse = {
    set: { bucket_full_at: more('bucket_full_at', budget.refillMilliseconds) },
    when: all(
      mayWriteAt(now),
      isAbove('bucket_full_at', now),
      isAtMost('bucket_full_at', latestFullAt(now, budget)),
      differs('bucket_opened_by', frame),
    ),
  }
  for (let attempt = 0; ; attempt += 1) {
    const [first, second] = await Promise.all([change(key, full, 'ALL_NEW'), change(key, inUse, 'ALL_NEW')])
    if (first.done) return SenderItem.parse(first.item)
    if (second.done) return SenderItem.parse(second.item)
    const sender = first.item === undefined ? undefined : SenderItem.parse(first.item)
    // The answer to the first update was lost, and the SDK sent it again.
    if (sender?.bucket_opened_by === frame) return sender
    // Another message of the same sender opened the bucket between our two updates, so that both missed. This cannot
    // happen more often than there are messages in a budget.
    if (attempt === budget.burst || !mayWrite(sender, now, budget)) return whyMessageRefused(sender, now, budget)
  }
}
