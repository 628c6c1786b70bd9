import type { AdminDecision } from '../../../protocol/http/admin/audit.ts'

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/

/** A cell as RFC 4180 writes it. Nothing that somebody chose as a name becomes a formula. */
const cell = (text: string): string => {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/**
 * Rows as a CSV file. The mark at its beginning tells spreadsheets that it is UTF-8.
 * @example csvOf([['by'], ['=1+1']]) === "\uFEFFby\r\n'=1+1\r\n"
 */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`

const columns = {
  at: ({ at }) => new Date(at).toISOString(),
  what: ({ what }) => what,
  by: ({ by }) => by,
  by_id: ({ by_id }) => by_id,
  is_admin: ({ is_admin }) => (is_admin === true ? 'true' : 'false'),
  whom: ({ whom }) => whom ?? '',
  whom_id: ({ whom_id }) => whom_id ?? '',
  room: ({ room }) => room ?? '',
  changed: ({ changed = [] }) => changed.join(' '),
  outcome: ({ outcome }) => outcome,
  code: ({ code }) => code ?? '',
  from: ({ from }) => from,
  id: ({ id }) => id,
  detail: ({ detail }) => detail ?? '',
} as const satisfies Record<string, (decision: AdminDecision) => string>

/** Decisions as a CSV file, under the names that the contract has for their fields. */
export const decisionsCsv = (decisions: readonly AdminDecision[]): string =>
  csvOf([Object.keys(columns), ...decisions.map((decision) => Object.values(columns).map((read) => read(decision)))])
