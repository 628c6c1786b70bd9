import { guard } from '../report.ts'
import type { Runtime } from '../runtime.ts'
import { isOlderToken, type TokenAge, type TokenOrigin, watchAge } from './access-token.ts'

/** The one token that an API calls with. */
export type HeldToken = {
  /** The newest one in hand, of this tab or of another. */
  get: () => string | undefined
  /** A token that the server issued just now; undefined after signing out. */
  take: (token: string | undefined) => void
  /** Another token than the one that was refused, or undefined where there is none. */
  insteadOf: (refused: string | undefined) => string | undefined
  isDue: () => boolean
  noteServerTime: TokenAge['noteServerTime']
}

type HeldTokenOptions = {
  runtime: Runtime
  token: string | undefined
  keptToken: (() => string | undefined) | undefined
  onToken: ((token: string | undefined) => void) | undefined
}

export const holdToken = ({ runtime, onToken, keptToken, ...options }: HeldTokenOptions): HeldToken => {
  let token: string | undefined
  let age: TokenAge | undefined
  const hold = (next: string | undefined, from: TokenOrigin) => {
    token = next
    age = next === undefined ? undefined : watchAge(next, from, runtime)
  }
  hold(options.token, 'stored')

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
    if (other !== undefined && other !== token && !isOlderToken(other, token)) hold(other, 'shared')
    return token
  }
  return {
    get,
    take: (next) => {
      hold(next, 'new')
      if (onToken !== undefined) guard(() => onToken(next))
    },
    insteadOf: (refused) => {
      if (refused === undefined || token === undefined) return undefined
      const other = kept()
      // An older one as well: a change of password spares the token that asked for it, and no other.
      if (token === refused && other !== undefined && other !== refused) hold(other, 'shared')
      return token === refused ? undefined : token
    },
    isDue: () => get() !== undefined && age?.isDue() === true,
    noteServerTime: (serverNow) => age?.noteServerTime(serverNow),
  }
}
