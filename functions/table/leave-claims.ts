import type { Presence } from '../domain/presence.ts'
import { UNTOLD_AFTER_MS } from '../domain/times.ts'
import { change } from './change.ts'
import { all, either, equals, exists, isAtMost, isBelow, isMissing } from './conditions.ts'
import { presenceItemKey } from './presences.ts'

const CLAIM = 'leave_claim'

/**
 * Claims telling that somebody left. False where it was told, or somebody else has claimed it and may be about to tell
 * it. Whoever has come back meanwhile has left all the same. A row without `left_at` is a new one: the one before went
 * when the leave was told.
 * @param claimer a mark: who has claimed it by this one before claims it again, as where a request is repeated
 */
export const claimLeave = async (
  code: string,
  { user_id: userId, present_since: since }: Presence,
  { now, claimer }: { now: number; claimer: string },
): Promise<boolean> => {
  const isTheirs = either(equals('present_since', since), exists('left_at'))
  const isUntold = either(isMissing('left_told'), isBelow('left_told', since))
  const isUnclaimed = either(
    isMissing(CLAIM),
    isBelow([CLAIM, 'since'], since),
    isAtMost([CLAIM, 'at'], now - UNTOLD_AFTER_MS),
    equals('leave_claimed_by', claimer),
  )
  const when = all(isTheirs, isUntold, isUnclaimed)
  const claim = { set: { [CLAIM]: { since, at: now }, leave_claimed_by: claimer }, when }
  return (await change(presenceItemKey({ code, userId }), claim)).done
}
