import { Refusal } from '../../../protocol/refusals.ts'
import { hashPassword } from '../../auth/passwords.ts'
import { hashOfLink } from '../../auth/reset-links.ts'
import { serve } from '../../middleware/route.ts'
import { linkHolds, resetPassword } from '../../table/people.ts'

export const reset = serve('auth/reset', {
  act: async ({ input, now }) => {
    const link = hashOfLink(input.secret)
    // Before the work of hashing a password, which anybody could ask for.
    if (!(await linkHolds(input.user_id, link, now))) throw new Refusal('link_ended')
    const password = await hashPassword(input.new)
    if (!(await resetPassword(input.user_id, { link, password, now }))) throw new Refusal('link_ended')
    return { success: true as const }
  },
})
