import { compare, hash } from 'bcryptjs'
import { MAX_PASSWORD_BYTES } from '../../protocol/limits.ts'
import { byteLength } from '../../protocol/text.ts'

const COST = 10
/** A hash that no password has: compared against where there is no account, so that the answer takes as long. */
const NOBODY = '$2b$10$JWcYAsACpDk2GD2o0hOYVuQMCZc0OrpkTUitd7IwkSdGTIAQ5QbaS'

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** Whether the password is the one behind the hash; the same work where there is no hash. */
export const passwordMatches = async (password: string, passwordHash: string | null | undefined): Promise<boolean> => {
  // bcrypt reads 72 bytes: what is longer was never set, and must not pass for its own beginning.
  const readable = byteLength(password) <= MAX_PASSWORD_BYTES
  const matches = await compare(password, passwordHash ?? NOBODY)
  return matches && readable && passwordHash != null
}
