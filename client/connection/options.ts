import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Runtime } from '../runtime.ts'
import type { Closure, ConnectionState } from './connection-state.ts'

export type ConnectionOptions = {
  runtime: Runtime
  /** The newest token in hand, and the socket's address with it. */
  token: () => string
  url: (token: string) => string
  /**
   * Asked before every dial: resolves at once, or when a token that is due has been renewed. Never rejects. `isAnew`: a
   * renewal that is under way begins anew, because it hangs on a network that is gone.
   */
  renew: (isAnew: boolean) => Promise<void>
  /** Asked when a handshake failed: why the server refuses for good, or undefined where trying again makes sense. */
  refusal: () => Promise<Closure | undefined>
  onState: (state: ConnectionState) => void
  /** `isGreeted`: its socket had been greeted before, so that it is no part of a greeting. */
  onEvent: (event: ServerEvent, isGreeted: boolean) => void
  /** A socket has been greeted: the first one, or one after a lost socket, or the successor in a handover. */
  onGreeted: () => void
}

export type Connection = {
  state: () => ConnectionState
  /** Sends now, or says false: nothing is kept for later. */
  send: (event: ClientEvent) => boolean
  /** An answer is missing: makes sure that the socket still lives, and dials anew where it does not. */
  probe: () => void
  /**
   * The device woke or the network came back: begins anew whatever is pending, or makes sure that the socket still
   * lives.
   */
  wake: () => void
  /** Closes for good. */
  close: () => void
}
