import type { Runtime } from '../runtime.ts'

/** What time it is at the server to a few seconds, without trust in any one clock of the device. */
export type ServerClock = {
  /** Epoch milliseconds. */
  now: () => number
  /** The server's clock showed this just now. */
  note: (serverNow: number) => void
}

/**
 * Until the server has said what time it is, it is `supposed` to be that. Of the local and the wall clock, the one that went
 * on the furthest says how much has passed since. The one stands still while a device sleeps, and the other may be set
 * back.
 */
export const createServerClock = (supposed: number, { now, wall }: Pick<Runtime, 'now' | 'wall'>): ServerClock => {
  let known = { serverNow: supposed, now: now(), wall: wall() }
  return {
    now: () => known.serverNow + Math.max(now() - known.now, wall() - known.wall),
    note: (serverNow) => {
      known = { serverNow, now: now(), wall: wall() }
    },
  }
}
