import { compare, hash } from 'bcryptjs'
import { MAX_PASSWORD_BYTES } from '../../protocol/limits.ts'
import { byteLength, foldPassword } from '../../protocol/text.ts'

const COST = 10
/** A hash that no password has: compared against where there is no account, so that the answer takes as long. */
const NOBODY = '$2b$10$JWcYAsACpDk2GD2o0hOYVuQMCZc0OrpkTUitd7IwkSdGTIAQ5QbaS'

export const hashPassword = (password: string): Promise<string> => hash(foldPassword(password), COST)

const isBehind = async (password: string, passwordHash: string | null | undefined): Promise<boolean> => {
  // bcrypt reads 72 bytes: what is longer was never set, and must not pass for its own beginning.
  const readable = byteLength(password) <= MAX_PASSWORD_BYTES
  const matches = await compare(password, passwordHash ?? NOBODY)
  return matches && readable && passwordHash != null
}

/**
 * Whether the password is the one behind the hash; the same work where there is no hash. Versions before hashed what was
 * typed, in whatever form it came.
 */
export const passwordMatches = async (password: string, passwordHash: string | null | undefined): Promise<boolean> => {
  const folded = foldPassword(password)
  if (await isBehind(folded, passwordHash)) return true
  return folded !== password && isBehind(password, passwordHash)
}
