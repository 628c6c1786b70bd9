import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Api } from '../api/api.ts'
import type { Connection } from '../connection/options.ts'
import { guard } from '../report.ts'
import { globalRuntime, type Runtime } from '../runtime.ts'
import { createStore, type WritableStore } from '../store.ts'
import { emptyRoom, type RoomState } from './room-state.ts'
import type { SessionOptions } from './session.ts'

/** One part of a session, called when something happens on the connection. A part leaves out what does not concern it. */
export type RoomListener = {
  /** An event has arrived. */
  heard?: (event: ServerEvent) => void
  /** A socket has been greeted: the first one, one after a lost socket, or the successor in a handover. */
  greeted?: () => void
  /** The connection was open and no longer is. Called before the store shows it. */
  lost?: () => void
  /** The connection is closed for good: cancel every timer. Called before the store shows it. */
  stop?: () => void
}

/** Several listeners as one, called in the order in which they stand. One that fails stops none after it. */
export const inOrder = (listeners: readonly RoomListener[]): Required<RoomListener> => {
  const call = (run: (listener: RoomListener) => void) => {
    for (const listener of listeners) guard(() => run(listener))
  }
  return {
    heard: (event) => call((listener) => listener.heard?.(event)),
    greeted: () => call((listener) => listener.greeted?.()),
    lost: () => call((listener) => listener.lost?.()),
    stop: () => call((listener) => listener.stop?.()),
  }
}

/** What the parts of one session share. */
export type SessionContext = {
  api: Api
  code: string
  runtime: Runtime
  store: WritableStore<RoomState>
  /** Sends now, or says false: nothing is kept for later. */
  send: Connection['send']
  /** An answer is missing: makes sure that the line lives. */
  probe: Connection['probe']
  /** A new mark for a frame, unlike any that this or another client uses. */
  newRef: () => string
}

export const createContext = (
  { api, code, ...options }: SessionOptions,
  connection: Pick<Connection, 'send' | 'probe'>,
): SessionContext => {
  const runtime = options.runtime ?? globalRuntime
  let refs = 0
  const newRef = () => {
    refs += 1
    return `${runtime.random().toString(36).slice(2, 10)}-${refs}`
  }
  return { api, code, runtime, store: createStore<RoomState>(emptyRoom), ...connection, newRef }
}
