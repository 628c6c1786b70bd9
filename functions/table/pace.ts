import * as z from 'zod'
import { DECISION_EVERY_MS, DECISIONS_AT_ONCE, ROOM_MADE_EVERY_MS, ROOMS_MADE_AT_ONCE } from '../../protocol/limits.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type ChatBudget, latestFullAt } from '../domain/chat.ts'
import { change } from './change.ts'
import type { Key } from './client.ts'
import { all, either, exists, isAbove, isAtMost, isMissing, more } from './conditions.ts'
import { memberKey, userKey } from './keys.ts'

/** As often as others of the same person come between our look and our write at the most. */
const TRIES = 5

/** A person's bucket: on which item, in which of its attributes, how large, and what is said where it is empty. */
type Bucket = { key: Key; attribute: 'pace_full_at' | 'rooms_full_at'; budget: ChatBudget; message: string }

/** Takes one out of a bucket: see spendMessage. Whoever has no such item is not held back. Returned, not thrown. */
const spend = async ({ key, attribute, budget, message }: Bucket, now: number): Promise<Refusal | undefined> => {
  const tooFast = (wait: number) =>
    new Refusal('too_fast', { message, retryAfter: Math.max(1, Math.ceil(wait / 1000)) })
  const latest = latestFullAt(now, budget)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const full = await change(key, {
      set: { [attribute]: now + budget.refillMs },
      when: all(exists('pk'), either(isMissing(attribute), isAtMost(attribute, now))),
    })
    if (full.done || full.item === undefined) return undefined
    const fullAt = z.number().default(0).parse(full.item[attribute])
    if (fullAt > latest) return tooFast(fullAt - latest)
    const inUse = await change(key, {
      set: { [attribute]: more(attribute, budget.refillMs) },
      when: all(isAbove(attribute, now), isAtMost(attribute, latest)),
    })
    if (inUse.done) return undefined
  }
  return tooFast(budget.refillMs)
}

/**
 * Takes one of a person's decisions about a room, or of their other calls by which others hear something, out of their
 * bucket. Whoever has no row in the room, as where it has ended, is not held back.
 */
export const spendDecision = (code: string, userId: string, now: number): Promise<Refusal | undefined> =>
  spend(
    {
      key: memberKey(code, userId),
      attribute: 'pace_full_at',
      budget: { burst: DECISIONS_AT_ONCE, refillMs: DECISION_EVERY_MS },
      message: 'That was a lot at once. Wait a moment.',
    },
    now,
  )

/** The same for the rooms that a person makes. */
export const spendRoom = (userId: string, now: number): Promise<Refusal | undefined> =>
  spend(
    {
      key: userKey(userId),
      attribute: 'rooms_full_at',
      budget: { burst: ROOMS_MADE_AT_ONCE, refillMs: ROOM_MADE_EVERY_MS },
      message: 'You made many rooms just now. Wait a moment.',
    },
    now,
  )
