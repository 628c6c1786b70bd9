import { randomBytes, randomUUID } from 'node:crypto'
import { requestTime } from '../http/payload.ts'
import { type ApiRequest, groupValues, headerOf } from '../http/request.ts'
import type { Api } from '../template/apis.ts'

/** What an authorizer said about a connection; part of every event of it. */
export type AuthorizerContext = Record<string, string | number>

/** What is known of a connection from its handshake on. */
export type Handshake = {
  connectionId: string
  connectedAt: number
  sourceIp: string
  userAgent: string | undefined
  authorizer: AuthorizerContext | undefined
}

export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT'

/** Eleven bytes are sixteen characters, the last an equals sign: as API Gateway's are. */
export const newConnectionId = (): string => `${randomBytes(11).toString('base64url')}=`

export const isConnectionId = (text: string): boolean => /^[\w-]{15}=$/.test(text)

export const requestContext = (api: Api, handshake: Handshake, routeKey: string, eventType: EventType) => {
  const now = Date.now()
  const requestId = randomUUID()
  return {
    routeKey,
    eventType,
    ...(handshake.authorizer && { authorizer: handshake.authorizer }),
    ...(eventType === 'MESSAGE' && { messageId: randomBytes(11).toString('base64url') }),
    requestId,
    extendedRequestId: requestId,
    requestTime: requestTime(now),
    requestTimeEpoch: now,
    messageDirection: 'IN' as const,
    stage: api.stage,
    connectedAt: handshake.connectedAt,
    identity: { sourceIp: handshake.sourceIp, ...(handshake.userAgent && { userAgent: handshake.userAgent }) },
    domainName: api.domain,
    connectionId: handshake.connectionId,
    apiId: api.id,
  }
}

const lastOfEach = (groups: Map<string, string[]>): Record<string, string> =>
  Object.fromEntries([...groups].map(([name, values]) => [name, values.at(-1) ?? '']))

/** Headers and query as $connect and its authorizer see them. */
export const handshakeParts = (api: Api, request: ApiRequest) => {
  const forwarded = [headerOf(request.headers, 'x-forwarded-for'), request.sourceIp].filter(Boolean).join(', ')
  const headers = groupValues([
    ...request.headers.filter(([name]) => !/^(host|x-forwarded-for)$/i.test(name)),
    ['Host', api.domain],
    ['X-Forwarded-For', forwarded],
  ])
  const query = groupValues(new URLSearchParams(request.query))
  return {
    headers: lastOfEach(headers),
    multiValueHeaders: Object.fromEntries(headers),
    ...(query.size > 0 && {
      queryStringParameters: lastOfEach(query),
      multiValueQueryStringParameters: Object.fromEntries(query),
    }),
  }
}

export const connectEvent = (api: Api, request: ApiRequest, handshake: Handshake) => ({
  ...handshakeParts(api, request),
  requestContext: requestContext(api, handshake, '$connect', 'CONNECT'),
  isBase64Encoded: false,
})

export const messageEvent = (api: Api, handshake: Handshake, routeKey: string, body: string) => ({
  requestContext: requestContext(api, handshake, routeKey, 'MESSAGE'),
  body,
  isBase64Encoded: false,
})

export const disconnectEvent = (api: Api, handshake: Handshake, statusCode: number, reason: string) => ({
  headers: { Host: api.domain, 'x-api-key': '', 'x-restapi': '' },
  multiValueHeaders: { Host: [api.domain], 'x-api-key': [''], 'x-restapi': [''] },
  requestContext: {
    ...requestContext(api, handshake, '$disconnect', 'DISCONNECT'),
    disconnectStatusCode: statusCode,
    disconnectReason: reason,
  },
  isBase64Encoded: false,
})
