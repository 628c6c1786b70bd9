import { Refusal } from '../../../protocol/refusals.ts'
import { passwordMatches } from '../../auth/passwords.ts'
import { signToken } from '../../auth/tokens.ts'
import { serve } from '../../middleware/route.ts'
import { userByEmail } from '../../table/users.ts'
import { signedIn } from './signed-in.ts'

export const login = serve('auth/login', {
  load: ({ input, now }) => userByEmail(input.email, now),
  act: async ({ input, now }, user, { ids, settings }) => {
    // Compare even without an account, so that neither the answer nor its time tells whether there is one.
    const matches = await passwordMatches(input.password, user?.password_hash)
    if (user === undefined || !matches) throw new Refusal('invalid_credentials')
    return signedIn(user, await signToken(user, ids.token(), now, settings))
  },
})
