import { signToken } from '../../auth/tokens.ts'
import type { User } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { putGuest } from '../../table/users.ts'
import { signedIn } from './signed-in.ts'

export const guest = serve('auth/guest', {
  act: async ({ input, now }, _loaded, { ids, settings }) => {
    const user: User = {
      id: ids.user(),
      display_name: input.display_name,
      is_guest: true,
      email: null,
      password_hash: null,
      generation: 0,
      spared_token: null,
      is_admin: false,
      created_at: now,
    }
    await putGuest(user, now)
    return signedIn(user, await signToken(user, ids.token(), now, settings))
  },
})
