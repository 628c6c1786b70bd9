import * as z from 'zod'
import { physicalName } from './identity.ts'
import { createResolver } from './intrinsics.ts'
import { resourcesOf, type Template } from './template.ts'

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
const Index = z.object({
  IndexName: z.string(),
  KeySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
})

// What CreateTable needs stands at the top; a global table keeps the rest under Replicas.
const TableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema,
  GlobalSecondaryIndexes: z.array(Index).default([]),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
})

export type Table = z.infer<typeof TableProperties> & { logicalId: string; name: string; disposable: boolean }

/** The tables that the template declares. One that is not retained is disposable. */
export const readTables = (template: Template): Table[] =>
  resourcesOf(template, createResolver(template), 'AWS::DynamoDB::GlobalTable', TableProperties).map(
    ({ logicalId, resource, properties }) => ({
      ...properties,
      logicalId,
      name: physicalName(logicalId, resource),
      disposable: resource.DeletionPolicy !== 'Retain',
    }),
  )
