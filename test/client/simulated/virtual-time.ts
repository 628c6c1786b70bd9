import type { Cancel } from '../../../client/runtime.ts'

/** Time that passes only when a test lets it: milliseconds from 0. */
export type VirtualTime = {
  now: () => number
  after: (ms: number, run: () => void) => Cancel
  /** Lets `ms` milliseconds pass; promises settle between two instants. */
  pass: (ms: number) => Promise<void>
}

type Due = { at: number; order: number; run: () => void }

export const createVirtualTime = (): VirtualTime => {
  let now = 0
  let order = 0
  const due: Due[] = []

  const isBefore = (one: Due, other: Due) => one.at < other.at || (one.at === other.at && one.order < other.order)

  return {
    now: () => now,
    after: (ms, run) => {
      const entry = { at: now + Math.max(0, ms), order: order++, run }
      const place = due.findLastIndex((other) => isBefore(other, entry))
      due.splice(place + 1, 0, entry)
      return () => {
        const index = due.indexOf(entry)
        if (index >= 0) due.splice(index, 1)
      }
    },
    pass: async (ms) => {
      const end = now + ms
      await new Promise((resolve) => setImmediate(resolve))
      for (let next = due[0]; next !== undefined && next.at <= end; next = due[0]) {
        due.shift()
        now = next.at
        next.run()
        await new Promise((resolve) => setImmediate(resolve))
      }
      now = end
    },
  }
}
