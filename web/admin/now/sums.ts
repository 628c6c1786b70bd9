import type { StatsSpan } from '../../../protocol/http/admin/service.ts'
import type { Now } from './use-now.ts'

const REFUSED = 'refused_'

/** What one span counted under a name; `refusals` are those of every code. */
export const countIn = ({ counts }: StatsSpan, name: string): number =>
  name === 'refusals'
    ? Object.entries(counts).reduce((sum, [key, count]) => (key.startsWith(REFUSED) ? sum + count : sum), 0)
    : (counts[name] ?? 0)

export const sumOf = (spans: readonly StatsSpan[], name: string): number =>
  spans.reduce((sum, span) => sum + countIn(span, name), 0)

/** How often each refusal was told, the most frequent first. */
export const refusalsByCode = (spans: readonly StatsSpan[]): [code: string, count: number][] => {
  const sums = new Map<string, number>()
  for (const { counts } of spans)
    for (const [key, count] of Object.entries(counts)) {
      if (key.startsWith(REFUSED))
        sums.set(key.slice(REFUSED.length), (sums.get(key.slice(REFUSED.length)) ?? 0) + count)
    }
  return [...sums].sort(([, one], [, other]) => other - one)
}

const MINUTE_MS = 60_000

/** How many of them a minute has had, all spans together. */
export const perMinute = ({ spans, at }: Pick<Now, 'spans' | 'at'>, name: string): number => {
  const [first] = spans
  return first === undefined || at <= first.from ? 0 : sumOf(spans, name) / ((at - first.from) / MINUTE_MS)
}
