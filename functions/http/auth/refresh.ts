import { signToken } from '../../auth/tokens.ts'
import { serve } from '../../middleware/route.ts'
import { keepGuest } from '../../table/users.ts'

export const refresh = serve('auth/refresh', {
  act: async ({ user, caller, now }, _loaded, { ids, settings }) => {
    if (user.is_guest) await keepGuest(user.id, now)
    const issue = { tokenId: ids.token(), now, signedInAt: caller.signed_in_at }
    return { access_token: await signToken(user, issue, settings) }
  },
})
