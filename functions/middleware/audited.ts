import { Refusal } from '../../protocol/refusals.ts'
import { type About, type AboutService, decisionOf } from '../domain/audit.ts'
import type { User } from '../domain/session.ts'
import { noteOutcome, putIntention } from '../table/audit.ts'
import { spendDecision } from '../table/pace.ts'
import type { HttpFunction, Services } from './services.ts'

/**
 * Carries out a decision about others or the room, and keeps in the audit who decided what about whom. Call it once the
 * caller's right is known: who has none leaves nothing there. It is kept as `intended`, then carried out, then noted as
 * done or refused; of a function that ends in between, the intention stays. Who decides too much at once is refused before
 * that: those who are in the room would hear it all.
 */
export type Audited = <T>(about: About, carryOut: () => Promise<T>) => Promise<T>
/** The same for administrators, who decide about the service as well. */
export type AdminAudited = <T>(about: About | AboutService, carryOut: () => Promise<T>) => Promise<T>

type Deciding = { user: User; now: number; address: () => Promise<string>; isAdmin: boolean }

/** What ends somebody's part in a room, and so comes once. */
const ONCE: ReadonlySet<string> = new Set(['delete_room', 'give_back'])

export const auditedFor =
  (
    { user, now, address, isAdmin }: Deciding,
    { ids, settings }: Pick<Services<HttpFunction>, 'ids' | 'settings'>,
  ): AdminAudited =>
  async (about, carryOut) => {
    const code = 'room' in about ? about.room.code : undefined
    const isFree = code === undefined || isAdmin || ONCE.has(about.what)
    const spent = isFree ? undefined : await spendDecision(code, user.id, now)
    if (spent?.refusal !== undefined) throw spent.refusal
    const deciding = { id: ids.message(now), at: now, address: await address(), isAdmin, name: spent?.name }
    const decision = decisionOf(user, about, deciding)
    await putIntention(code, decision, settings.AUDIT_DAYS)
    try {
      const result = await carryOut()
      await noteOutcome(code, decision.id, { outcome: 'done' })
      return result
    } catch (error) {
      if (error instanceof Refusal) await noteOutcome(code, decision.id, { outcome: 'refused', code: error.code })
      throw error
    }
  }
