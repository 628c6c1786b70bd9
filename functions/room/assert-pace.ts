import type { Runtime } from '../fanout/runtime.ts'
import { spendDecision } from '../table/pace.ts'

/**
 * Limits how often a call is asked again that others hear of. The audit keeps no repeated call, so nothing else limits
 * it.
 * @throws Refusal too_fast
 */
export const assertPace = async (code: string, userId: string, { clock }: Pick<Runtime, 'clock'>): Promise<void> => {
  const { refusal } = await spendDecision(code, userId, clock())
  if (refusal !== undefined) throw refusal
}
