import { PING_PERIOD_MS } from '../../protocol/limits.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'

/** When to send a PING. It measures the clock, keeps the socket alive and proves membership, all in one frame. */
export type ClockSampler = {
  /** A device that woke: ten in a second, ten more 20 s apart, then one a minute. */
  burst: () => void
  /** A new socket: the same. */
  greeted: () => void
  /** After a command one more, 2 to 4 s from now: a later command that this client missed shows in the PONG's version. */
  heard: (event: ServerEvent) => void
  lost: () => void
  stop: () => void
}

/** What raises the version that a PONG tells. */
const COMMANDS: ReadonlySet<ServerEvent['type']> = new Set(['PLAY', 'PAUSE', 'SEEK', 'ROOM_UPDATED'])
const BURST = 10
const BURST_GAP_MS = 100
/** Until the drift is known, two clocks run apart by up to 6 ms a minute, and each exchange tells more of it. */
const SOON = 10
const SOON_GAP_MS = 20_000

/** How long to wait after so many exchanges. */
const gapAfter = (sent: number): number => {
  if (sent < BURST) return BURST_GAP_MS
  return sent < BURST + SOON ? SOON_GAP_MS : PING_PERIOD_MS
}

export const createClockSampler = (runtime: Runtime, ping: () => void): ClockSampler => {
  let cancelNext: Cancel | undefined
  let cancelExtra: Cancel | undefined

  const sample = (sent: number) => {
    ping()
    cancelNext = runtime.after(gapAfter(sent), () => sample(sent + 1))
  }

  const burst = () => {
    cancelNext?.()
    sample(1)
  }

  const stop = () => {
    cancelNext?.()
    cancelExtra?.()
  }

  return {
    burst,
    greeted: burst,
    heard: ({ type }) => {
      if (!COMMANDS.has(type)) return
      // Counted from the last command, because a PONG from before a command cannot show that it was missed.
      cancelExtra?.()
      cancelExtra = runtime.after(2000 + 2000 * runtime.random(), ping)
    },
    lost: stop,
    stop,
  }
}
