import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import type { CountName, TimeName } from './names.ts'

type Timed = { name: TimeName; milliseconds: number }
export type Tally = {
  counts: ReadonlyMap<CountName, number>
  times: readonly Timed[]
  refusals: ReadonlyMap<RefusalCode, number>
}

/** An invocation measures one or two. More than these are left out: a tally must not grow. */
const MOST_TIMES = 100

let counts = new Map<CountName, number>()
let times: Timed[] = []
let refusals = new Map<RefusalCode, number>()

/** Counts something that happened. Costs no call of a service: the end of the invocation prints what was counted. */
export const count = (name: CountName, by = 1): void => {
  if (by > 0) counts.set(name, (counts.get(name) ?? 0) + by)
}

/** Counts a refusal by its code, beside its group. No metric is made of it: there are too many codes. */
export const countCode = (code: RefusalCode): void => {
  refusals.set(code, (refusals.get(code) ?? 0) + 1)
}

/** Notes how long something took. Two machines' clocks may disagree by some milliseconds: less than nothing is nothing. */
export const time = (name: TimeName, milliseconds: number): void => {
  if (times.length < MOST_TIMES) times.push({ name, milliseconds: Math.max(0, milliseconds) })
}

/** What was counted since the last call. */
export const takeTally = (): Tally => {
  const taken = { counts, times, refusals }
  counts = new Map()
  times = []
  refusals = new Map()
  return taken
}
