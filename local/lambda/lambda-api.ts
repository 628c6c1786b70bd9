import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson, readBody } from '../services/listen.ts'
import type { Invocations } from './invocations.ts'

const PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/

/** Lambda's Invoke. */
export const createLambdaApi =
  (invocations: Invocations) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = String(await readBody(request))
    const id = PATH.exec(new URL(request.url ?? '/', 'http://local').pathname)?.[1]
    const fn = id && invocations.find(decodeURIComponent(id))
    if (request.method !== 'POST' || !fn) {
      const headers = { 'x-amzn-errortype': 'ResourceNotFoundException' }
      return answerJson(response, 404, { Type: 'User', Message: `Function not found: ${id ?? request.url}` }, headers)
    }
    const event: unknown = body === '' ? {} : JSON.parse(body)
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      invocations.queue(fn.name, event)
      response.writeHead(202).end()
      return
    }
    const outcome = await invocations.call(fn.name, event)
    const headers = { 'x-amz-executed-version': '$LATEST' }
    if (outcome.ok) return answerJson(response, 200, outcome.result ?? null, headers)
    answerJson(response, 200, outcome.error, { ...headers, 'x-amz-function-error': 'Unhandled' })
  }
