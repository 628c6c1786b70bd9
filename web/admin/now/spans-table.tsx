import type { StatsSpan } from '../../../protocol/http/admin/service.ts'
import { words } from '../strings/strings.ts'
import { deliveredWithin } from './delivered.ts'
import { useSpanTime } from './span-time.ts'
import { countIn } from './sums.ts'
import type { Period } from './use-now.ts'

/** The numbers of every span, and their words. */
export const columns = () =>
  [
    ['commands', words.now.commands],
    ['messages', words.now.messages],
    ['greetings', words.now.greetings],
    ['greetings_failed', words.now.greetingsFailed],
    ['refusals', words.now.refusals],
    ['throttled', words.now.throttled],
    ['faults', words.now.faults],
    ['posts', words.now.posts],
    ['posts_dropped', words.now.postsDropped],
    ['repairs', words.now.repairs],
  ] as const

type SpansTableProps = { spans: readonly StatsSpan[]; period: Period; format: (count: number) => string }

/** All that the charts show, and more, as numbers. The newest first. */
export const SpansTable = ({ spans, period, format }: SpansTableProps) => {
  const time = useSpanTime(period)
  return (
    <details className="more">
      <summary>{words.now.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className="admin-table" aria-label={words.now.asTable} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.now.begins}</th>
              {columns().map(([name, word]) => (
                <th key={name} scope="col">
                  {word}
                </th>
              ))}
              <th scope="col">{words.now.most}</th>
            </tr>
          </thead>
          <tbody>
            {spans.toReversed().map((span) => (
              <tr key={span.from}>
                <th scope="row">{time(span.from)}</th>
                {columns().map(([name]) => (
                  <td key={name}>{format(countIn(span, name))}</td>
                ))}
                <td>{span.delivery === undefined ? '–' : deliveredWithin(span.delivery, 'p99', format)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
