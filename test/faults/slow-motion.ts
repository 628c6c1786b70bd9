import { createRequire, syncBuiltinESMExports } from 'node:module'

/** So many people a machine of two cores follows in real time: their PINGs alone are a call of a function every 20 ms. */
const PEOPLE_IN_REAL_TIME = 80

/** How much slower than the machine's own the time of a run with so many people passes. */
export const slownessFor = (people: number): number => Math.max(1, people / PEOPLE_IN_REAL_TIME)

type Timers = Pick<typeof globalThis, 'setTimeout' | 'setInterval'>
type Wait = (ms?: number, ...rest: unknown[]) => Promise<unknown>

/**
 * Lets all clocks and timers of this process run slower by a factor: the server's, the clients', and those of the faults.
 * So more people do in one process what they would do in real time, and no time is out of step with another.
 */
export const slowDown = (factor: number): void => {
  if (factor === 1) return
  const slowed = (now: () => number) => {
    const began = now()
    return () => began + (now() - began) / factor
  }
  const wall = slowed(Date.now)
  // Whole milliseconds, as everywhere: an id that is made of the time takes no others.
  Date.now = () => Math.floor(wall())
  performance.now = slowed(performance.now.bind(performance))
  const { setTimeout: later, setInterval: again } = globalThis
  const slow: Timers = {
    setTimeout: Object.assign(
      (run: () => void, ms = 0, ...args: []) => later(run, ms * factor, ...args),
      later,
    ) as typeof later,
    setInterval: Object.assign(
      (run: () => void, ms = 0, ...args: []) => again(run, ms * factor, ...args),
      again,
    ) as typeof again,
  }
  Object.assign(globalThis, slow)
  const require = createRequire(import.meta.url)
  Object.assign(require('node:timers'), slow)
  const promises = require('node:timers/promises') as { setTimeout: Wait }
  const wait = promises.setTimeout
  promises.setTimeout = (ms = 0, ...rest) => wait(ms * factor, ...rest)
  const timeout = AbortSignal.timeout.bind(AbortSignal)
  AbortSignal.timeout = (ms) => timeout(ms * factor)
  syncBuiltinESMExports()
}
