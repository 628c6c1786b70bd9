import type { StatsSpan } from '../../../protocol/http/admin/service.ts'
import { words } from '../strings/strings.ts'
import { useSpanTime } from './span-time.ts'
import { countIn, sumOf } from './sums.ts'
import type { Period } from './use-now.ts'

const HEIGHT = 40
/** Of which the last part is the gap to the next bar. */
const WIDTH = 10
const GAP = 2

type ChartProps = {
  title: string
  name: string
  spans: readonly StatsSpan[]
  period: Period
  format: (count: number) => string
}

/** Bars of one number over the period. What they say is said in words as well; the table has every one of them. */
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
  const [first, last] = [spans[0], spans.at(-1)]
  return (
    <figure className="admin-chart">
      <figcaption>
        <span>{title}</span>
        <b>{format(total)}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${Math.max(1, spans.length) * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {counts.map((count, nth) => {
          const height = most === 0 ? 0 : Math.max(count === 0 ? 0 : 1, (count / most) * HEIGHT)
          return <rect key={spans[nth]?.from} x={nth * WIDTH} y={HEIGHT - height} width={WIDTH - GAP} height={height} />
        })}
      </svg>
      <p className="admin-chart-ends" aria-hidden="true">
        <span>{first === undefined ? '' : time(first.from)}</span>
        <span>{last === undefined ? '' : time(last.from)}</span>
      </p>
    </figure>
  )
}
