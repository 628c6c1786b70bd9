import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import type { CountName } from './names.ts'
import type { Tally } from './tally.ts'

/** Upper bounds of the histogram of how long commands take to their last viewer, in milliseconds; above them it is open. */
export const deliveryBounds = [100, 200, 400, 800, 1_600] as const
type DeliveryCount = `delivered_${(typeof deliveryBounds)[number]}` | 'delivered_slower'

/** What the table counts, by the names that stand in it. */
export type StatName =
  | 'commands'
  | 'faults'
  | 'greetings'
  | 'greetings_failed'
  | 'messages'
  | 'posts'
  | 'posts_dropped'
  | 'repairs'
  | 'throttled'
  | DeliveryCount
  | `refused_${RefusalCode}`
export type Stats = Partial<Record<StatName, number>>

const counted: Partial<Record<CountName, StatName>> = {
  Faults: 'faults',
  GreetingsFailed: 'greetings_failed',
  Posts: 'posts',
  PostsDropped: 'posts_dropped',
  RefusalsTooFast: 'throttled',
  RepairsAsked: 'repairs',
}

const deliveryCount = (milliseconds: number): DeliveryCount => {
  const bound = deliveryBounds.find((one) => milliseconds <= one)
  return bound === undefined ? 'delivered_slower' : `delivered_${bound}`
}

const statsOfTime = ({ name, milliseconds }: Tally['times'][number]): StatName[] => {
  if (name === 'CommandLastPost') return ['commands', deliveryCount(milliseconds)]
  if (name === 'MessageLastPost') return ['messages']
  return name === 'GreetingTime' ? ['greetings'] : []
}

const statsOf = ({ counts, times, refusals }: Tally): [StatName, number][] => [
  ...[...counts].flatMap(([name, by]): [StatName, number][] => {
    const stat = counted[name]
    return stat === undefined ? [] : [[stat, by]]
  }),
  ...times.flatMap(statsOfTime).map((name): [StatName, number] => [name, 1]),
  ...[...refusals].map(([code, by]): [StatName, number] => [`refused_${code}`, by]),
]

/** One instance adds what it counted at most so often. */
const WRITTEN_EVERY_MS = 10_000

let pending: Stats = {}
let writtenAt: number | undefined

/** Keeps what an invocation counted until it is added to the table. As many numbers as there are names, at the most. */
export const keepForStats = (tally: Tally): void => {
  for (const [name, by] of statsOf(tally)) pending[name] = (pending[name] ?? 0) + by
}

/** What is to be added to the table now: undefined where there is nothing, or where the last time was not long ago. */
export const dueStats = (now: number): Stats | undefined => {
  const isSoon = writtenAt !== undefined && now - writtenAt < WRITTEN_EVERY_MS
  if (isSoon || Object.keys(pending).length === 0) return undefined
  const due = pending
  pending = {}
  writtenAt = now
  return due
}
