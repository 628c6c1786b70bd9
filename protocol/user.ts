import * as z from 'zod'
import { Id } from './ids.ts'

/** A person with a token: an account or a guest. */
export const User = z.object({
  id: Id,
  display_name: z.string(),
  is_guest: z.boolean(),
  is_admin: z.literal(true).optional().describe('of an administrator; left out for everybody else'),
})

/** What signing in answers. */
export const SignedIn = User.extend({ access_token: z.string() })
