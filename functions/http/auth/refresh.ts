import { signToken } from '../../auth/tokens.ts'
import { assertNotServiceBanned } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import { keepGuest } from '../../table/users.ts'
import { doorTo } from '../door.ts'

export const refresh = serve('auth/refresh', {
  load: (call, { settings }) => doorTo(call, settings),
  act: async ({ user, caller, now }, door, { ids, settings }) => {
    assertNotServiceBanned(door, user)
    if (user.is_guest) await keepGuest(user.id, now)
    const issue = { tokenId: ids.token(), now, signedInAt: caller.signed_in_at }
    return { access_token: await signToken(user, issue, settings) }
  },
})
