/** Numbers from 0 to 1 that a seed repeats. */
export type Random = () => number

export const pick = <T>(random: Random, from: readonly T[]): T => {
  const chosen = from[Math.floor(random() * from.length)]
  if (chosen === undefined) throw new Error('There is nothing to pick from.')
  return chosen
}

export const integer = (random: Random, below: number): number => Math.floor(random() * below)

const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\u202e',
  '\ud800',
  '😀'.repeat(20),
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00%ff',
  '{{7*7}}',
  "' OR 1=1 --",
  '<script>',
  '$connect',
  '$default',
  'ROOM#AAAAAA',
  'META',
  'c#x',
  '\n',
  '1e999',
  'null',
]

const text = (random: Random): string => {
  if (random() < 0.5) return pick(random, TEXTS)
  const length = integer(random, pick(random, [4, 40, 400]))
  return Array.from({ length }, () =>
    String.fromCodePoint(integer(random, pick(random, [0x7f, 0xffff, 0x10ffff]))),
  ).join('')
}

const NUMBERS = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  -(2 ** 53),
  604_800,
  604_801,
  1_700_000_000_000,
]

/** Any JSON value, now and then one that no text of ours holds. */
export const junk = (random: Random, depth = 0): unknown => {
  const kind = integer(random, depth > 3 ? 5 : 8)
  if (kind === 0) return null
  if (kind === 1) return random() < 0.5
  if (kind === 2) return pick(random, NUMBERS)
  if (kind <= 4) return text(random)
  if (kind === 5) return Array.from({ length: integer(random, 5) }, () => junk(random, depth + 1))
  return Object.fromEntries(Array.from({ length: integer(random, 5) }, () => [text(random), junk(random, depth + 1)]))
}

type Fields = Record<string, unknown>

/** The same object with something about it changed: a field more, less, doubled, of another kind. */
export const mutate = (random: Random, fields: Fields): Fields => {
  const names = Object.keys(fields)
  const name = names.length === 0 ? 'type' : pick(random, names)
  const choice = integer(random, 6)
  if (choice === 0) return Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name))
  if (choice === 1) return { ...fields, [text(random)]: junk(random) }
  if (choice === 2) return { ...fields, [name]: [fields[name]] }
  if (choice === 3) return { ...fields, [name]: String(fields[name]) }
  if (choice === 4) return { ...fields, [name.toUpperCase()]: fields[name], [name]: junk(random) }
  return { ...fields, [name]: junk(random) }
}

/** The same text, damaged: cut, doubled, a character replaced, something put in. */
export const damage = (random: Random, whole: string): string => {
  const at = integer(random, whole.length + 1)
  const choice = integer(random, 5)
  if (choice === 0) return whole.slice(0, at)
  if (choice === 1) return whole + whole
  if (choice === 2) return whole.slice(0, at) + text(random) + whole.slice(at)
  if (choice === 3) return whole.slice(0, at) + whole.slice(at + 1)
  return whole.replace(/[{}[\]",:]/, (character) => (random() < 0.5 ? '' : character + character))
}

/** Filled up to a size in bytes; much of it counts double or more in UTF-8. */
export const inflate = (random: Random, bytes: number): string => {
  const unit = pick(random, ['x', 'é', '中', '😀', '[', '{"a":', '\\u0000', '"'])
  return unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)))
}
