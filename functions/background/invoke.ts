import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'

const client = new LambdaClient({})

/** Starts a function and does not wait for it. Lambda may deliver this more than once. */
export const startFunction = async (name: string, payload: unknown): Promise<void> => {
  await client.send(
    new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: JSON.stringify(payload) }),
  )
}
