import { describe, expect, it } from 'vitest'
import { coreTable } from '../../functions/table/schema.ts'
import { readStack } from './stack-reading.ts'

const stack = readStack()
const core = stack.resource('Core', 'AWS::DynamoDB::GlobalTable')
const connections = stack.resource('Connections', 'AWS::DynamoDB::GlobalTable')
const keys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
]

describe('both tables', () => {
  it.each([
    ['core', core],
    ['connections', connections],
  ])('%s is keyed by pk and sk, swept by ttl, paid by request', (_name, table) => {
    expect(table.Properties).toMatchObject({
      KeySchema: keys,
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    })
  })

  it('are the only two', () => {
    expect(stack.all('AWS::DynamoDB::GlobalTable')).toHaveLength(2)
    expect(stack.all('AWS::DynamoDB::Table')).toEqual([])
  })
})

describe('the core table', () => {
  it('can be restored to any point in time and is protected against deletion, in one replica', () => {
    expect(core.Properties?.Replicas).toEqual([
      expect.objectContaining({
        PointInTimeRecoverySpecification: expect.objectContaining({ PointInTimeRecoveryEnabled: true }),
        DeletionProtectionEnabled: true,
      }),
    ])
  })

  it('outlives the stack, and a change that would replace it', () => {
    expect(core).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  })

  it('has the indexes of the schema, of keys only', () => {
    const index = ({ name, partitionKey, sortKey }: { name: string; partitionKey: string; sortKey: string }) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })
    expect(core.Properties?.GlobalSecondaryIndexes).toEqual(Object.values(coreTable.indexes).map(index))
  })
})

describe('the connections table', () => {
  it('is disposable: it goes with the stack and nothing restores it', () => {
    expect(connections).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' })
    expect(JSON.stringify(connections.Properties)).not.toMatch(/PointInTimeRecovery|DeletionProtectionEnabled":true/)
  })

  it('has no index', () => {
    expect(connections.Properties).not.toHaveProperty('GlobalSecondaryIndexes')
  })
})
