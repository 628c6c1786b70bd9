import { serve } from '../../middleware/route.ts'

export const me = serve('auth/me', {
  act: ({ user }) => ({ id: user.id, display_name: user.display_name, is_guest: user.is_guest }),
})
