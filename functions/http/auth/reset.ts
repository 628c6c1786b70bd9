import { Refusal } from '../../../protocol/refusals.ts'
import { hashPassword, passwordMatches } from '../../auth/passwords.ts'
import { hashOfLink } from '../../auth/reset-links.ts'
import { serve } from '../../middleware/route.ts'
import { resetLink, resetPassword } from '../../table/people.ts'

export const reset = serve('auth/reset', {
  act: async ({ input, now }) => {
    const link = hashOfLink(input.secret)
    // Before the work of hashing a password, which anybody could ask for.
    const { holds } = await resetLink(input.user_id, link, now)
    const password = holds ? await hashPassword(input.new) : ''
    if (holds && (await resetPassword(input.user_id, { link, password, now }))) return { success: true as const }
    // Whoever asks again, because the answer was lost, has what they asked for.
    const { passwordSince } = await resetLink(input.user_id, link, now)
    if (passwordSince === undefined || !(await passwordMatches(input.new, passwordSince)))
      throw new Refusal('link_ended')
    return { success: true as const }
  },
})
