import { Refusal } from '../../../protocol/refusals.ts'
import { hashPassword, passwordMatches } from '../../auth/passwords.ts'
import { serve } from '../../middleware/route.ts'
import { setPassword } from '../../table/users.ts'

export const password = serve('auth/password', {
  act: async ({ input, caller, user }) => {
    if (await passwordMatches(input.current, user.password_hash)) {
      // Two changes at once: the other one replaced the password that this one had checked.
      if (!(await setPassword(user, await hashPassword(input.new), caller.token_id)))
        throw new Refusal('invalid_credentials')
      return { success: true as const }
    }
    // Asked again, because the answer was lost: this very token has set this very password.
    const isSet = user.spared_token === caller.token_id && (await passwordMatches(input.new, user.password_hash))
    if (!isSet) throw new Refusal('invalid_credentials')
    return { success: true as const }
  },
})
