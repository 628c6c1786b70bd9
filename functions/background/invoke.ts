import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'

// A call that takes longer has met a broken connection.
const client = new LambdaClient({
  requestHandler: { requestTimeout: 3_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
})

/** Starts a function and does not wait for it. Lambda may deliver this more than once. */
export const startFunction = async (name: string, payload: unknown): Promise<void> => {
  await client.send(
    new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: JSON.stringify(payload) }),
  )
}
