/**
 * The middle of `values` (between the two middle ones of an even number), or null of none: one wild value moves nothing.
 * @example median([1, 900, 2]) === 2
 */
export const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half]
  const lower = sorted[sorted.length % 2 === 0 ? half - 1 : half]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}
