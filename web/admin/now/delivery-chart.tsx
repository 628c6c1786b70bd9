import type { StatsSpan } from '../../../protocol/http/admin/service.ts'
import { words } from '../strings/strings.ts'
import { Bars } from './bars.tsx'
import { deliveredWithin } from './delivered.ts'
import { useSpanTime } from './span-time.ts'
import type { Now, Period } from './use-now.ts'

/** The lowest bar and the highest: each step between them is twice as long. */
const LOWEST_MS = 50
const HIGHEST_MS = 3_200

/** 0 where nothing was delivered. What took longer than can be told is as high as a bar can be. */
const heightOf = ({ delivery }: StatsSpan): number => {
  const milliseconds = delivery?.p99 ?? (delivery?.slower_than === undefined ? LOWEST_MS : HIGHEST_MS)
  return Math.min(1, Math.log2(milliseconds / LOWEST_MS) / Math.log2(HIGHEST_MS / LOWEST_MS))
}

type DeliveryChartProps = { now: Now; period: Period; format: (count: number) => string }

/** How long commands took to their last viewer, over the period. */
export const DeliveryChart = ({ now: { spans, delivery }, period, format }: DeliveryChartProps) => {
  const time = useSpanTime(period)
  const bars = spans.map((span) => ({ from: span.from, height: heightOf(span) }))
  const highest = Math.max(0, ...bars.map(({ height }) => height))
  const slowest = spans.find((span) => heightOf(span) === highest)
  const label =
    highest === 0 || slowest?.delivery === undefined
      ? words.now.chartEmpty(words.now.most)
      : words.now.chartSlowest(words.now.most, deliveredWithin(slowest.delivery, 'p99', format), time(slowest.from))
  const figure = deliveredWithin(delivery, 'p99', format)
  return <Bars title={words.now.most} figure={figure} label={label} bars={bars} time={time} />
}
