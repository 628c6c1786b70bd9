import { serve } from '../../middleware/route.ts'
import { revokeToken } from '../../table/users.ts'

export const logout = serve('auth/logout', {
  act: async ({ caller }) => {
    await revokeToken(caller.token_id, caller.expires)
    return { success: true as const }
  },
})
