import { setTimeout as wait } from 'node:timers/promises'
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'

/** A call that takes longer has met a broken connection: the SDK tries again, and a handler does not wait for its own end. */
const REQUEST_TIMEOUT_MS = 3_000
const CONNECT_TIMEOUT_MS = 1_000

/** Endpoint, region and credentials come from the SDK's own variables. */
export const dynamoDb = new DynamoDBClient({
  requestHandler: {
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    // Waiting for one of the SDK's 50 connections would count as connecting. A Lambda never waits for one; on a laptop
    // all functions share this process.
    httpAgent: { maxSockets: Number.POSITIVE_INFINITY },
  },
})
export const table = DynamoDBDocumentClient.from(dynamoDb, { marshallOptions: { removeUndefinedValues: true } })

export type TableNames = { core?: string | undefined; connections?: string | undefined }
let names: TableNames = {}

/**
 * Names the two tables; a function that uses only one names only that. To be called once, before anything else of this
 * folder. The names never differ within a process, so they are told once, and not handed through every call.
 */
export const openTables = (opened: TableNames): void => {
  names = opened
}

const nameOf = (which: keyof TableNames) => (): string => {
  const name = names[which]
  if (name === undefined) throw new Error(`The ${which} table has no name: call openTables first.`)
  return name
}
export const coreTableName = nameOf('core')
export const connectionsTableName = nameOf('connections')

/** Of the core table, unless another is named. */
export type Key = { pk: string; sk: string; table?: string }
export type Item = Record<string, unknown>

/** One item, with strong consistency. */
export const itemAt = async ({ table: name = coreTableName(), pk, sk }: Key): Promise<Item | undefined> =>
  (await table.send(new GetCommand({ TableName: name, Key: { pk, sk }, ConsistentRead: true }))).Item

const BATCH_PAUSE_MS = 25

/**
 * Several items in one round trip, with strong consistency, in the order of the keys.
 * What DynamoDB leaves unprocessed is asked for again.
 */
export const itemsTogether = async (keys: readonly Key[]): Promise<(Item | undefined)[]> => {
  const found = new Map<string, Item>()
  const id = (table: string, { pk, sk }: Item) => `${table}\n${pk}\n${sk}`
  const placed = keys.map(({ table: name = coreTableName(), pk, sk }) => ({ id: id(name, { pk, sk }), name, pk, sk }))
  let asked: NonNullable<BatchGetCommandInput['RequestItems']> = {}
  for (const { name, pk, sk } of new Map(placed.map((key) => [key.id, key])).values()) {
    const keysOfTable = asked[name]?.Keys ?? []
    asked[name] = { Keys: [...keysOfTable, { pk, sk }], ConsistentRead: true }
  }
  for (let round = 0; Object.keys(asked).length > 0; round += 1) {
    if (round > 0) await wait(BATCH_PAUSE_MS * round)
    const answer: BatchGetCommandOutput = await table.send(new BatchGetCommand({ RequestItems: asked }))
    for (const [name, items] of Object.entries(answer.Responses ?? {}))
      for (const item of items) found.set(id(name, item), item)
    asked = answer.UnprocessedKeys ?? {}
  }
  return placed.map((key) => found.get(key.id))
}

/**
 * Every item of a Query, or as many as `limit` says, page after page. Every page is asked for as many: where a filter
 * takes items away, smaller and smaller pages would become very many.
 */
export const queryAll = async (
  input: Omit<QueryCommandInput, 'ExclusiveStartKey' | 'Limit'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Item[]> => {
  const items: Item[] = []
  let from: Item | undefined
  do {
    const page = await table.send(
      new QueryCommand({
        ...input,
        ...(from !== undefined && { ExclusiveStartKey: from }),
        ...(Number.isFinite(limit) && { Limit: limit }),
      }),
    )
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from !== undefined && items.length < limit)
  return items.slice(0, limit)
}

/** Every item of the key's partition whose sort key begins like the key's, with strong consistency. */
export const itemsBeginning = ({ pk, sk }: Omit<Key, 'table'>): Promise<Item[]> =>
  queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :beginning)',
    ExpressionAttributeValues: { ':pk': pk, ':beginning': sk },
    ConsistentRead: true,
  })

const TRANSACTION_TRIES = 4
const TRANSACTION_PAUSE_MS = 40

type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>

/**
 * Writes all or nothing. `false` when a condition said no. Another transaction in progress on one of the items is
 * not a no: it is waited for, which the SDK does not do by itself.
 */
export const writeTogether = async (items: TransactItems): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await table.send(new TransactWriteCommand({ TransactItems: items }))
      return true
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code)
      if (codes.includes('ConditionalCheckFailed')) return false
      if (!codes.includes('TransactionConflict') || attempt === TRANSACTION_TRIES) throw error
      await wait(Math.random() * TRANSACTION_PAUSE_MS * 2 ** attempt)
    }
  }
}

/** Runs one conditional write; a transaction in progress on its item is waited for. */
export const writeOne = async <T>(send: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send()
    } catch (error) {
      const conflict = error instanceof Error && error.name === 'TransactionConflictException'
      if (!conflict || attempt === TRANSACTION_TRIES) throw error
      await wait(Math.random() * TRANSACTION_PAUSE_MS * 2 ** attempt)
    }
  }
}
