import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Stage } from '../staging/stage.ts'

type Item = Record<string, unknown>
type Items = { core: Item[]; connections: Item[] }

const openTables = ({ runtime }: Stage) => {
  const environment = Object.assign({}, ...runtime.functions.map((fn) => fn.environment)) as Record<string, string>
  const client = new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: environment.AWS_REGION ?? '',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const names = { core: environment.CORE_TABLE ?? '', connections: environment.CONNECTIONS_TABLE ?? '' }
  return { client, names, document: DynamoDBDocumentClient.from(client) }
}

const placeOf = ({ pk, sk }: Item): string => `${pk}\n${sk}`
const isKey = (name: string) => (name === 'pk' || name === 'sk' ? 0 : 1)
const before = (one: string, other: string) => isKey(one) - isKey(other) || (one < other ? -1 : 1)

/** Keys first and the rest by name, so that a person finds an item in the file. */
const ordered = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .sort(([one], [other]) => before(one, other))
          .map(([name, inner]) => [name, ordered(inner)]),
      )

/** Every item of both tables, by key. Ours hold no lists, no sets and no bytes, so that plain JSON loses nothing. */
export const readItems = async (stage: Stage): Promise<Items> => {
  const { client, names, document } = openTables(stage)
  const all = async (TableName: string) => {
    const { Items: items = [], LastEvaluatedKey } = await document.send(new ScanCommand({ TableName }))
    if (LastEvaluatedKey !== undefined) throw new Error('The recording has become larger than one page.')
    return items.map((item) => ordered(item) as Item).sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
  }
  const items = { core: await all(names.core), connections: await all(names.connections) }
  client.destroy()
  return items
}

export const putItems = async (stage: Stage, items: Items): Promise<void> => {
  const { client, names, document } = openTables(stage)
  const put = (TableName: string) => (Item: Item) => document.send(new PutCommand({ TableName, Item }))
  await Promise.all([...items.core.map(put(names.core)), ...items.connections.map(put(names.connections))])
  client.destroy()
}
