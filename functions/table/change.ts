import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { coreTableName, type Item, type Key, table, writeOne } from './client.ts'
import { type Aliases, createAliases, type Expression, type Path } from './conditions.ts'

/** What a write does to one item. */
export type Change = {
  /** Attributes and their values; a value may be computed. An undefined one is left alone. */
  set?: Record<string, unknown>
  /** The same for attributes within a map. */
  setIn?: readonly (readonly [Path, unknown])[]
  /** Numbers to add, a missing attribute counts as 0; or values to add to sets of texts. */
  add?: Record<string, number | ReadonlySet<string>>
  /** Values to take out of sets of texts. */
  takeOut?: Record<string, ReadonlySet<string>>
  remove?: readonly string[]
  /** So many values of a list, from that one on. */
  removeValues?: readonly [list: string, from: number, count: number]
  /** The write happens only if this holds. */
  when?: Expression
}

/** What a write led to: the item after (or before) it, or the item that made the condition say no. */
export type Changed = { done: true; item: Item } | { done: false; item: Item | undefined }

const computed = (value: unknown, use: Aliases): string =>
  typeof value === 'function' ? (value as Expression)(use) : use.value(value)

const clause = (word: string, parts: readonly string[]): string[] =>
  parts.length === 0 ? [] : [`${word} ${parts.join(', ')}`]

/** The last of them first: the emulator counts anew after each that it takes away, DynamoDB does not. */
const valuesOf = ([list, from, count]: readonly [string, number, number], use: Aliases): string[] =>
  Array.from({ length: count }, (_, index) => `${use.name(list)}[${from + count - 1 - index}]`)

const namesAndValues = (of: Record<string, unknown>, use: Aliases): string[] =>
  Object.entries(of).map(([path, value]) => `${use.name(path)} ${use.value(value)}`)

const expressionOf = (what: Change, use: Aliases): string => {
  const { set = {}, setIn = [], add = {}, takeOut = {}, remove = [], removeValues } = what
  const sets = [...Object.entries(set).filter(([, value]) => value !== undefined), ...setIn]
  return [
    ...clause(
      'SET',
      sets.map(([path, value]) => `${use.name(path)} = ${computed(value, use)}`),
    ),
    ...clause('REMOVE', [...remove.map(use.name), ...(removeValues === undefined ? [] : valuesOf(removeValues, use))]),
    ...clause('ADD', namesAndValues(add, use)),
    ...clause('DELETE', namesAndValues(takeOut, use)),
  ].join(' ')
}

const placeOf = ({ pk, sk, table: name = coreTableName() }: Key) => ({ TableName: name, Key: { pk, sk } })

const condition = (when: Expression | undefined, use: Aliases) => when && { ConditionExpression: when(use) }

/** An update as a part of a transaction. */
export const updating = (key: Key, change: Change) => {
  const { attributes, ...use } = createAliases()
  const UpdateExpression = expressionOf(change, use)
  return { Update: { ...placeOf(key), UpdateExpression, ...condition(change.when, use), ...attributes() } }
}

/** A whole item as a part of a transaction. */
export const putting = ({ pk, sk, table: name = coreTableName() }: Key, item: Item, when?: Expression) => {
  const { attributes, ...use } = createAliases()
  return { Put: { TableName: name, Item: { pk, sk, ...item }, ...condition(when, use), ...attributes() } }
}

/** A deletion as a part of a transaction. */
export const deleting = (key: Key, when?: Expression) => {
  const { attributes, ...use } = createAliases()
  return { Delete: { ...placeOf(key), ...condition(when, use), ...attributes() } }
}

/** A condition on an item that the transaction does not write. */
export const checking = (key: Key, when: Expression) => {
  const { attributes, ...use } = createAliases()
  return { ConditionCheck: { ...placeOf(key), ConditionExpression: when(use), ...attributes() } }
}

const outcomeOf = async (write: () => Promise<{ Attributes?: Item | undefined }>): Promise<Changed> => {
  try {
    const answer = await writeOne(write)
    return { done: true, item: answer.Attributes ?? {} }
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    return { done: false, item: error.Item === undefined ? undefined : unmarshall(error.Item) }
  }
}

const WHEN_REFUSED = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const

/** Changes one item. A condition that fails is an answer, with the item that failed it. */
export const change = (key: Key, what: Change, returns?: 'ALL_NEW' | 'ALL_OLD'): Promise<Changed> => {
  const { Update } = updating(key, what)
  return outcomeOf(() =>
    table.send(new UpdateCommand({ ...WHEN_REFUSED, ...Update, ...(returns && { ReturnValues: returns }) })),
  )
}

/** Writes one item, in place of what is there. */
export const put = (key: Key, item: Item, when?: Expression): Promise<Changed> => {
  const { Put } = putting(key, item, when)
  return outcomeOf(() => table.send(new PutCommand({ ...WHEN_REFUSED, ...Put })))
}

/** Deletes one item, and answers with what it was. */
export const remove = (key: Key, when?: Expression): Promise<Changed> => {
  const { Delete } = deleting(key, when)
  return outcomeOf(() => table.send(new DeleteCommand({ ...WHEN_REFUSED, ...Delete, ReturnValues: 'ALL_OLD' })))
}
