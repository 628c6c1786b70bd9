import type { ServerEvent } from '../../protocol/server-events.ts'
import type { IdSource } from '../domain/ids.ts'
import type { SocketIds } from '../domain/presence.ts'

/** What is left to do once the first posts are out. It is handed to the repair function, which nobody waits for. */
export type Repair = {
  /** The room's code. */
  room: string
  /** What was told, in order. */
  events: readonly ServerEvent[]
  /** The sockets that did not get all of it. */
  behind: readonly SocketIds[]
  /** The sockets of which the gateway says that they are closed, old enough to be believed. */
  suspects: readonly SocketIds[]
  /** Nothing was told: this only looks for sockets that are over, also among those that never send a PING. */
  isLook?: boolean
  /** A socket that was removed to make place for another of its person. It is still to be told so, and closed. */
  replaced?: SocketIds
  /** The socket whose frame caused this, and the mark it asked to see again. */
  echo?: { connectionId: string; ref: string }
}

/** What deciding and telling need of the place they run in. */
export type Runtime = {
  /** Epoch milliseconds. */
  clock: () => number
  ids: IdSource
  /** Returns once the repair is on its way. */
  startRepair: (repair: Repair) => Promise<void>
}
