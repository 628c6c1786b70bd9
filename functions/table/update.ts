import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { type Item, table, writeOne } from './client.ts'

/** What an update led to: the item after (or before) it, or the item that made the condition say no. */
export type Updated = { done: true; item: Item } | { done: false; item: Item | undefined }

/** One UpdateItem. A condition that fails is an answer, with the item that failed it. */
export const update = async (input: UpdateCommandInput): Promise<Updated> => {
  try {
    const answer = await writeOne(() =>
      table.send(new UpdateCommand({ ReturnValuesOnConditionCheckFailure: 'ALL_OLD', ...input })),
    )
    return { done: true, item: answer.Attributes ?? {} }
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    return { done: false, item: error.Item === undefined ? undefined : unmarshall(error.Item) }
  }
}
