import { RESET_LINK_HOURS } from '../../../protocol/limits.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { hashOfLink, newLinkSecret } from '../../auth/reset-links.ts'
import { HOUR_MS } from '../../domain/durations.ts'
import { serve } from '../../middleware/route.ts'
import { keepResetLink } from '../../table/people.ts'
import { personAt, whomOf } from './person-at.ts'

export const resetLink = serve('admin/reset-link', {
  act: async ({ input, now, audited }) => {
    const person = await personAt(input.user_id, now)
    const secret = newLinkSecret()
    const until = now + RESET_LINK_HOURS * HOUR_MS
    await audited({ what: 'reset_link', whom: whomOf(person) }, async () => {
      if (!(await keepResetLink(person.id, hashOfLink(secret), until))) throw new Refusal('person_not_found')
    })
    // Behind the sign that browsers keep for themselves: no server, log or other page learns it.
    return { path: `/reset#${person.id}.${secret}`, until }
  },
})
