import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Passage } from './edge/edge.ts'
import { type ApiRequest, type ApiResponse, headerPairs, jsonResponse, splitTarget } from './http/request.ts'
import type { Limits } from './limits.ts'
import { readBody } from './services/listen.ts'
import { refuseUpgrade } from './websocket/refuse-upgrade.ts'
import type { WebSocketApi } from './websocket/websocket-api.ts'

type HttpOrigin = (request: ApiRequest, body: Buffer | undefined) => Promise<ApiResponse>

type Origins = {
  edge: ((viewer: ApiRequest) => Promise<Passage>) | undefined
  /** APIs over HTTP and buckets, by domain. */
  http: Map<string, HttpOrigin>
  /** WebSocket APIs, by domain. */
  webSocket: Map<string, WebSocketApi>
  /** The WebSocket API that this port also is: `/<stage>` goes to it and past the edge. */
  direct: { path: string; api: WebSocketApi }
}

const viewerRequest = (request: IncomingMessage): ApiRequest => ({
  method: request.method ?? 'GET',
  ...splitTarget(request.url ?? '/'),
  headers: headerPairs(request.rawHeaders),
  sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
})

const upgradeRequired = jsonResponse(426, { message: 'Upgrade Required' })

const send = (response: ServerResponse, method: string, { status, headers, body }: ApiResponse): void => {
  response.statusCode = status
  for (const [name, value] of headers) response.appendHeader(name, value)
  if (status !== 204 && status !== 304) response.setHeader('content-length', Buffer.byteLength(body))
  response.end(method === 'HEAD' ? undefined : body)
}

/** The one public port: the edge with everything behind it, and the WebSocket API's own address. */
export const createFrontDoor = ({ edge, http, webSocket, direct }: Origins, limits: Limits) => {
  const pass = async (viewer: ApiRequest): Promise<Passage> =>
    edge === undefined ? { response: jsonResponse(403, { message: 'Forbidden' }) } : edge(viewer)

  const answer = async (viewer: ApiRequest, body: Buffer | undefined): Promise<ApiResponse> => {
    if (viewer.path === direct.path) return upgradeRequired
    const passage = await pass(viewer)
    if ('response' in passage) return passage.response
    const origin = http.get(passage.domain)
    if (origin !== undefined) return passage.finish(await origin(passage.request, body))
    if (webSocket.has(passage.domain)) return passage.finish(upgradeRequired)
    throw new Error(`The template has nothing that answers at the origin ${passage.domain}.`)
  }

  return {
    request: async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const viewer = viewerRequest(request)
      send(response, viewer.method, await answer(viewer, await readBody(request, limits.httpBodyBytes)))
    },
    upgrade: async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
      const viewer = viewerRequest(request)
      if (viewer.path === direct.path) return direct.api.upgrade(viewer, request, socket, head)
      const passage = await pass(viewer)
      if ('response' in passage)
        return refuseUpgrade(socket, passage.response.status, undefined, passage.response.headers)
      const api = webSocket.get(passage.domain)
      if (api === undefined) return refuseUpgrade(socket, 403)
      await api.upgrade(passage.request, request, socket, head)
    },
  }
}
