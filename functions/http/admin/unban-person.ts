import { Refusal } from '../../../protocol/refusals.ts'
import { serve } from '../../middleware/route.ts'
import { unbanUser } from '../../table/people.ts'
import { personAt, whomOf } from './person-at.ts'

export const unbanPerson = serve('admin/unban-person', {
  act: async ({ input, now, audited }) => {
    const user = await personAt(input.user_id, now)
    await audited({ what: 'unban_person', whom: whomOf(user) }, async () => {
      if (!(await unbanUser(user.id))) throw new Refusal('person_not_found')
    })
    return { ok: true as const }
  },
})
