import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { withdrawAdmin } from '../../table/people.ts'
import { makeAdmin } from '../../table/users.ts'
import { personAt, whomOf } from './person-at.ts'

export const flag = serve('admin/flag', {
  act: async ({ input, user, now, audited }) => {
    const person = await personAt(input.user_id, now)
    const whom = whomOf(person)
    if (input.is_admin) {
      await audited({ what: 'grant_admin', whom }, async () => {
        // A guest has no password to prove who they are, and somebody who is banned does not come in.
        if (!(await makeAdmin(person.id))) throw new Refusal('person_not_found')
      })
    } else if (person.is_admin) {
      await audited({ what: 'withdraw_admin', whom }, async () => {
        if (!(await withdrawAdmin(person.id, user.id))) throw new Refusal('last_admin')
      })
    }
    return { ok: true as const }
  },
})
