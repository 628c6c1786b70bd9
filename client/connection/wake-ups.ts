import type { Cancel, Runtime } from '../runtime.ts'

const CHECK_EVERY_MS = 10_000
// A hidden tab's timers come once a minute, which is not sleep.
const LATE_BY_MS = 75_000
// Some systems stop the local clock during sleep: then it falls behind the wall's.
const CLOCKS_APART_MS = 500

/** Runs `run` after the device slept, or had its clock set, noticed within 10 s. */
export const watchWakeUps = (runtime: Runtime, run: () => void): Cancel => {
  let cancel: Cancel
  const check = (seenNow: number, seenWall: number) => {
    cancel = runtime.after(CHECK_EVERY_MS, () => {
      const now = runtime.now()
      const wall = runtime.wall()
      const isLate = wall - seenWall > LATE_BY_MS
      const isApart = Math.abs(wall - seenWall - (now - seenNow)) > CLOCKS_APART_MS
      check(now, wall)
      if (isLate || isApart) run()
    })
  }
  check(runtime.now(), runtime.wall())
  return () => cancel()
}
