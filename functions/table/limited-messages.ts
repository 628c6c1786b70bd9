import * as z from 'zod'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import type { Refusal } from '../../protocol/refusals.ts'
import type { Bucket } from '../domain/bucket.ts'
import { type MessageLimits, whyHeldBack } from '../domain/message-limits.ts'
import { putting, updating } from './change.ts'
import { itemsTogether, writeTogether } from './client.ts'
import { either, isAtMost, isMissing, takingFrom } from './conditions.ts'
import { memberKey, messageKey, newcomersKey } from './keys.ts'
import { isOwn, messageItem, SavedMessage } from './messages.ts'

const Slowed = z.object({ wrote_at: z.number().default(0) })
const Newcomers = z.object({ bucket_full_at: z.number().default(0) })

/** The room's bucket of its newcomers. */
const newcomersPart = (code: string, fullAt: number, now: number, budget: Bucket) => {
  const { full, inUse } = takingFrom('bucket_full_at', now, budget)
  return updating(newcomersKey(code), fullAt <= now ? full : inUse)
}

const slowPart = (code: string, userId: string, slowSeconds: number, now: number) =>
  updating(memberKey(code, userId), {
    set: { wrote_at: now },
    when: either(isMissing('wrote_at'), isAtMost('wrote_at', now - slowSeconds * 1000)),
  })

/** The message is kept now, was kept before, or is held back. */
export type KeepingOutcome = 'kept' | { there: SavedMessage } | { refusal: Refusal<SocketRefusalCode> }

/**
 * Keeps a message that something may hold back, and what it uses up of that, together or not at all: of two at one moment
 * the later finds what the first has used. What is held back uses up nothing.
 */
export const putLimitedMessage = async (
  code: string,
  message: SavedMessage,
  { limits, now, budget, keptDays }: { limits: MessageLimits; now: number; budget: Bucket; keptDays: number },
): Promise<KeepingOutcome> => {
  const keys = [messageKey(code, message.id), memberKey(code, message.user_id), newcomersKey(code)]
  let fullAt = 0
  for (let attempt = 0; ; attempt += 1) {
    const isKept = await writeTogether([
      putting(messageKey(code, message.id), messageItem(message, keptDays), isMissing('pk')),
      ...(limits.slowSeconds > 0 ? [slowPart(code, message.user_id, limits.slowSeconds, now)] : []),
      ...(limits.isNewcomer ? [newcomersPart(code, fullAt, now, budget)] : []),
    ])
    if (isKept) return 'kept'
    const [saved, member, newcomers] = await itemsTogether(keys)
    if (saved !== undefined) {
      const there = SavedMessage.parse(saved)
      return isOwn(there, message) ? 'kept' : { there }
    }
    fullAt = Newcomers.parse(newcomers ?? {}).bucket_full_at
    const used = { wroteAt: Slowed.parse(member ?? {}).wrote_at, newcomersFullAt: fullAt }
    const refusal = whyHeldBack(limits, used, now, budget)
    if (refusal !== undefined) return { refusal }
    // Others have used the bucket between our write and our reading. Each has one message of it, so that this ends.
    if (attempt > budget.burst) throw new Error('The bucket of the newcomers changed too often.')
  }
}
