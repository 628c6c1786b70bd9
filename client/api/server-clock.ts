import type { Runtime } from '../runtime.ts'
import { startStopwatch } from '../stopwatch.ts'

/** What time it is at the server to a few seconds, without trust in any one clock of the device. */
export type ServerClock = {
  /** Epoch milliseconds. */
  now: () => number
  /** The server's clock showed this just now. */
  note: (serverNow: number) => void
}

/** Until the server has said what time it is, it is `supposed` to be that. A stopwatch says how much has passed since. */
export const createServerClock = (supposed: number, runtime: Pick<Runtime, 'now' | 'wall'>): ServerClock => {
  let known = { serverNow: supposed, since: startStopwatch(runtime) }
  return {
    now: () => known.serverNow + known.since.passed(),
    note: (serverNow) => {
      known = { serverNow, since: startStopwatch(runtime) }
    },
  }
}
