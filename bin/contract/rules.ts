import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'protocol.md'), 'utf8')

/** A numbered rule of docs/protocol.md. */
type Rule = { name: string; text: string }
const rulesIn = (text: string): Rule[] =>
  [...text.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\* (.+)$/gm)].map(([, name = '', rule = '']) => ({ name, text: rule }))
const rules = rulesIn(document)
export const ruleNames: readonly string[] = rules.map(({ name }) => name)

/** The rules by the headings below which they stand. */
export const ruleSections: readonly { title: string; rules: Rule[] }[] = document
  .split(/^##+ /m)
  .map((section) => ({ title: section.slice(0, section.indexOf('\n')), rules: rulesIn(section) }))
  .filter((section) => section.rules.length > 0)

const namesOf = (found: readonly Rule[]): string[] => found.map(({ name }) => name)

/** The rules that name a call, as `POST rooms/kick`. */
export const rulesOfCall = (method: string, path: string): string[] =>
  namesOf(rules.filter(({ text }) => [' ', '`', '?'].some((end) => text.includes(`\`${method} ${path}${end}`))))

/** The rules that name a type of frames. */
export const rulesOfFrame = (type: string): string[] =>
  namesOf(rules.filter(({ text }) => new RegExp(`\\b${type}\\b`).test(text)))

/** Links to rules, for texts in CommonMark. They stand in the page at /docs. */
export const linked = (names: readonly string[]): string => names.map((name) => `[${name}](/docs#${name})`).join(', ')
