import type { DeliveryTimes } from '../../protocol/http/admin/service.ts'
import { deliveryBounds, type Stats } from './live-stats.ts'

const slowest = Number.POSITIVE_INFINITY
const names = [
  ...deliveryBounds.map((bound) => [`delivered_${bound}`, bound] as const),
  ['delivered_slower', slowest] as const,
]

/** The bound within which that share of the commands reached their last viewer; null where that cannot be told. */
const within = (share: number, counts: readonly (readonly [bound: number, count: number])[]): number | null => {
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return null
  let sum = 0
  for (const [bound, count] of counts) {
    sum += count
    if (sum >= share * all) return bound === slowest ? null : bound
  }
  return null
}

/**
 * Milliseconds from a command to its last viewer, rounded up to the bounds of the histogram that the table keeps. Where
 * there were commands, what is null took longer than the last bound, `slower_than`.
 */
export const deliveryIn = (stats: readonly Stats[]): DeliveryTimes => {
  const counts = names.map(
    ([name, bound]) => [bound, stats.reduce((sum, one) => sum + (one[name as keyof Stats] ?? 0), 0)] as const,
  )
  const [p50, p99] = [within(0.5, counts), within(0.99, counts)]
  const isSlower = p99 === null && counts.some(([, count]) => count > 0)
  return { p50, p99, ...(isSlower && { slower_than: Math.max(...deliveryBounds) }) }
}
