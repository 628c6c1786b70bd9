import { Agent, type IncomingMessage, type ServerResponse, request as sendHttp } from 'node:http'
import { request as sendHttps, Agent as TlsAgent } from 'node:https'
import { pipeline } from 'node:stream/promises'
import type { DynamoDbCall, DynamoDbFault, Faults } from '../faults.ts'
import { concernsOnly } from './concerned-tables.ts'
import type { DynamoDbTarget } from './dynamodb-target.ts'
import { readBody } from './listen.ts'

const STATUS: Record<DynamoDbFault, number> = {
  TransactionConflictException: 400,
  ThrottlingException: 400,
  ProvisionedThroughputExceededException: 400,
  InternalServerError: 500,
  ServiceUnavailable: 503,
}

const MESSAGE: Record<DynamoDbFault, string> = {
  TransactionConflictException: 'Transaction is ongoing for the item',
  ThrottlingException: 'Throughput exceeds the current capacity of your table or index.',
  ProvisionedThroughputExceededException: 'The level of configured provisioned throughput for the table was exceeded.',
  InternalServerError: 'Internal server error',
  ServiceUnavailable: 'The service is currently unavailable or busy.',
}

const itemsOf = (body: unknown): unknown[] =>
  typeof body === 'object' && body !== null && 'TransactItems' in body && Array.isArray(body.TransactItems)
    ? body.TransactItems
    : []

/** The form in which DynamoDB reports `fault`: a transaction names a reason for each of its items. */
const faultBody = (fault: DynamoDbFault, { action, body }: DynamoDbCall): Record<string, unknown> => {
  if (fault === 'TransactionConflictException' && action.startsWith('Transact')) {
    const reasons = itemsOf(body).map((_, index) =>
      index === 0 ? { Code: 'TransactionConflict', Message: MESSAGE[fault] } : { Code: 'None' },
    )
    return {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((reason) => reason.Code).join(', ')}]`,
      CancellationReasons: reasons,
    }
  }
  return { __type: `com.amazonaws.dynamodb.v20120810#${fault}`, message: MESSAGE[fault] }
}

/**
 * Stands before the emulator, so that calls can be made to fail as DynamoDB's do. Before AWS it signs the calls as the
 * developer, but only those on the items of these tables.
 */
export const createDynamoDbProxy = ({ endpoint, sign }: DynamoDbTarget, faults: Faults, tables: readonly string[]) => {
  const isTls = endpoint.protocol === 'https:'
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const send = isTls ? sendHttps : sendHttp

  const handler = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const payload = (await readBody(request)) ?? Buffer.alloc(0)
    const action = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '')
    const call: DynamoDbCall = { action, body: parse(payload) }
    const fault = faults.failDynamoDb(call)
    if (fault !== undefined) {
      response.writeHead(STATUS[fault], { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify(faultBody(fault, call)))
      return
    }
    // Any other call goes on as it came: it may do what its caller may, and nothing in the developer's name.
    const signed = concernsOnly(tables, call)
      ? await sign?.(String(request.headers['x-amz-target']), payload)
      : undefined
    const headers = signed ?? { ...request.headers, host: endpoint.host }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(endpoint, { agent, method: request.method, path: request.url, headers }, resolve)
        .once('error', reject)
        .end(payload)
    })
    if (faults.loseDynamoDbAnswer(call)) {
      answer.resume()
      response.destroy()
      return
    }
    // The emulator lets pages of every origin read its answers.
    const kept = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'))
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept))
    await pipeline(answer, response)
  }
  return { handler, close: () => agent.destroy() }
}

const parse = (payload: Buffer): unknown => {
  try {
    return JSON.parse(payload.toString('utf8'))
  } catch {
    return undefined
  }
}
