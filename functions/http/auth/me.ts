import { serve } from '../../middleware/route.ts'
import { shownUser } from './signed-in.ts'

export const me = serve('auth/me', { act: ({ user }) => shownUser(user) })
