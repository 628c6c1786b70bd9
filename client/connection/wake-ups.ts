import type { Cancel, Runtime } from '../runtime.ts'
import { CLOCKS_APART_MS, startStopwatch } from '../stopwatch.ts'

const CHECK_EVERY_MS = 10_000
// A hidden tab's timers come once a minute, which is not sleep.
const LATE_BY_MS = 75_000

/** Runs `run` after the device slept, or had its clock set, noticed within 10 s. */
export const watchWakeUps = (runtime: Runtime, run: () => void): Cancel => {
  let cancel: Cancel
  const check = () => {
    const { passed, apart } = startStopwatch(runtime)
    cancel = runtime.after(CHECK_EVERY_MS, () => {
      const hasSlept = passed() > LATE_BY_MS || Math.abs(apart()) > CLOCKS_APART_MS
      check()
      if (hasSlept) run()
    })
  }
  check()
  return () => cancel()
}
