import { CONVERGED_WITHIN_MS, type Figures } from './figures.ts'
import { TOGETHER_MS } from './samples.ts'

/** The seek that a command itself asks for. */
const SEEKS_OF_A_COMMAND = 1

const missesOf = ({ p95, convergedMs, seeks }: Figures): string[] => [
  ...(p95 <= TOGETHER_MS ? [] : ['p95']),
  ...(convergedMs !== undefined && convergedMs <= CONVERGED_WITHIN_MS ? [] : ['converged']),
  ...(seeks <= SEEKS_OF_A_COMMAND ? [] : ['seeks']),
]

export const isMet = (figures: Figures): boolean => missesOf(figures).length === 0

const HEADINGS = [
  'RTT ms',
  'after',
  'p50 ms',
  'p95 ms',
  'max ms',
  'players p95 ms',
  'converged s',
  'seeks',
  'off speed s',
  'given only ms',
  'aims',
]

const rowOf = (figures: Figures): string[] => [
  String(figures.roundTripMs),
  figures.name,
  figures.p50.toFixed(1),
  figures.p95.toFixed(1),
  figures.max.toFixed(1),
  figures.toldP95.toFixed(1),
  figures.convergedMs === undefined ? 'never' : (figures.convergedMs / 1000).toFixed(1),
  String(figures.seeks),
  figures.offSpeed.toFixed(1),
  `${figures.givenOnly > 0 ? '+' : ''}${figures.givenOnly.toFixed(0)}`,
  missesOf(figures).length === 0 ? 'ok' : `missed: ${missesOf(figures).join(', ')}`,
]

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`

/** Where a phase missed, what each viewer did; then one table, as docs/performance.md shows it. */
export const printFigures = (figures: readonly Figures[]): void => {
  for (const { roundTripMs, name, each } of figures.filter((phase) => !isMet(phase)))
    for (const { name: viewer, aheadMs, seeks, offSpeed, longestFrameMs } of each)
      console.log(
        `Missed, ${roundTripMs} ms, ${name}: ${viewer} ${aheadMs.toFixed(1)} ms off the middle viewer, ${seeks} seeks, ${offSpeed.toFixed(1)} s off speed, longest frame ${longestFrameMs.toFixed(0)} ms`,
      )
  const rows = [HEADINGS, ...figures.map(rowOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const padded = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  const [heading = [], ...body] = padded
  const table = [line(heading), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)]
  console.log(`\n${table.join('\n')}`)
}
