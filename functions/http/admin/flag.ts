import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { noteAdmin, withdrawAdmin } from '../../table/people.ts'
import { makeAdmin } from '../../table/users.ts'
import { personAt, whomOf } from './person-at.ts'

/** Both may have got the flag from a version that did not note it. */
const withdraw = async (userId: string, by: string): Promise<void> => {
  await noteAdmin(by)
  await noteAdmin(userId)
  if (!(await withdrawAdmin(userId, by))) throw new Refusal('last_admin')
}

export const flag = serve('admin/flag', {
  act: async ({ input, user, now, audited }) => {
    const person = await personAt(input.user_id, now)
    const whom = whomOf(person)
    if (input.is_admin) {
      await audited({ what: 'grant_admin', whom }, async () => {
        // A guest has no password to prove who they are, and somebody who is banned does not come in.
        if (person.banned_at !== null || !(await makeAdmin(person.id))) throw new Refusal('person_not_found')
      })
    } else if (person.is_admin) {
      await audited({ what: 'withdraw_admin', whom }, () => withdraw(person.id, user.id))
    }
    return { ok: true as const }
  },
})
