import type { User } from '../../domain/session.ts'

/** A person as they see themselves. */
export const shownUser = (user: User) => ({
  id: user.id,
  display_name: user.display_name,
  is_guest: user.is_guest,
  ...(user.is_admin && { is_admin: true as const }),
})

/** What everybody hears who has just come in. */
export const signedIn = (user: User, accessToken: string) => ({ ...shownUser(user), access_token: accessToken })
