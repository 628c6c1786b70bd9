import { setTimeout as wait } from 'node:timers/promises'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeServer, listenOn, serve } from '../../local/services/listen.ts'

const CALLS = 300
const ANSWER_MS = 500

/** A table that is slow with every answer. */
const slow = serve(
  async (_, response) => {
    await wait(ANSWER_MS)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
  },
  () => {},
)
beforeAll(async () => {
  const port = await listenOn(slow, 0, '127.0.0.1')
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${port}`)
  vi.stubEnv('AWS_REGION', 'us-east-1')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b')
})
afterAll(() => closeServer(slow))

// One process of a laptop runs all functions at once, and a slow machine answers late.
it('a call that is made beside hundreds of others waits for its answer, and counts as no broken connection', async () => {
  const { table } = await import('../../functions/table/client.ts')
  const asking = Array.from({ length: CALLS }, (_, number) =>
    table.send(new GetCommand({ TableName: 'Core', Key: { pk: String(number), sk: 'x' } })),
  )
  const answers = await Promise.allSettled(asking)
  expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []))).toEqual([])
})
