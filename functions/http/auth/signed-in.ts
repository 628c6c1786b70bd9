import type { User } from '../../domain/session.ts'

/** What everybody hears who has just come in. */
export const signedIn = (user: User, accessToken: string) => ({
  id: user.id,
  display_name: user.display_name,
  is_guest: user.is_guest,
  access_token: accessToken,
})
