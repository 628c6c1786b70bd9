type Lifetime = { issuedAt: number; expiresAt: number }

/** Issue and expiry of a JWT in milliseconds since the epoch, or undefined where it does not say. Nothing is verified. */
const lifetimeOf = (token: string): Lifetime | undefined => {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(payload))
    if (typeof claims !== 'object' || claims === null || !('iat' in claims) || !('exp' in claims)) return undefined
    const { iat, exp } = claims
    if (typeof iat !== 'number' || typeof exp !== 'number') return undefined
    return { issuedAt: iat * 1000, expiresAt: exp * 1000 }
  } catch {
    // Not a JWT: opaque to us, and the server will say what it thinks of it.
    return undefined
  }
}

/**
 * Milliseconds from now until the token has lived half its life, infinite where it does not say.
 * A device's clock may be wrong by hours: ahead it refreshes early, behind never later than half a life from now.
 * @example refreshDueIn(token, Date.now()) <= 6 * 3_600_000
 */
export const refreshDueIn = (token: string, wall: number): number => {
  const lifetime = lifetimeOf(token)
  if (lifetime === undefined) return Number.POSITIVE_INFINITY
  const half = (lifetime.expiresAt - lifetime.issuedAt) / 2
  return Math.min(half, Math.max(0, lifetime.issuedAt + half - wall))
}
