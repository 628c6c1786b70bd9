import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { connectionsTable, coreTable } from '../functions/table/schema.ts'
import type { Settings } from './settings.ts'

const text = (name: string) => ({ name, type: AttributeType.STRING })

const indexes = Object.values(coreTable.indexes)

/** What must never be lost: users, rooms, members, messages. A table that was restored takes the place of the stack's own. */
export const openCoreTable = (scope: Construct, settings: Settings): ITableV2 =>
  settings.coreTable === undefined
    ? createCoreTable(scope, settings)
    : TableV2.fromTableAttributes(scope, 'Core', {
        tableName: settings.coreTable,
        globalIndexes: indexes.map(({ name }) => name),
      })

const createCoreTable = (scope: Construct, settings: Settings): TableV2 =>
  new TableV2(scope, 'Core', {
    partitionKey: text(coreTable.partitionKey),
    sortKey: text(coreTable.sortKey),
    timeToLiveAttribute: coreTable.timeToLive,
    globalSecondaryIndexes: indexes.map(({ name, partitionKey, sortKey }) => ({
      indexName: name,
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    })),
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: settings.protectData,
    // Retained in every stage: a stack deleted by mistake must not take people's rooms with it.
    removalPolicy: RemovalPolicy.RETAIN,
  })

/** Who is connected now. Disposable: everybody reconnects. */
export const createConnectionsTable = (scope: Construct): ITableV2 =>
  new TableV2(scope, 'Connections', {
    partitionKey: text(connectionsTable.partitionKey),
    sortKey: text(connectionsTable.sortKey),
    timeToLiveAttribute: connectionsTable.timeToLive,
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    removalPolicy: RemovalPolicy.DESTROY,
  })
