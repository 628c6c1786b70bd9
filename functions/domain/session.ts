import { ADMIN_SIGN_IN_HOURS } from '../../protocol/limits.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { HOUR_SECONDS } from './durations.ts'

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
  /** Since when the service refuses them; null where it does not. */
  banned_at: number | null
  /** When they last signed in with their password, or came as a guest; null where that was not noted. */
  signed_in_at: number | null
  /** A salted hash of the network that they signed in from then. See functions/auth/traces.ts. */
  network_trace: string | null
}

/** Somebody who comes for the first time: a guest, until they have an address and a password. */
export const newPerson = (id: string, displayName: string, now: number): User => ({
  id,
  display_name: displayName,
  is_guest: true,
  email: null,
  password_hash: null,
  generation: 0,
  spared_token: null,
  is_admin: false,
  created_at: now,
  banned_at: null,
  signed_in_at: now,
  network_trace: null,
})

/** Who a token says it speaks for. */
export type Claims = {
  user_id: string
  display_name: string
  is_guest: boolean
  token_id: string
  generation: number
  /** Epoch seconds. */
  expires: number
  /** When the person last proved who they are, epoch seconds; 0 where the token does not say it. */
  signed_in_at: number
}

/** What the table knows of a token: whether it was signed out, and whose it is. */
export type Session = { revoked: boolean; user: User | undefined }

/** By what it is told whether a token holds still. */
export type TokenClaims = Pick<Claims, 'expires' | 'generation' | 'token_id'>

const isSignedOut = ({ revoked, user }: Session, claims: TokenClaims | undefined): boolean => {
  if (revoked || user === undefined || user.banned_at !== null) return true
  return claims !== undefined && user.generation !== claims.generation && user.spared_token !== claims.token_id
}

/**
 * Why a token does not hold any more: its person (or a change of password) ended it, or its time is over. Where the token is
 * not known, the account alone is looked at.
 */
export const whySessionEnded = (
  session: Session,
  claims: TokenClaims | undefined,
  now: number,
): 'expired' | 'signed_out' | undefined => {
  if (isSignedOut(session, claims)) return 'signed_out'
  return claims !== undefined && claims.expires * 1000 <= now ? 'expired' : undefined
}

export const sessionHolds = (session: Session, claims: TokenClaims, now: number): boolean =>
  whySessionEnded(session, claims, now) === undefined

/**
 * An administrator is never refused for the network: one who bans their own could not come in again to lift the ban.
 * @throws Refusal service_banned
 */
export const assertNotServiceBanned = (
  { isRefused }: { isRefused: boolean },
  user?: Pick<User, 'banned_at' | 'is_admin'>,
): void => {
  if (user !== undefined && user.banned_at !== null) throw new Refusal('service_banned')
  if (isRefused && user?.is_admin !== true) throw new Refusal('service_banned')
}

/** @throws Refusal not_admin, sign_in_again */
export const assertAdmin = (user: User, { signed_in_at }: Pick<Claims, 'signed_in_at'>, now: number): void => {
  if (!user.is_admin) throw new Refusal('not_admin')
  if (now > (signed_in_at + ADMIN_SIGN_IN_HOURS * HOUR_SECONDS) * 1000) throw new Refusal('sign_in_again')
}

/** @throws Refusal unauthorized */
export const assertSession = (session: Session, claims: Claims, now: number): User => {
  if (session.user === undefined || !sessionHolds(session, claims, now)) throw new Refusal('unauthorized')
  return session.user
}
