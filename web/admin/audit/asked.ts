import type { SentOf } from '../../../protocol/routes.ts'
import type { Filter } from '../parts/use-filter.ts'

/** What the audit can be narrowed to; days as `2026-11-26`. */
export const asked = ['by', 'whom', 'what', 'room', 'from', 'to'] as const
export type AuditFilter = Filter<(typeof asked)[number]>

/** When a day begins where the person is, epoch milliseconds. */
const beginningOf = (day: string | undefined, daysLater = 0): number | undefined => {
  const [year, month, date] = (day ?? '').split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const begins = new Date(year, month - 1, date + daysLater).getTime()
  return Number.isNaN(begins) ? undefined : begins
}

/** The filter as the server reads it: the last day counts whole. What else stands in the address is refused in words. */
export const requestOf = ({ from, to, ...rest }: AuditFilter): SentOf<'admin/audit'> => ({
  ...(rest as SentOf<'admin/audit'>),
  from: beginningOf(from),
  to: beginningOf(to, 1),
})
