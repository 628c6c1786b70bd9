import { guard } from '../report.ts'
import type { Runtime } from '../runtime.ts'
import { isOlderToken, lifetimeOf } from './access-token.ts'
import { createServerClock, type ServerClock } from './server-clock.ts'

/** The one token that an API calls with. */
export type HeldToken = {
  /** The newest one in hand, of this tab or of another. */
  get: () => string | undefined
  /** A token that the server issued just now; undefined after signing out. */
  take: (token: string | undefined) => void
  /** Another token than the one that was refused, or undefined where there is none. */
  insteadOf: (refused: string | undefined) => string | undefined
  /** Half its life is over. Never for a token that does not say how long it lives. */
  isDue: () => boolean
  noteServerTime: ServerClock['note']
}

type HeldTokenOptions = {
  runtime: Runtime
  token: string | undefined
  keptToken: (() => string | undefined) | undefined
  onToken: ((token: string | undefined) => void) | undefined
}

/** No two clocks show the same time to the second. */
const WRONG_BY_MS = 60_000

/**
 * What the wall clock says, until the server's clock is known. A stored token that the wall clock puts into the future has
 * to be renewed: that clock is wrong by nobody knows how much.
 */
const supposedTime = (stored: string | undefined, wall: number): number => {
  const lifetime = stored === undefined ? undefined : lifetimeOf(stored)
  return lifetime !== undefined && wall < lifetime.issuedAt - WRONG_BY_MS ? lifetime.dueAt : wall
}

export const holdToken = ({ runtime, onToken, keptToken, ...options }: HeldTokenOptions): HeldToken => {
  let { token } = options
  // What is known of the server's clock holds for every token that comes after, also for one of another tab.
  const clock = createServerClock(supposedTime(token, runtime.wall()), runtime)
  const hold = (next: string | undefined, isNew = false) => {
    token = next
    const issuedAt = next === undefined ? undefined : lifetimeOf(next)?.issuedAt
    // What was issued just now says what time it is, and nothing was issued in the future.
    if (issuedAt !== undefined && (isNew || issuedAt > clock.now())) clock.note(issuedAt)
  }

  /** Undefined, and reported, where the page cannot say it, as where its storage is shut. */
  const kept = () => {
    let other: string | undefined
    guard(() => {
      other = keptToken?.()
    })
    return other
  }

  const get = () => {
    if (token === undefined) return undefined
    const other = kept()
    // Another tab has renewed it.
    if (other !== undefined && other !== token && !isOlderToken(other, token)) hold(other)
    return token
  }
  return {
    get,
    take: (next) => {
      hold(next, true)
      if (onToken !== undefined) guard(() => onToken(next))
    },
    insteadOf: (refused) => {
      if (refused === undefined || token === undefined) return undefined
      const other = kept()
      // An older one as well: a change of password spares the token that asked for it, and no other.
      if (token === refused && other !== undefined && other !== refused) hold(other)
      return token === refused ? undefined : token
    },
    isDue: () => {
      const held = get()
      const lifetime = held === undefined ? undefined : lifetimeOf(held)
      return lifetime !== undefined && clock.now() >= lifetime.dueAt
    },
    noteServerTime: clock.note,
  }
}
