import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
  paginateScan,
  UpdateTimeToLiveCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'
import type { Table } from '../../local/template/tables.ts'

export type Items = Record<string, AttributeValue>[]

const BATCH = 25

export const openClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } })

/** All of a table at this moment: what point-in-time recovery brings back of it. */
export const itemsOf = async (client: DynamoDBClient, name: string): Promise<Items> => {
  const items: Items = []
  for await (const page of paginateScan({ client }, { TableName: name, ConsistentRead: true }))
    items.push(...(page.Items ?? []))
  return items
}

const write = async (client: DynamoDBClient, name: string, requests: WriteRequest[]): Promise<void> => {
  for (let from = 0; from < requests.length; from += BATCH)
    await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: requests.slice(from, from + BATCH) } }))
}

/** The accident. */
export const loseAll = async (client: DynamoDBClient, { name, KeySchema }: Table): Promise<void> => {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName)
  const requests = (await itemsOf(client, name)).map((item) => ({
    DeleteRequest: { Key: Object.fromEntries(keys.map((key) => [key, item[key] ?? { S: '' }])) },
  }))
  await write(client, name, requests)
}

/** What restore-table-to-point-in-time makes: keys, index and items; and, as the documents say, expiry switched on again. */
export const restoreTo = async (client: DynamoDBClient, name: string, table: Table, items: Items): Promise<void> => {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, TimeToLiveSpecification } = table
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      ...{ KeySchema, AttributeDefinitions, GlobalSecondaryIndexes },
    }),
  )
  await write(
    client,
    name,
    items.map((Item) => ({ PutRequest: { Item } })),
  )
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }))
}
