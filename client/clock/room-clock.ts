import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Runtime } from '../runtime.ts'
import { addExchange, type Clock, clockAt, serverTime } from './clock.ts'

/** The server's time, as the PONGs tell it. */
export type RoomClock = {
  /** As it stands now. Null before the first PONG. */
  get: () => Clock | null
  /** Epoch milliseconds, null before the first PONG. */
  serverNow: () => number | null
  heard: (event: ServerEvent) => void
}

const REFRESH_EVERY_MS = 5_000

export const createRoomClock = (runtime: Runtime): RoomClock => {
  let clock: Clock | null = null
  // Asked for dozens of times a second and moving by half a millisecond in five seconds at the most: that is often enough.
  let asOf: { clock: Clock; at: number } | null = null
  const get = (): Clock | null => {
    if (clock === null) return null
    const now = runtime.now()
    if (asOf === null || now - asOf.at >= REFRESH_EVERY_MS) asOf = { clock: clockAt(clock, now), at: now }
    return asOf.clock
  }
  return {
    get,
    serverNow: () => {
      const current = get()
      return current === null ? null : serverTime(current, runtime.now())
    },
    heard: (event) => {
      if (event.type !== 'PONG') return
      const { t0, t1, t2 } = event
      const now = runtime.now()
      clock = addExchange(clock, { t0, t1, t2, t3: now })
      asOf = { clock, at: now }
    },
  }
}
