import assert from 'node:assert/strict'
import { type DynamoDBClient, paginateScan, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { coreTable } from '../../functions/table/schema.ts'
import type { Table } from '../../local/template/tables.ts'
import { runCommand } from '../staging/run-command.ts'
import { type Items, itemsOf } from './tables.ts'

const { name: DIRECTORY, partitionKey, sortKey } = coreTable.indexes.directory
const PLACE: string[] = [partitionKey, sortKey]
/** An item that is nothing but a place: no version before the index wrote one. */
const KEYS = new Set(['pk', 'sk', ...PLACE])

/** A table without the index. */
export const tableBefore = (table: Table): Table => ({
  ...table,
  AttributeDefinitions: table.AttributeDefinitions.filter(({ AttributeName }) => !PLACE.includes(AttributeName)),
  GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.filter(({ IndexName }) => IndexName !== DIRECTORY),
})

/** Items as a version before the index would have written them. */
export const itemsBefore = (items: Items): Items =>
  items
    .filter((item) => Object.keys(item).some((name) => !KEYS.has(name)))
    .map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => !PLACE.includes(name))))

/** `aws dynamodb update-table`, as the procedure says. */
export const addDirectory = async (client: DynamoDBClient, name: string, table: Table): Promise<void> => {
  const index = table.GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === DIRECTORY)
  assert(index !== undefined, `The template has no index ${DIRECTORY}.`)
  const { AttributeDefinitions } = table
  await client.send(
    new UpdateTableCommand({ TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: index }] }),
  )
}

/** `npm run backfill -- --table <name>`. Answers what it says. */
export const backfill = async (endpoint: string, name: string): Promise<string> => {
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  }
  const { code, output } = await runCommand('bin/backfill.ts', ['--table', name], { env })
  assert.equal(code, 0, output)
  return output
}

const placeOf = ({ pk, sk }: Items[number]): string => `${pk?.S} ${sk?.S}`
const sorted = (items: Items): Items => [...items].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))

/** The restored table holds what the copy held, places and all, and its index finds them. */
export const assertSame = async (client: DynamoDBClient, name: string, copy: Items): Promise<number> => {
  assert.deepEqual(sorted(await itemsOf(client, name)), sorted(copy))
  const listed: Items = []
  for await (const page of paginateScan({ client }, { TableName: name, IndexName: DIRECTORY }))
    listed.push(...(page.Items ?? []))
  const placed = copy.filter((item) => partitionKey in item)
  assert.deepEqual(sorted(listed).map(placeOf), sorted(placed).map(placeOf))
  return placed.length
}
