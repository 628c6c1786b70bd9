import type { Cancel, Runtime } from '../runtime.ts'

/** When to send a PING. It measures the clock, keeps the line alive and proves membership, all in one frame. */
export type ClockSampler = {
  /** A new line, or a device that woke: ten in a second, then one a minute. */
  burst: () => void
  /** One more, 2 to 4 s from now: a command that this client missed shows in the PONG's version. */
  afterCommand: () => void
  stop: () => void
}

const BURST = 10
const BURST_GAP_MS = 100
/** Far within the platform's idle limit of ten minutes. */
const PERIOD_MS = 60_000

export const createClockSampler = (runtime: Runtime, ping: () => void): ClockSampler => {
  let cancelNext: Cancel | undefined
  let cancelExtra: Cancel | undefined

  const sample = (leftInBurst: number) => {
    ping()
    cancelNext = runtime.after(leftInBurst > 0 ? BURST_GAP_MS : PERIOD_MS, () => sample(Math.max(0, leftInBurst - 1)))
  }

  return {
    burst: () => {
      cancelNext?.()
      sample(BURST - 1)
    },
    afterCommand: () => {
      // From the last command on: one before it could not show what came after it.
      cancelExtra?.()
      cancelExtra = runtime.after(2000 + 2000 * runtime.random(), ping)
    },
    stop: () => {
      cancelNext?.()
      cancelExtra?.()
    },
  }
}
