import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb'
import { readTables, type Table } from '../template/tables.ts'
import type { Template } from '../template/template.ts'
import { readTarget } from './dynamodb-target.ts'

const TABLE_SECONDS = 120

type Shape = Pick<TableDescription, 'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'>

/** Keys and indexes in one text that is the same whatever the order in which they were written. */
const fingerprint = (shape: Shape): string => {
  const keys = (schema: Shape['KeySchema']) => schema?.map((key) => `${key.KeyType} ${key.AttributeName}`).sort()
  const indexes = (shape.GlobalSecondaryIndexes ?? [])
    .map((index) => [
      index.IndexName,
      keys(index.KeySchema),
      index.Projection?.ProjectionType,
      [...(index.Projection?.NonKeyAttributes ?? [])].sort(),
    ])
    .sort()
  const attributes = shape.AttributeDefinitions?.map((each) => `${each.AttributeName} ${each.AttributeType}`).sort()
  return JSON.stringify([keys(shape.KeySchema), attributes, indexes])
}

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

const create = async (client: DynamoDBClient, table: Table): Promise<void> => {
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexes: indexesOf(table.GlobalSecondaryIndexes),
    }),
  )
  // At AWS a table takes some seconds to appear.
  await waitUntilTableExists({ client, maxWaitTime: TABLE_SECONDS }, { TableName: table.name })
  const expiry = table.TimeToLiveSpecification
  if (expiry?.Enabled)
    await client.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification: expiry }))
}

/** The template's indexes that a kept table lacks. */
const missingIn = (existing: TableDescription, table: Table) =>
  table.GlobalSecondaryIndexes.filter(
    ({ IndexName }) => !existing.GlobalSecondaryIndexes?.some((index) => index.IndexName === IndexName),
  )

/** Gives a kept table an index, as the next deployment gives it to one at AWS. What is stored is put into it. */
const addIndex = async (client: DynamoDBClient, table: Table, index: GlobalSecondaryIndex): Promise<void> => {
  await client.send(
    new UpdateTableCommand({
      TableName: table.name,
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: index.IndexName, KeySchema: index.KeySchema, Projection: index.Projection } },
      ],
    }),
  )
  await waitUntilTableExists({ client, maxWaitTime: TABLE_SECONDS }, { TableName: table.name })
}

const indexesOf = <Index>(indexes: Index[]): Index[] | undefined => (indexes.length > 0 ? indexes : undefined)

/**
 * Makes the template's tables. One that exists is kept if it has the template's keys, and gets the indexes that it
 * lacks. With `emptyDisposable`, one that the template does not retain starts empty.
 * @throws Error with one sentence where an existing table differs from the template
 */
export const createTables = async (
  endpoint: string,
  template: Template,
  options: { emptyDisposable: boolean },
): Promise<void> => {
  const { region, sign } = readTarget(endpoint)
  // An emulator takes any credentials; on AWS they are the developer's own.
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint, region, ...(sign === undefined && { credentials }) })
  const ensure = async (table: Table): Promise<void> => {
    const existing = await describe(client, table.name)
    if (existing === undefined) return create(client, table)
    if (table.disposable && options.emptyDisposable) {
      await client.send(new DeleteTableCommand({ TableName: table.name }))
      await waitUntilTableNotExists({ client, maxWaitTime: TABLE_SECONDS }, { TableName: table.name })
      return create(client, table)
    }
    // A table at AWS gets its index by a deployment.
    if (sign === undefined) for (const index of missingIn(existing, table)) await addIndex(client, table, index)
    if (fingerprint((await describe(client, table.name)) ?? {}) !== fingerprint(table))
      throw new Error(
        `The table ${table.logicalId} kept from an earlier start has other keys or indexes than the template: start with --fresh, which forgets its data.`,
      )
  }
  try {
    await Promise.all(readTables(template).map(ensure))
  } finally {
    client.destroy()
  }
}
