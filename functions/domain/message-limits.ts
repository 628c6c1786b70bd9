import type { ChatLimit, SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type Bucket, latestFullAt } from './bucket.ts'
import { secondsToWait } from './durations.ts'
import type { Member } from './membership.ts'
import { may } from './rights.ts'
import type { Room } from './room.ts'

/** So long after somebody was let in, their messages share one budget with those of all others who came lately. */
const NEWCOMER_FOR_MS = 60_000

/** What holds a message back beside its sender's own budget. */
export type MessageLimits = {
  /** Seconds between two messages of one person; 0 is off. */
  slowSeconds: number
  /** Whether the sender shares the budget of the room's newcomers. */
  isNewcomer: boolean
}

/**
 * What holds this sender's messages back; undefined where nothing does. Those who moderate are neither slowed nor
 * newcomers.
 */
export const limitsOf = (
  room: Room,
  sender: Pick<Member, 'status_at' | 'user_id'>,
  now: number,
): MessageLimits | undefined => {
  if (may('moderate', room, sender.user_id)) return undefined
  const limits = { slowSeconds: room.slow_mode_seconds, isNewcomer: now - sender.status_at < NEWCOMER_FOR_MS }
  return limits.slowSeconds > 0 || limits.isNewcomer ? limits : undefined
}

/** When the sender last wrote in slow mode, and when the newcomers' bucket is full again. 0 where that was never. */
export type LimitsUsed = { wroteAt: number; newcomersFullAt: number }

const sentences = {
  slow_mode: 'Slow mode is on. Wait before you write again.',
  newcomers: 'Those who have just come write a lot at once. Wait a moment.',
} as const satisfies Record<ChatLimit, string>

const heldBack = (limit: ChatLimit, milliseconds: number) =>
  new Refusal<SocketRefusalCode>('too_fast', {
    ...{ limit, message: sentences[limit] },
    retryAfter: secondsToWait(milliseconds),
  })

/** Why a message is held back; undefined where it is not. Returned, not thrown. */
export const whyHeldBack = (
  { slowSeconds, isNewcomer }: MessageLimits,
  { wroteAt, newcomersFullAt }: LimitsUsed,
  now: number,
  budget: Bucket,
): Refusal<SocketRefusalCode> | undefined => {
  const slowUntil = wroteAt + slowSeconds * 1000
  if (slowSeconds > 0 && slowUntil > now) return heldBack('slow_mode', slowUntil - now)
  const isFull = isNewcomer && newcomersFullAt > latestFullAt(now, budget)
  return isFull ? heldBack('newcomers', newcomersFullAt - latestFullAt(now, budget)) : undefined
}
