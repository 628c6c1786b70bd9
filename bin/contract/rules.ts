import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'protocol.md'), 'utf8')

/** A numbered rule of docs/protocol.md. */
type Rule = { name: string; text: string }
const rules: Rule[] = [...document.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\* (.+)$/gm)].map(([, name = '', text = '']) => ({
  name,
  text,
}))

const namesOf = (found: readonly Rule[]): string[] => found.map(({ name }) => name)

/** The rules that name a call, as `POST rooms/kick`. */
export const rulesOfCall = (method: string, path: string): string[] =>
  namesOf(rules.filter(({ text }) => [' ', '`', '?'].some((end) => text.includes(`\`${method} ${path}${end}`))))

/** The rules that name a type of frames. */
export const rulesOfFrame = (type: string): string[] =>
  namesOf(rules.filter(({ text }) => new RegExp(`\\b${type}\\b`).test(text)))

/** Links to rules, for texts in CommonMark. They stand in the page at /docs. */
export const linked = (names: readonly string[]): string => names.map((name) => `[${name}](/docs#${name})`).join(', ')
