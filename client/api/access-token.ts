type Lifetime = { issuedAt: number; dueAt: number }

/**
 * When a JWT was issued and when half its life is over, in milliseconds since the epoch, or undefined where it does not say.
 * Nothing is verified.
 */
export const lifetimeOf = (token: string): Lifetime | undefined => {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const claims: unknown = JSON.parse(atob(payload))
    if (typeof claims !== 'object' || claims === null || !('iat' in claims) || !('exp' in claims)) return undefined
    const { iat, exp } = claims
    if (typeof iat !== 'number' || typeof exp !== 'number') return undefined
    return { issuedAt: iat * 1000, dueAt: ((iat + exp) / 2) * 1000 }
  } catch {
    // Not a JWT: opaque to us, and the server will say what it thinks of it.
    return undefined
  }
}

/** Whether `one` was issued before `other`; of tokens that do not say when, neither was. */
export const isOlderToken = (one: string, other: string): boolean =>
  (lifetimeOf(one)?.issuedAt ?? 0) < (lifetimeOf(other)?.issuedAt ?? 0)
