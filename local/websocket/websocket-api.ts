import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Faults, happens } from '../faults.ts'
import { type ApiRequest, headerOf } from '../http/request.ts'
import type { Invocations } from '../lambda/invocations.ts'
import type { Limits } from '../limits.ts'
import type { Api } from '../template/apis.ts'
import { authorize } from './authorizer.ts'
import { type Connection, type Connections, openConnection } from './connections.ts'
import { connectEvent, disconnectEvent, type Handshake, newConnectionId } from './events.ts'
import { meterFrames } from './frame-meter.ts'
import { createMessages } from './messages.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

export type WebSocketApi = ReturnType<typeof createWebSocketApi>

const connectStatus = (result: unknown): number => {
  const status = typeof result === 'object' && result !== null && 'statusCode' in result ? result.statusCode : undefined
  // Without a status there is no answer that API Gateway understands.
  return typeof status === 'number' ? status : 502
}

/** The functions of the routes around a socket's life. */
const createHandshakes = (api: Api, invocations: Invocations, limits: Limits) => {
  const routeOf = (key: string) => api.routes.find((route) => route.key === key)
  return {
    /** Authorizer, then $connect: the status with which the handshake is refused, or nothing. */
    admit: async (request: ApiRequest, handshake: Handshake): Promise<number | undefined> => {
      const route = routeOf('$connect')
      if (route?.authorizer !== undefined) {
        const authorization = await authorize(route.authorizer, api, request, handshake, invocations, limits)
        if (!authorization.ok) return authorization.status
        handshake.authorizer = authorization.context
      }
      if (route === undefined) return undefined
      const outcome = await invocations.call(route.functionName, connectEvent(api, request, handshake))
      if (!outcome.ok) return 502
      const status = connectStatus(outcome.result)
      return status >= 200 && status < 300 ? undefined : status
    },
    disconnected: async (handshake: Handshake, code: number, reason: string): Promise<void> => {
      const route = routeOf('$disconnect')
      if (route === undefined) return
      await invocations.call(route.functionName, disconnectEvent(api, handshake, code, reason))
    },
  }
}

const newHandshake = (request: ApiRequest): Handshake => ({
  connectionId: newConnectionId(),
  connectedAt: Date.now(),
  sourceIp: request.sourceIp,
  userAgent: headerOf(request.headers, 'user-agent'),
  authorizer: undefined,
})

/** API Gateway's WebSocket API: handshakes, frames and goodbyes. */
export const createWebSocketApi = (api: Api, invocations: Invocations, faults: Faults, limits: Limits) => {
  const connections: Connections = new Map()
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    // API Gateway picks no subprotocol on its own.
    handleProtocols: () => false,
  })
  const receiver = createMessages(api, invocations, faults, limits)
  const handshakes = createHandshakes(api, invocations, limits)
  let closing = false

  const disconnected = async (handshake: Handshake, code: number, reason: string): Promise<void> => {
    if (!closing && !happens(faults.dropDisconnect)) await handshakes.disconnected(handshake, code, reason)
  }

  const accept = (socket: WebSocket, raw: Duplex, handshake: Handshake): void => {
    const connection: Connection = openConnection(socket, handshake, limits)
    const receive = receiver(connection)
    connections.set(handshake.connectionId, connection)
    if (raw instanceof Socket)
      meterFrames(raw, limits.frameBytes, () => connection.close(1009, 'Message frame too big'))
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== socket.OPEN) return
      if (isBinary) connection.close(1003, 'Binary frames are not supported')
      else receive(String(data))
    })
    // A broken frame or an oversized message: the library has closed the socket with the right code.
    socket.on('error', () => {})
    socket.once('close', (code, reason) => {
      connections.delete(handshake.connectionId)
      void disconnected(handshake, code, String(reason))
    })
  }

  return {
    connections,
    /** Answers an upgrade request. `request` is what the API sees of it; `raw` is where the handshake is completed. */
    upgrade: async (request: ApiRequest, raw: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
      const refuse = (status: number) => refuseUpgrade(socket, status)
      if (request.path !== `/${api.stage}`) return refuse(403)
      const handshake = newHandshake(request)
      const refused = await handshakes.admit(request, handshake)
      if (refused !== undefined) return refuse(refused)
      if (faults.delayUpgradeMilliseconds > 0) await sleep(faults.delayUpgradeMilliseconds)
      // A client that has gone, or has closed its half: the handshake would end it without a word.
      if (!socket.readable || !socket.writable) return disconnected(handshake, 1006, 'Connection closed abnormally')
      server.handleUpgrade(raw, socket, head, (opened) => accept(opened, socket, handshake))
    },
    close: (): void => {
      closing = true
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}
