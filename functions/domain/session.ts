import { Refusal } from '../../protocol/refusals.ts'

/** A person with an account or a guest. Times in epoch milliseconds. */
export type User = {
  id: string
  display_name: string
  is_guest: boolean
  email: string | null
  password_hash: string | null
  /** Tokens of another generation are refused: a change of password raises it. */
  generation: number
  /** The one token of an older generation that still holds: the one that changed the password. */
  spared_token: string | null
  is_admin: boolean
  created_at: number
}

/** Who a token says it speaks for. */
export type Claims = {
  user_id: string
  display_name: string
  is_guest: boolean
  token_id: string
  generation: number
  /** Epoch seconds. */
  expires: number
}

/** What the table knows of a token: whether it was signed out, and whose it is. */
export type Session = { revoked: boolean; user: User | undefined }

type TokenClaims = Pick<Claims, 'expires' | 'generation' | 'token_id'>

const isSignedOut = ({ revoked, user }: Session, { generation, token_id }: TokenClaims): boolean =>
  revoked || user === undefined || (user.generation !== generation && user.spared_token !== token_id)

/** Why a token does not hold any more: its person (or a change of password) ended it, or its time is over. */
export const whySessionEnded = (
  session: Session,
  claims: TokenClaims,
  now: number,
): 'expired' | 'signed_out' | undefined => {
  if (isSignedOut(session, claims)) return 'signed_out'
  return claims.expires * 1000 <= now ? 'expired' : undefined
}

export const sessionHolds = (session: Session, claims: TokenClaims, now: number): boolean =>
  whySessionEnded(session, claims, now) === undefined

/** @throws Refusal unauthorized */
export const assertSession = (session: Session, claims: Claims, now: number): User => {
  if (session.user === undefined || !sessionHolds(session, claims, now)) throw new Refusal('unauthorized')
  return session.user
}
