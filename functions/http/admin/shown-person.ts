import type { AdminPerson } from '../../../protocol/http/admin/people.ts'
import type { User } from '../../domain/session.ts'

/** A person as the administration shows them. */
export const shownPerson = (user: User): AdminPerson => ({
  id: user.id,
  display_name: user.display_name,
  is_guest: user.is_guest,
  is_admin: user.is_admin,
  email: user.email,
  created_at: user.created_at,
  banned_at: user.banned_at,
})
