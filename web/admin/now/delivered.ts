import type { DeliveryTimes } from '../../../protocol/http/admin/service.ts'
import { words } from '../strings/strings.ts'

/** Within which time that share of the commands arrived, in words; a dash where there were none. */
export const deliveredWithin = (
  { slower_than, ...within }: DeliveryTimes,
  share: 'p50' | 'p99',
  format: (count: number) => string,
): string => {
  const milliseconds = within[share]
  if (milliseconds !== null) return words.now.milliseconds(milliseconds)
  return slower_than === undefined ? '–' : words.now.slowerThan(format(slower_than / 1000))
}
