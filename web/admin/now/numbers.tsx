import { words } from '../strings/strings.ts'
import { deliveredWithin } from './delivered.ts'
import { perMinute, sumOf } from './sums.ts'
import type { Now } from './use-now.ts'

type NumbersProps = { now: Now; format: (count: number) => string }

/** What one wants to see at once. */
export const Numbers = ({ now, format }: NumbersProps) => {
  const { rooms, people, sockets, spans, delivery } = now
  const numbers = [
    [words.now.rooms, format(rooms)],
    [words.now.people, format(people)],
    [words.now.sockets, format(sockets)],
    [words.now.messagesPerMinute, format(perMinute(now, 'messages'))],
    [words.now.commands, format(sumOf(spans, 'commands'))],
    [words.now.refusals, format(sumOf(spans, 'refusals'))],
    [words.now.throttled, format(sumOf(spans, 'throttled'))],
    [words.now.faults, format(sumOf(spans, 'faults'))],
    [words.now.half, deliveredWithin(delivery, 'p50', format)],
    [words.now.most, deliveredWithin(delivery, 'p99', format)],
  ] as const
  return (
    <dl className="admin-numbers">
      {numbers.map(([word, number]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{number}</dd>
        </div>
      ))}
    </dl>
  )
}
