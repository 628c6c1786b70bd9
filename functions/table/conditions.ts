import { type Bucket, latestFullAt } from '../domain/bucket.ts'

/** An attribute, or one within a map: `['media', 'duration']`. */
export type Path = string | readonly string[]

/** The aliases of one expression. DynamoDB reserves many words, so every name and value is written as an alias. */
export type Aliases = { name: (path: Path) => string; value: (value: unknown) => string }

/** A part of an expression, written with the aliases of the call that it goes into. */
export type Expression = (use: Aliases) => string

export const createAliases = () => {
  const names = new Map<string, string>()
  const values = new Map<unknown, string>()
  const nameOf = (attribute: string): string => {
    const alias = names.get(attribute) ?? `#${attribute.replace(/\W/g, '_')}${names.size}`
    names.set(attribute, alias)
    return alias
  }
  const aliases: Aliases = {
    name: (path) => (typeof path === 'string' ? [path] : path).map(nameOf).join('.'),
    value: (value) => {
      const alias = values.get(value) ?? `:${values.size}`
      values.set(value, alias)
      return alias
    },
  }
  const inverse = (aliased: Map<unknown, string>) => Object.fromEntries([...aliased].map(([of, alias]) => [alias, of]))
  /** What goes into the call beside its expressions. DynamoDB refuses empty maps. */
  const attributes = () => ({
    ...(names.size > 0 && { ExpressionAttributeNames: inverse(names) as Record<string, string> }),
    ...(values.size > 0 && { ExpressionAttributeValues: inverse(values) }),
  })
  return { ...aliases, attributes }
}

const compared =
  (operator: string) =>
  (path: Path, value: unknown): Expression =>
  ({ name, value: aliasOf }) =>
    `${name(path)} ${operator} ${aliasOf(value)}`

export const equals = compared('=')
export const differs = compared('<>')
export const isBelow = compared('<')
export const isAtMost = compared('<=')
export const isAbove = compared('>')

/** Two attributes of the item are there and the same. */
export const isSameAs =
  (path: Path, other: Path): Expression =>
  ({ name }) =>
    `${name(path)} = ${name(other)}`

/** The attribute is there. Of a key attribute: the item is. */
export const exists =
  (path: Path): Expression =>
  ({ name }) =>
    `attribute_exists(${name(path)})`

export const isMissing =
  (path: Path): Expression =>
  ({ name }) =>
    `attribute_not_exists(${name(path)})`

/** Of a list or a set: this is one of its values. */
export const holds =
  (path: Path, value: unknown): Expression =>
  ({ name, value: aliasOf }) =>
    `contains(${name(path)}, ${aliasOf(value)})`

/** Of a list: this value stands at that place. */
export const isAt =
  (path: Path, place: number, value: unknown): Expression =>
  ({ name, value: aliasOf }) =>
    `${name(path)}[${place}] = ${aliasOf(value)}`

/** Of a list or a set: this is none of its values. One that is not there has none. */
export const lacks =
  (path: Path, value: unknown): Expression =>
  ({ name, value: aliasOf }) =>
    `(attribute_not_exists(${name(path)}) OR NOT contains(${name(path)}, ${aliasOf(value)}))`

/** Of a list or a set that is there: it has fewer values than that. */
export const isShorterThan =
  (path: Path, length: number): Expression =>
  ({ name, value: aliasOf }) =>
    `size(${name(path)}) < ${aliasOf(length)}`

/** Of a list: it has more values than that. */
export const isLongerThan =
  (path: Path, length: number): Expression =>
  ({ name, value: aliasOf }) =>
    `size(${name(path)}) > ${aliasOf(length)}`

/** One part alone stays as it is: DynamoDB refuses parentheses around parentheses. */
const joined =
  (word: string) =>
  (...parts: readonly Expression[]): Expression =>
  (use) => {
    const [first, ...others] = parts.map((part) => part(use))
    return first !== undefined && others.length === 0 ? first : `(${[first, ...others].join(` ${word} `)})`
  }

export const all = joined('AND')
export const either = joined('OR')

/** As the value of a `set`: what the attribute is already, or else this. */
export const keptOr =
  (path: Path, value: unknown): Expression =>
  ({ name, value: aliasOf }) =>
    `if_not_exists(${name(path)}, ${aliasOf(value)})`

/** As the value of a `set`: the attribute as it is before the write. */
export const copied =
  (path: Path): Expression =>
  ({ name }) =>
    name(path)

/** As the value of a `set`: the attribute, which must be there, and this much more. */
export const more =
  (path: Path, by: number): Expression =>
  ({ name, value: aliasOf }) =>
    `${name(path)} + ${aliasOf(by)}`

/** As the value of a `set`: what the attribute is already, or else what another one is. */
export const keptOrAs =
  (path: Path, other: Path): Expression =>
  ({ name }) =>
    `if_not_exists(${name(path)}, ${name(other)})`

/** As the value of a `set`: the list, which need not be there, and these values at its end. */
export const appended =
  (path: Path, values: readonly unknown[]): Expression =>
  ({ name, value: aliasOf }) =>
    `list_append(if_not_exists(${name(path)}, ${aliasOf([])}), ${aliasOf(values)})`

/**
 * The two changes that take one out of a bucket: of a full one, and of one in use. DynamoDB has no max(), so their
 * conditions exclude each other.
 */
export const takingFrom = (fullAt: string, now: number, bucket: Bucket) => ({
  full: { set: { [fullAt]: now + bucket.refillMs }, when: either(isMissing(fullAt), isAtMost(fullAt, now)) },
  inUse: {
    set: { [fullAt]: more(fullAt, bucket.refillMs) },
    when: all(isAbove(fullAt, now), isAtMost(fullAt, latestFullAt(now, bucket))),
  },
})
