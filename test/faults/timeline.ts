import type { Cancel } from '../../client/index.ts'

/** The time of a run: the machine's, until it is moved on. Milliseconds with any origin. */
export type Timeline = {
  now: () => number
  /** By how much it was moved on so far. */
  ahead: () => number
  after: (ms: number, run: () => void) => Cancel
  sleep: (ms: number) => Promise<void>
  /** Moves on at once; what is due by then runs in its order. */
  skip: (ms: number) => void
}

type Entry = { at: number; run: () => void; timer: NodeJS.Timeout }

export const createTimeline = (): Timeline => {
  let ahead = 0
  const entries = new Set<Entry>()
  const now = () => performance.now() + ahead

  const fire = (entry: Entry) => {
    if (entries.delete(entry)) entry.run()
  }
  const arm = (entry: Entry) => setTimeout(() => fire(entry), Math.max(0, entry.at - now()))

  const after: Timeline['after'] = (ms, run) => {
    const entry = { at: now() + ms, run } as Entry
    entry.timer = arm(entry)
    entries.add(entry)
    return () => {
      clearTimeout(entry.timer)
      entries.delete(entry)
    }
  }

  return {
    now,
    ahead: () => ahead,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    skip: (ms) => {
      ahead += ms
      const due = [...entries].filter(({ at }) => at <= now()).sort((one, other) => one.at - other.at)
      for (const entry of entries) {
        clearTimeout(entry.timer)
        entry.timer = arm(entry)
      }
      for (const entry of due) {
        clearTimeout(entry.timer)
        fire(entry)
      }
    },
  }
}
