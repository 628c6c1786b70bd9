import type { Runtime } from '../runtime.ts'

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

/** Whether `one` was issued before `other`; of tokens that do not say when, neither was. */
export const isOlderToken = (one: string, other: string): boolean =>
  (lifetimeOf(one)?.issuedAt ?? 0) < (lifetimeOf(other)?.issuedAt ?? 0)

/** How old a token is, judged without trust in any one clock of the device. */
export type TokenAge = {
  /** Half its life is over. Never for a token that does not say how long it lives. */
  isDue: () => boolean
  /** The server's clock showed this just now, epoch milliseconds: from here on the age is known. */
  noteServerTime: (serverNow: number) => void
}

/** Where a token comes from: the server issued it just now, it was stored before this page, another tab keeps it. */
export type TokenOrigin = 'new' | 'stored' | 'shared'

/** No two clocks show the same time to the second. */
const WRONG_BY_MS = 60_000

/**
 * The age of a token from now on. Where it is not new, its age is what the wall clock says until the server's clock is
 * known. A stored token that the wall clock puts into the future has to be renewed: that clock is wrong by nobody knows
 * how much. Of the local and the wall clock, the one that went on the furthest says how much has passed since. The one
 * stands still while a device sleeps, and the other may be set back.
 */
export const watchAge = (token: string, from: TokenOrigin, { now, wall }: Pick<Runtime, 'now' | 'wall'>): TokenAge => {
  const lifetime = lifetimeOf(token)
  if (lifetime === undefined) return { isDue: () => false, noteServerTime: () => {} }
  const half = (lifetime.expiresAt - lifetime.issuedAt) / 2
  const byWall = wall() - lifetime.issuedAt
  const isImpossible = from === 'stored' && byWall < -WRONG_BY_MS
  let known = { age: from === 'new' ? 0 : isImpossible ? half : Math.max(0, byWall), now: now(), wall: wall() }
  return {
    isDue: () => known.age + Math.max(now() - known.now, wall() - known.wall) >= half,
    noteServerTime: (serverNow) => {
      known = { age: Math.max(0, serverNow - lifetime.issuedAt), now: now(), wall: wall() }
    },
  }
}
