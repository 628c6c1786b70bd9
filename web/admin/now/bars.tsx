const HEIGHT = 40
/** Of which the last part is the gap to the next bar. */
const WIDTH = 10
const GAP = 2

type BarsProps = {
  title: string
  /** The one number of all of it. */
  figure: string
  /** What the bars say, in words. */
  label: string
  /** How high each one is, from 0 to 1. */
  bars: readonly { from: number; height: number }[]
  time: (from: number) => string
}

/** One number over time. */
export const Bars = ({ title, figure, label, bars, time }: BarsProps) => {
  const [first, last] = [bars[0], bars.at(-1)]
  return (
    <figure className="admin-chart">
      <figcaption>
        <span>{title}</span>
        <b>{figure}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${Math.max(1, bars.length) * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ from, height }, nth) => {
          const shown = height === 0 ? 0 : Math.max(1, height * HEIGHT)
          return <rect key={from} x={nth * WIDTH} y={HEIGHT - shown} width={WIDTH - GAP} height={shown} />
        })}
      </svg>
      <p className="admin-chart-ends" aria-hidden="true">
        <span>{first === undefined ? '' : time(first.from)}</span>
        <span>{last === undefined ? '' : time(last.from)}</span>
      </p>
    </figure>
  )
}
