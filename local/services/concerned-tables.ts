import * as z from 'zod'
import type { DynamoDbCall } from '../faults.ts'

// What functions do to items. Nothing here makes, changes, lists or exports a table.
const OfOne = z.object({ TableName: z.string() }).transform(({ TableName }) => [TableName])
const OfBatch = z
  .object({ RequestItems: z.record(z.string(), z.unknown()) })
  .transform((call) => Object.keys(call.RequestItems))
const OfTransaction = z
  .object({ TransactItems: z.array(z.record(z.string(), z.object({ TableName: z.string() }))) })
  .transform((call) => call.TransactItems.flatMap((item) => Object.values(item).map(({ TableName }) => TableName)))

const shapes: Record<string, z.ZodType<string[]>> = {
  BatchGetItem: OfBatch,
  BatchWriteItem: OfBatch,
  DeleteItem: OfOne,
  GetItem: OfOne,
  PutItem: OfOne,
  Query: OfOne,
  TransactGetItems: OfTransaction,
  TransactWriteItems: OfTransaction,
  UpdateItem: OfOne,
}

/** Whether the call reads or writes items, and of no other tables than these. */
export const concernsOnly = (tables: readonly string[], { action, body }: DynamoDbCall): boolean => {
  const shape = Object.hasOwn(shapes, action) ? shapes[action] : undefined
  const named = shape?.safeParse(body).data
  return named !== undefined && named.length > 0 && named.every((name) => tables.includes(name))
}
