import { MAX_SERVER_FRAME_BYTES, MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import type { ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'
import { type Bucket, latestFullAt } from './bucket.ts'
import { secondsToWait } from './durations.ts'
import type { Member } from './membership.ts'
import type { Room } from './room.ts'

/** A member with their chat budget: the instant at which the bucket is full again. */
export type Sender = Member & { bucket_full_at: number }

/** API Gateway waits 29 seconds for a function, so no frame that is handled came before that. */
const HANDLED_WITHIN_MS = 29_000

/**
 * When a message was written, epoch milliseconds. That is when the gateway received it, so that the lines of one person
 * keep their order, whichever function is the faster. The gateway has another clock, which counts only as far as it can
 * be true.
 */
export const writtenAt = (receivedAt: number, now: number): number =>
  Math.min(now, Math.max(receivedAt, now - HANDLED_WITHIN_MS))

/** Whether a message of this sender is in budget now. */
export const mayWrite = (sender: Sender | undefined, now: number, budget: Bucket): boolean =>
  sender?.status === 'APPROVED' &&
  mutedUntil(sender, now) === null &&
  sender.bucket_full_at <= latestFullAt(now, budget)

/** Until when somebody may not write; null where they may. */
export const mutedUntil = (one: Pick<Sender, 'muted_until'> | undefined, now: number): number | null =>
  one !== undefined && one.muted_until !== null && one.muted_until > now ? one.muted_until : null

export const mutedEvent = (until: number | null, at: number) => ({ type: 'MUTED' as const, until, at })

export const whyMuted = (sender: Pick<Sender, 'muted_until'>, now: number): Refusal<SocketRefusalCode> | undefined => {
  const until = mutedUntil(sender, now)
  return until === null ? undefined : new Refusal('muted', { retryAfter: secondsToWait(until - now) })
}

/** The refusal to answer with when the condition failed. Returned, not thrown. */
export const whyMessageRefused = (
  sender: Sender | undefined,
  now: number,
  budget: Bucket,
): Refusal<SocketRefusalCode> => {
  if (sender === undefined || sender.status !== 'APPROVED') return new Refusal('not_a_member')
  const muted = whyMuted(sender, now)
  if (muted !== undefined) return muted
  const wait = sender.bucket_full_at - latestFullAt(now, budget)
  return new Refusal('too_fast', { retryAfter: secondsToWait(wait) })
}

/** What is left of messages in a room whose chat may have been cleared. */
export const sinceCleared = <M extends Pick<ShownMessage, 'id'>>(
  messages: readonly M[],
  room: Pick<Room, 'chat_since'>,
): M[] => messages.filter(({ id }) => remains(id, room))

/** Whether a message with this id was written after the chat was last cleared. */
export const remains = (id: string, { chat_since: since }: Pick<Room, 'chat_since'>): boolean =>
  since === null || id > since

/** The event of a removal. The removal is saved with the same fields. */
export const messageRemoved = (removal: {
  id: string
  message_id: string
  user_id: string
}): ServerEventOf<'MESSAGE_REMOVED'> => ({
  type: 'MESSAGE_REMOVED',
  id: removal.message_id,
  revision: removal.id,
  user_id: removal.user_id,
})

/** A message as others see it, whatever else is kept with it. */
export const chatFrame = (kept: ShownMessage): ServerEventOf<'CHAT_MESSAGE'> => {
  const { id, user, user_id, message, created_at } = kept
  return { type: 'CHAT_MESSAGE', id, user, user_id, message, created_at }
}

const historyFrame = (
  messages: ShownMessage[],
  extra: { since?: string; truncated?: true; removed?: string[]; ref?: string },
): ServerEventOf<'CHAT_HISTORY'> => ({
  type: 'CHAT_HISTORY',
  messages,
  ...extra,
})

// Beside its messages a frame holds its type, `since`, `ref` and marks.
const MESSAGES_BYTES = MAX_SERVER_FRAME_BYTES - 512

const sizeOf = (message: ShownMessage): number => byteLength(JSON.stringify(message)) + 1

/**
 * Splits messages, oldest first, into runs that each fit a frame.
 * @param beside the size in bytes of what the first frame holds beside its run
 */
const fitting = (messages: readonly ShownMessage[], beside: number): ShownMessage[][] => {
  const runs: ShownMessage[][] = [[]]
  let size = beside
  for (const message of messages) {
    const bytes = sizeOf(message)
    const run = runs.at(-1)
    if (run === undefined || size + bytes > MESSAGES_BYTES || run.length >= MESSAGES_PER_PAGE) {
      runs.push([message])
      size = bytes
    } else {
      run.push(message)
      size += bytes
    }
  }
  return runs
}

/** The newest messages that fit one frame, oldest first. */
export const greetingHistory = (newest: readonly ShownMessage[]): ServerEventOf<'CHAT_HISTORY'> => {
  const kept: ShownMessage[] = []
  let size = 0
  for (const message of newest.slice(-MESSAGES_PER_PAGE).reverse()) {
    size += sizeOf(message)
    if (size > MESSAGES_BYTES) break
    kept.unshift(message)
  }
  return historyFrame(kept, kept.length < newest.length ? { truncated: true } : {})
}

/** What a client that has everything up to `since` has missed. */
export type Missed = {
  since: string
  messages: readonly ShownMessage[]
  removed: readonly string[]
  truncated: boolean
}

/**
 * What was missed, as frames: at least one, so that the client hears that this is all. The removals are in the first
 * frame, so that a client that has heard the messages of a moment has heard the removals before it.
 */
export const missedHistory = (
  { since, messages, removed, truncated }: Missed,
  ref: string | undefined,
): ServerEventOf<'CHAT_HISTORY'>[] => {
  const runs = fitting(messages, byteLength(JSON.stringify(removed)))
  return runs.map((run, index) =>
    historyFrame(run, {
      since,
      ...(removed.length > 0 && index === 0 && { removed: [...removed] }),
      ...(truncated && index === runs.length - 1 && { truncated: true as const }),
      ...(ref !== undefined && { ref }),
    }),
  )
}
