import { join } from 'node:path'
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createTables, startDynamoDb } from '../../local/dynamodb.ts'
import { startTiny, temporaryFolder } from './tiny-runtime.ts'
import { tinyTemplate } from './tiny-stack.ts'

afterEach(() => vi.unstubAllEnvs())

const clientOf = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })

const start = async (databaseFile?: string) => {
  const dynamodb = await startDynamoDb(databaseFile === undefined ? {} : { databaseFile })
  onTestFinished(dynamodb.close)
  return { ...dynamodb, client: clientOf(dynamodb.endpoint) }
}

const key = { pk: { S: 'a' }, sk: { S: 'b' } }
const put = (client: DynamoDBClient, TableName: string) => client.send(new PutItemCommand({ TableName, Item: key }))
const has = async (client: DynamoDBClient, TableName: string) =>
  (await client.send(new GetItemCommand({ TableName, Key: key }))).Item !== undefined

const withIndex = () => {
  const template = structuredClone(tinyTemplate())
  Object.assign(template.Resources.Kept?.Properties ?? {}, {
    AttributeDefinitions: ['pk', 'sk', 'listing'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-listing',
        KeySchema: [{ AttributeName: 'listing', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  })
  return template
}

test('tables get the keys, indexes and expiry of the template', async () => {
  const { endpoint, client } = await start()
  await createTables(endpoint, withIndex(), { emptyDisposable: true })
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'streamit-Kept' }))
  expect(Table?.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ])
  expect(Table?.GlobalSecondaryIndexes).toMatchObject([
    { IndexName: 'by-listing', Projection: { ProjectionType: 'KEYS_ONLY' } },
  ])
  const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName: 'streamit-Kept' }))
  expect(expiry.TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl' })
})

test('kept data survives a restart; what the template does not retain starts empty', async () => {
  const databaseFile = join(temporaryFolder(), 'database.sqlite')
  const first = await start(databaseFile)
  await createTables(first.endpoint, tinyTemplate(), { emptyDisposable: true })
  for (const name of ['streamit-Kept', 'streamit-Fleeting']) await put(first.client, name)
  await first.close()

  const second = await start(databaseFile)
  await createTables(second.endpoint, tinyTemplate(), { emptyDisposable: false })
  expect(await has(second.client, 'streamit-Fleeting')).toBe(true)
  await createTables(second.endpoint, tinyTemplate(), { emptyDisposable: true })
  expect(await has(second.client, 'streamit-Kept')).toBe(true)
  expect(await has(second.client, 'streamit-Fleeting')).toBe(false)
})

test('an existing table gets an index that the template has by now, with what is stored, and keeps it', async () => {
  const { endpoint, client } = await start()
  await createTables(endpoint, tinyTemplate(), { emptyDisposable: true })
  const Item = { ...key, listing: { S: 'here' } }
  await client.send(new PutItemCommand({ TableName: 'streamit-Kept', Item }))
  for (const _start of [1, 2]) await createTables(endpoint, withIndex(), { emptyDisposable: true })
  const found = await client.send(
    new QueryCommand({
      TableName: 'streamit-Kept',
      IndexName: 'by-listing',
      KeyConditionExpression: 'listing = :listing',
      ExpressionAttributeValues: { ':listing': { S: 'here' } },
    }),
  )
  expect(found.Items).toEqual([Item])
})

test('an existing table with other indexes than the template is refused with what to do', async () => {
  const { endpoint } = await start()
  await createTables(endpoint, withIndex(), { emptyDisposable: true })
  await expect(createTables(endpoint, tinyTemplate(), { emptyDisposable: true })).rejects.toThrow(
    /^The table Kept .* start with --fresh/,
  )
})

test('functions reach the emulator through the runtime', async () => {
  const { endpoint } = await start()
  await createTables(endpoint, tinyTemplate(), { emptyDisposable: true })
  const { environment } = await startTiny({ dynamodb: endpoint })
  const { AWS_ENDPOINT_URL_DYNAMODB: own = '', KEPT_TABLE = '' } = environment('Message')
  expect(own).not.toBe(endpoint)
  const client = clientOf(own)
  await put(client, KEPT_TABLE)
  expect(await has(client, KEPT_TABLE)).toBe(true)
  await expect(put(client, 'nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('AWS_ENDPOINT_URL_DYNAMODB takes the place of the emulator', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:8000')
  expect((await startDynamoDb({})).endpoint).toBe('http://127.0.0.1:8000')
})

test('an emulator is restarted on its file at the same address; one in memory is not', async () => {
  const { endpoint, restart, client } = await start(join(temporaryFolder(), 'tables.db'))
  await createTables(endpoint, tinyTemplate(), { emptyDisposable: true })
  await put(client, 'streamit-Kept')
  await restart()
  expect(await has(client, 'streamit-Kept')).toBe(true)
  const inMemory = await start()
  await expect(inMemory.restart()).rejects.toThrow('would forget')
})
