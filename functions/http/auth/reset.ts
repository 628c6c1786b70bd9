import { Refusal } from '../../../protocol/refusals.ts'
import { hashPassword, passwordMatches } from '../../auth/passwords.ts'
import { hashOfLink } from '../../auth/reset-links.ts'
import { auditedFor } from '../../middleware/audited.ts'
import { serve } from '../../middleware/route.ts'
import { resetLink, resetPassword } from '../../table/people.ts'
import { userById } from '../../table/users.ts'

export const reset = serve('auth/reset', {
  act: async ({ input, now, address }, _loaded, services) => {
    const link = hashOfLink(input.secret)
    /** Whoever asks again, because the answer was lost, has what they asked for. */
    const assertDone = async () => {
      const { passwordSince } = await resetLink(input.user_id, link, now)
      if (passwordSince === undefined || !(await passwordMatches(input.new, passwordSince)))
        throw new Refusal('link_ended')
    }
    // Before the work of hashing a password, which anybody could ask for.
    const { holds } = await resetLink(input.user_id, link, now)
    const user = holds ? await userById(input.user_id, now) : undefined
    if (user === undefined) {
      await assertDone()
      return { success: true as const }
    }
    const password = await hashPassword(input.new)
    // No token says who they are: the link does.
    const audited = auditedFor({ user, now, address, isAdmin: false }, services)
    const whom = { user_id: user.id, name: user.display_name }
    await audited({ what: 'reset_used', whom }, async () => {
      if (!(await resetPassword(user.id, { link, password, now }))) await assertDone()
    })
    return { success: true as const }
  },
})
