import type { RouteAuth } from '../../protocol/http/route.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type TokenSettings, verifyToken } from '../auth/tokens.ts'
import { assertSession, type Claims, type User } from '../domain/session.ts'
import { sessionOf } from '../table/users.ts'

const BEARER = /^Bearer ([^\s]+)$/i

/** Who calls. `user` is being read: it is awaited beside the handler's own first read. */
export type Authenticated = { claims: Claims; user: Promise<User> }

/**
 * Checks the token's signature now and starts to check, in the table, that it still holds.
 * @throws Refusal unauthorized
 */
export const authenticate = async (
  auth: RouteAuth,
  authorization: string | undefined,
  now: number,
  settings: TokenSettings,
): Promise<Authenticated | undefined> => {
  if (auth === 'none') return undefined
  if (authorization === undefined && auth === 'optional') return undefined
  const token = BEARER.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new Refusal('unauthorized')
  const claims = await verifyToken(token, now, settings)
  const user = sessionOf(claims, now).then((session) => assertSession(session, claims, now))
  // The handler awaits it; should its own read fail first, this one must not count as unhandled.
  user.catch(() => undefined)
  return { claims, user }
}
