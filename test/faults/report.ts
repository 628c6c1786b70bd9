import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULTS } from './options.ts'
import type { Outcome } from './run.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'reliability.md')
const BEGIN = '<!-- written by npm run test:faults -->'
const END = '<!-- until here -->'

const seconds = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? 'none' : (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)

/** The value below which this share of them lies. */
const quantile = (values: readonly number[], share: number): number | undefined =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))]

const tableOf = (rows: readonly (readonly [string, string | number])[]): string =>
  ['| what | how much |', '| --- | --- |', ...rows.map(([what, much]) => `| ${what} | ${much} |`)].join('\n')

const describe = (types: readonly string[]): string =>
  types.length === 0 ? '0' : `${types.length} (${[...new Set(types)].join(', ')})`

/** Faults injected, frames lost, repairs, time to heal, and what failed. */
export const report = (outcome: Outcome): string => {
  const { options, injected, healing, calls, failures, counts: did } = outcome
  const { healed, counts } = healing
  const kinds = [...new Set(failures.list.map(({ kind }) => kind))]
  const rows: [string, string | number][] = [
    ['seed', options.seed],
    ['life', `${options.seconds} s in ${options.rooms} rooms`],
    ['people', `${outcome.people} with the library, ${options.rooms} with the given fields alone`],
    ['messages said, removed', `${outcome.messages}, ${did.removed}`],
    ['chats cleared', did.cleared],
    ['roles given or taken back', did.roles],
    ['rooms taken over from a host who is away, taken back', `${did.takenOver}, ${did.takenBack}`],
    ['calls made, without an answer at first', `${calls.made}, ${calls.unanswered}`],
    ...Object.entries(injected).map(([fault, times]): [string, number] => [`fault: ${fault}`, times]),
    ['frames lost', counts.lost],
    ['of these a part of a greeting', counts.greetingsLost],
    ['of these overtaken by a newer frame', counts.overtaken],
    ['repairs: SYNC_REQUEST sent', outcome.syncRequests],
    ['repairs: sockets dialled', outcome.dials],
    ['frames healed', healed.length],
    ['time to heal, s: p50', seconds(quantile(healed, 0.5))],
    ['time to heal, s: p95', seconds(quantile(healed, 0.95))],
    ['time to heal, s: longest', seconds(quantile(healed, 1))],
    ['never healed in the hour', describe(healing.outstanding())],
    ['machine', outcome.load],
    ...kinds.map((kind): [string, number] => [
      `failed: ${kind}`,
      failures.list.filter((failure) => failure.kind === kind).length,
    ]),
  ]
  return tableOf(rows)
}

/** Puts the table into docs/reliability.md, where the run was of the whole size. */
export const writeReport = (outcome: Outcome): void => {
  const { seconds: lasted, rooms, clients } = outcome.options
  if (lasted !== DEFAULTS.seconds || rooms !== DEFAULTS.rooms || clients !== DEFAULTS.clients) return
  const text = readFileSync(file, 'utf8')
  const [before = ''] = text.split(BEGIN)
  const after = text.split(END)[1] ?? '\n'
  writeFileSync(file, `${before}${BEGIN}\n\n${report(outcome)}\n\n${END}${after}`)
}
