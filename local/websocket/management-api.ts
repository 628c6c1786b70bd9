import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults } from '../faults.ts'
import { decoded } from '../http/request.ts'
import type { Limits } from '../limits.ts'
import { answerJson, readBody } from '../services/listen.ts'
import type { Connections } from './connections.ts'
import { isConnectionId } from './events.ts'

// The SDK names an error after this header; by the status alone it would be "Unknown".
const ERRORS: Record<number, { type: string; message: string }> = {
  400: { type: 'BadRequestException', message: 'Invalid connectionId' },
  403: { type: 'ForbiddenException', message: 'Forbidden' },
  410: { type: 'GoneException', message: 'Gone' },
  413: { type: 'PayloadTooLargeException', message: 'Message too long' },
  429: { type: 'LimitExceededException', message: 'Too Many Requests' },
}

const refuse = (response: ServerResponse, status: number): void => {
  const error = ERRORS[status] ?? { type: 'InternalServerErrorException', message: 'Internal server error' }
  answerJson(response, status, { message: error.message }, { 'x-amzn-errortype': error.type })
}

/** The @connections API of one stage: posts to, looks at and closes connections. */
export const createManagementApi = (stage: string, connections: Connections, faults: Faults, limits: Limits) => {
  const post = async (id: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, limits.messageBytes)
    if (body === undefined) return refuse(response, 413)
    const data = body.toString('utf8')
    const delay = faults.delayPost({ connectionId: id, data })
    if (delay === Number.POSITIVE_INFINITY) return
    if (delay > 0) await sleep(delay)
    const status = faults.answerPost({ connectionId: id, data })
    if (status !== undefined) return refuse(response, status)
    const sent = connections.get(id)?.send(data) ?? 'gone'
    if (sent === 'gone') return refuse(response, 410)
    if (sent === 'full') return refuse(response, 429)
    if (faults.losePostAnswer({ connectionId: id, data })) return void response.destroy()
    response.writeHead(200).end()
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, givenStage, collection, encodedId = '', ...rest] = (request.url ?? '').replace(/\?.*$/, '').split('/')
    if (givenStage !== stage || collection !== '@connections' || rest.length > 0) return refuse(response, 403)
    const id = decoded(encodedId) ?? ''
    if (!isConnectionId(id)) return refuse(response, 400)
    if (request.method === 'POST') return post(id, request, response)
    const connection = connections.get(id)
    if (connection === undefined) return refuse(response, 410)
    if (request.method === 'DELETE') {
      const status = faults.answerClose(id)
      if (status !== undefined) return refuse(response, status)
      connection.close(1000, 'Connection Closed Normally')
      response.writeHead(204).end()
      return
    }
    if (request.method !== 'GET') return refuse(response, 403)
    const { connectedAt, sourceIp, userAgent } = connection.handshake
    answerJson(response, 200, {
      connectedAt: new Date(connectedAt).toISOString(),
      identity: { sourceIp, userAgent },
      lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
    })
  }
}
