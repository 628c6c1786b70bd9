import { Refusal } from '../../../protocol/refusals.ts'
import { passwordMatches } from '../../auth/passwords.ts'
import { signToken } from '../../auth/tokens.ts'
import { assertNotServiceBanned } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { noteSignIn } from '../../table/people.ts'
import { userByEmail } from '../../table/users.ts'
import { doorTo } from '../door.ts'
import { signedIn } from './signed-in.ts'

export const login = serve('auth/login', {
  load: async (call, { settings }) => {
    const [user, door] = await allOf([userByEmail(call.input.email, call.now), doorTo(call, settings)])
    return { user, door }
  },
  act: async ({ input, now }, { user, door }, { ids, settings }) => {
    // Compare even without an account, so that neither the answer nor its time tells whether there is one.
    const matches = await passwordMatches(input.password, user?.password_hash)
    if (user === undefined || !matches) throw new Refusal('invalid_credentials')
    // Told only to who knows the password.
    assertNotServiceBanned(door, user)
    await noteSignIn(user.id, door.network, now)
    return signedIn(user, await signToken(user, { tokenId: ids.token(), now }, settings))
  },
})
