import type { Presence } from '../domain/presence.ts'
import { change } from './change.ts'
import { all, differs, either, equals, isMissing } from './conditions.ts'
import { presenceItemKey } from './presences.ts'

/**
 * Claims telling that somebody left, whose leave was not told when their row was read. False where somebody else has
 * claimed it, or another socket of theirs was removed since: whoever removed that one tells it.
 * @param claimer a mark of this claim alone: by it, its own request is recognised when it is repeated
 */
export const claimLostLeave = async (
  code: string,
  { user_id: userId, present_since, left_at }: Presence,
  { now, claimer }: { now: number; claimer: string },
): Promise<boolean> => {
  const isAsRead = all(
    equals('present_since', present_since),
    either(equals('left_at', left_at), ...(left_at === 0 ? [isMissing('left_at')] : [])),
  )
  const isUntold = either(isMissing('left_told'), differs('left_told', present_since))
  const claim = { set: { left_at: now, leave_claimed_by: claimer }, when: all(isAsRead, isUntold) }
  const { done, item } = await change(presenceItemKey({ code, userId }), claim)
  return done || item?.leave_claimed_by === claimer
}
