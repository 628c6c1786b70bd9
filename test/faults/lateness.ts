import { monitorEventLoopDelay } from 'node:perf_hooks'

const LOOK_EVERY_MS = 100
/** Later than this, a machine does not follow: what fails then says little about the rooms. */
const TOO_LATE_MS = 150

/** Whether this process, which plays server and clients at once, keeps up. */
export const watchLateness = () => {
  const delay = monitorEventLoopDelay()
  delay.enable()
  let dueAt = performance.now() + LOOK_EVERY_MS
  let lateBy = 0
  const looking = setInterval(() => {
    lateBy = performance.now() - dueAt
    dueAt = performance.now() + LOOK_EVERY_MS
  }, LOOK_EVERY_MS)
  return {
    isLate: (): boolean => lateBy > TOO_LATE_MS,
    p95: (): number => Math.round(delay.percentile(95) / 1e6),
    stop: (): void => {
      clearInterval(looking)
      delay.disable()
    },
  }
}
