import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Runtime } from '../runtime.ts'
import { CLOCKS_APART_MS, startStopwatch } from '../stopwatch.ts'
import { addExchange, type Clock, clockAt, serverTime } from './clock.ts'

/** The server's time, as the PONGs tell it. */
export type RoomClock = {
  /** As it stands now. Null before the first PONG. */
  get: () => Clock | null
  /** Epoch milliseconds, null before the first PONG. After a sleep the wall clock says how long it was, until a PONG does. */
  serverNow: () => number | null
  /** Whether a PONG has told it lately, and the device has not slept since. */
  isFresh: () => boolean
  heard: (event: ServerEvent) => void
}

const REFRESH_EVERY_MS = 5_000
/** A PING goes out every minute. What was heard before a longer silence may not be so any more. */
const FRESH_FOR_MS = 90_000

export const createRoomClock = (runtime: Runtime): RoomClock => {
  let clock: Clock | null = null
  // Asked for dozens of times a second and moving by half a millisecond in five seconds at the most: that is often enough.
  let asOf: { clock: Clock; at: number } | null = null
  let sincePong = startStopwatch(runtime)
  /** When it was noticed that the device has slept since the last PONG, by the local clock. */
  let wokenAt: number | null = null
  const hasSlept = (): boolean => {
    if (Math.abs(sincePong.apart()) > CLOCKS_APART_MS) wokenAt ??= runtime.now()
    return wokenAt !== null
  }
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
      if (current === null) return null
      return serverTime(current, runtime.now()) + (hasSlept() ? Math.max(0, sincePong.apart()) : 0)
    },
    isFresh: () => clock !== null && !hasSlept() && sincePong.passed() <= FRESH_FOR_MS,
    heard: (event) => {
      if (event.type !== 'PONG') return
      const { t0, t1, t2 } = event
      // Asked before the device slept, it tells what time it was then.
      if (hasSlept() && t0 < (wokenAt ?? t0)) return
      wokenAt = null
      sincePong = startStopwatch(runtime)
      const now = runtime.now()
      clock = addExchange(clock, { t0, t1, t2, t3: now })
      asOf = { clock, at: now }
    },
  }
}
