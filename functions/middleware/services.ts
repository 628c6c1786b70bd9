import { type IdSource, randomIds } from '../domain/ids.ts'

/** What a handler cannot decide by itself: the time, and names for new things. Tests replace these two and nothing else. */
export type Services = {
  /** Epoch milliseconds. */
  clock: () => number
  ids: IdSource
}

export const liveServices: Services = { clock: () => Date.now(), ids: randomIds }
