import type { StatsSpan } from '../../../protocol/http/admin/service.ts'
import { words } from '../strings/strings.ts'
import { Bars } from './bars.tsx'
import { useSpanTime } from './span-time.ts'
import { countIn, sumOf } from './sums.ts'
import type { Period } from './use-now.ts'

type ChartProps = {
  title: string
  name: string
  spans: readonly StatsSpan[]
  period: Period
  format: (count: number) => string
}

/** Bars of one count over the period. What they say is said in words as well; the table has every one of them. */
export const Chart = ({ title, name, spans, period, format }: ChartProps) => {
  const time = useSpanTime(period)
  const counts = spans.map((span) => countIn(span, name))
  const most = Math.max(0, ...counts)
  const busiest = spans[counts.indexOf(most)]
  const total = sumOf(spans, name)
  const label =
    most === 0 || busiest === undefined
      ? words.now.chartEmpty(title)
      : words.now.chart(title, format(total), format(most), time(busiest.from))
  const bars = spans.map(({ from }, nth) => ({ from, height: most === 0 ? 0 : (counts[nth] ?? 0) / most }))
  return <Bars title={title} figure={format(total)} label={label} bars={bars} time={time} />
}
