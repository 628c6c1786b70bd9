import * as z from 'zod'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import type { Refusal } from '../../protocol/refusals.ts'
import type { Bucket } from '../domain/bucket.ts'
import { mayWrite, type Sender, whyMessageRefused } from '../domain/chat.ts'
import { allOf } from './all-of.ts'
import { change } from './change.ts'
import type { Item } from './client.ts'
import {
  all,
  appended,
  either,
  equals,
  isAt,
  isAtMost,
  isLongerThan,
  isMissing,
  lacks,
  takingFrom,
} from './conditions.ts'
import { memberKey } from './keys.ts'
import { MemberItem } from './members.ts'

export const SenderItem = MemberItem.extend({
  bucket_full_at: z.number().default(0),
  /** The message that found the bucket full. Functions of 0.1.0 ask for it. */
  bucket_opened_by: z.string().nullable().default(null),
  /** Of the latest messages: the mark and then the id, one after the other. */
  recent_messages: z.array(z.string()).default([]),
})

/** How many messages a member's row remembers, and at how many the oldest go. */
const MESSAGES_KEPT = 20
const MESSAGES_AT_MOST = 32
/** Entries of the list for each. */
const ENTRIES = 2

/** A message on its way: by which mark it is recognised when it comes again, and the id that it gets if it is new. */
export type MarkedMessage = { mark: string; id: string }

/** Paid for: now, under `id`; or before, if it is a repetition, under the id of then. `place`: of its mark in the list. */
export type MessageSpent = { sender: Sender; id: string; isRepetition: boolean; remembered: number; place: number }

const mayWriteAt = (now: number) =>
  all(
    equals('status', 'APPROVED'),
    either(isMissing('muted_until'), equals('muted_until', null), isAtMost('muted_until', now)),
  )

/** The message as an approved sender paid for it before. */
const spentBefore = (item: Item | undefined, { mark, id }: MarkedMessage): MessageSpent | undefined => {
  if (item === undefined) return undefined
  const { recent_messages: recent, ...sender } = SenderItem.parse(item)
  const known = recent.indexOf(mark)
  const noted = recent[known + 1]
  if (known === -1 || noted === undefined || sender.status !== 'APPROVED') return undefined
  // Our own id: the answer to the first request was lost, and the SDK sent it again.
  return { sender, id: noted, isRepetition: noted !== id, remembered: recent.length / ENTRIES, place: known }
}

/**
 * Takes one message out of the sender's budget, and notes its mark and id in the same write. A repetition of a message
 * costs nothing. The two cases (bucket full, bucket in use) are two updates that are sent together: one round trip, and
 * exactly one counts. The second finds the mark that the first has noted, and so knows that this very message was counted.
 * See decision 0001.
 */
export const spendMessage = async (
  code: string,
  userId: string,
  marked: MarkedMessage,
  now: number,
  budget: Bucket,
): Promise<MessageSpent | Refusal<SocketRefusalCode>> => {
  const key = memberKey(code, userId)
  const recent_messages = appended('recent_messages', [marked.mark, marked.id])
  const isNew = all(mayWriteAt(now), lacks('recent_messages', marked.mark))
  const taking = takingFrom('bucket_full_at', now, budget)
  const full = {
    set: { ...taking.full.set, bucket_opened_by: marked.id, recent_messages },
    when: all(isNew, taking.full.when),
  }
  const inUse = { set: { ...taking.inUse.set, recent_messages }, when: all(isNew, taking.inUse.when) }
  for (let attempt = 0; ; attempt += 1) {
    const [first, second] = await allOf([change(key, full, 'ALL_NEW'), change(key, inUse, 'ALL_NEW')])
    // Of two that fail, the item of the one that was handled later is the newer; a mark is in both or in that.
    const spent = spentBefore(first.item, marked) ?? spentBefore(second.item, marked)
    if (spent !== undefined) return spent
    const sender = first.item === undefined ? undefined : SenderItem.parse(first.item)
    // Another message of the same sender opened the bucket between our two updates, so that both missed. This cannot
    // happen more often than there are messages in a budget.
    if (attempt === budget.burst || !mayWrite(sender, now, budget)) return whyMessageRefused(sender, now, budget)
  }
}

/**
 * Gives back what a message has cost that was refused after all, and forgets its mark: sent again it is a new message, with
 * the id of that time. Nothing is left to do where a function beside this one has done so.
 */
export const unspendMessage = async (
  code: string,
  userId: string,
  { mark, id, place }: MarkedMessage & Pick<MessageSpent, 'place'>,
  budget: Bucket,
): Promise<void> => {
  const { done, item } = await change(memberKey(code, userId), {
    add: { bucket_full_at: -budget.refillMs },
    removeValues: ['recent_messages', place, ENTRIES],
    when: all(isAt('recent_messages', place, mark), isAt('recent_messages', place + 1, id)),
  })
  if (done || item === undefined) return
  // The oldest marks were taken away meanwhile, so that it stands elsewhere.
  const moved = SenderItem.parse(item).recent_messages.indexOf(mark)
  if (moved !== -1 && moved !== place) await unspendMessage(code, userId, { mark, id, place: moved }, budget)
}

/** Takes the oldest marks away once there are too many: after the message was told, because nobody waits for it. */
export const trimMessages = async (code: string, userId: string, remembered: number): Promise<void> => {
  if (remembered <= MESSAGES_AT_MOST) return
  await change(memberKey(code, userId), {
    removeValues: ['recent_messages', 0, (remembered - MESSAGES_KEPT) * ENTRIES],
    when: isLongerThan('recent_messages', MESSAGES_AT_MOST * ENTRIES),
  })
}
