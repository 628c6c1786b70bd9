import type { Runtime } from '../fanout/runtime.ts'
import { spendDecision } from '../table/pace.ts'

/** For what others hear and is no decision that the audit keeps: a call that is asked again. @throws Refusal too_fast */
export const assertPace = async (code: string, userId: string, { clock }: Pick<Runtime, 'clock'>): Promise<void> => {
  const refusal = await spendDecision(code, userId, clock())
  if (refusal !== undefined) throw refusal
}
