import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { Chart } from './chart.tsx'
import { DeliveryChart } from './delivery-chart.tsx'
import { columns, SpansTable } from './spans-table.tsx'
import { refusalsByCode } from './sums.ts'
import type { Now, Period } from './use-now.ts'

const charted: ReadonlySet<string> = new Set(['commands', 'messages', 'greetings', 'refusals', 'throttled', 'faults'])

type WhatHappenedProps = { now: Now; period: Period; format: (count: number) => string }

/** The counts of the period, over time and by their reasons. */
export const WhatHappened = ({ now, period, format }: WhatHappenedProps) => {
  const { spans } = now
  const refusals = refusalsByCode(spans)
  return (
    <>
      <Section title={words.now.happened}>
        <div className="admin-charts">
          {columns().map(([name, word]) =>
            charted.has(name) ? (
              <Chart key={name} title={word} name={name} spans={spans} period={period} format={format} />
            ) : null,
          )}
          <DeliveryChart now={now} period={period} format={format} />
        </div>
        <SpansTable spans={spans} period={period} format={format} />
      </Section>
      <Section title={words.now.byCode}>
        {refusals.length === 0 ? <p className="empty">{words.now.noRefusals}</p> : null}
        <dl className="admin-facts admin-counts">
          {refusals.map(([code, count]) => (
            <div key={code}>
              <dt>{code}</dt>
              <dd>{format(count)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  )
}
