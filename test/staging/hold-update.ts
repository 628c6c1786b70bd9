import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/**
 * Holds the first updates that say this back from the table, as on a slow way, until they are let through. `command`: where
 * it is another kind of write.
 */
export const holdUpdate = (client: DynamoDBClient, mark: string, count = 1, command = 'UpdateItemCommand') => {
  const name = `hold ${mark}`
  let letThrough = () => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  let left = count
  let arrived = () => {}
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve
  })
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const isIt = left > 0 && context.commandName === command && JSON.stringify(args.input).includes(mark)
      if (isIt) {
        left -= 1
        if (left === 0) arrived()
        await held
      }
      return next(args)
    },
    { step: 'initialize', name },
  )
  return {
    /** Resolves once they are held. */
    hasArrived,
    letThrough: () => {
      client.middlewareStack.remove(name)
      letThrough()
    },
  }
}
