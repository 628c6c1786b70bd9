import type { Cancel } from '../runtime.ts'
import type { Closure, ConnectionState } from './connection-state.ts'
import type { WatchedSocket } from './watched-socket.ts'

/**
 * Every state of a connection, each with what exists only in it. `attempt` counts the retries since a socket last held.
 * Instants are local milliseconds. The timer of a state ends with it.
 */
export type InnerState =
  /** A token that is due is renewed before a socket is opened with it. Where none is due, this lasts no time. */
  | { name: 'renewing'; attempt: number }
  /**
   * A socket is being opened, or waits for its greeting. The timer, if any, dials anew: a wake found this dial too
   * young.
   */
  | { name: 'dialling'; attempt: number; socket: WatchedSocket; dialledAt: number; cancelTimer: Cancel }
  /** The handshake failed, which says nothing of the reason: the API is being asked. */
  | { name: 'asking why'; attempt: number }
  /** Greeted. The timer dials a successor before the platform ends this socket. */
  | { name: 'open'; attempt: number; socket: WatchedSocket; openedAt: number; cancelTimer: Cancel }
  /** Greeted still, and a second socket is being opened. */
  | {
      name: 'handing over'
      attempt: number
      socket: WatchedSocket
      openedAt: number
      successor: WatchedSocket
      dialledAt: number
    }
  /** No socket. The timer dials the next one. */
  | { name: 'waiting'; attempt: number; retryInMs: number; cancelTimer: Cancel }
  | { name: 'closed'; closure: Closure }

/** What the page is told of a state. */
export const shownState = (state: InnerState): ConnectionState => {
  switch (state.name) {
    case 'renewing':
    case 'dialling':
    case 'asking why':
      return { status: 'connecting', attempt: state.attempt }
    case 'open':
    case 'handing over':
      return { status: 'open' }
    case 'waiting':
      return { status: 'waiting', attempt: state.attempt, retryInMs: state.retryInMs }
    case 'closed':
      return { status: 'closed', ...state.closure }
    default:
      return state satisfies never
  }
}

export const socketsOf = (state: InnerState): readonly WatchedSocket[] => {
  if (state.name === 'handing over') return [state.socket, state.successor]
  return 'socket' in state ? [state.socket] : []
}
