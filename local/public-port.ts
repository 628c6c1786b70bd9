import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { closeServer, listenOn, serve } from './services/listen.ts'

type EdgeHandlers = {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** Whether somebody else listens on the port. */
export const isTaken = (error: unknown): boolean => hasCode(error, 'EADDRINUSE')

// "localhost" is one address for some programs and the other for others. A machine without IPv6 has only the first.
const listenOnBoth = async (create: () => Server, port: number): Promise<{ port: number; servers: Server[] }> => {
  const first = create()
  const chosen = await listenOn(first, port, '127.0.0.1')
  const second = create()
  try {
    await listenOn(second, chosen, '::1')
    return { port: chosen, servers: [first, second] }
  } catch (error) {
    if (hasCode(error, 'EADDRNOTAVAIL', 'EAFNOSUPPORT')) return { port: chosen, servers: [first] }
    await closeServer(first)
    // Free on one address and taken on the other: where any port will do, try the next.
    if (port === 0 && isTaken(error)) return listenOnBoth(create, port)
    throw error
  }
}

/** An offer of any other protocol, as `h2c` of Java and curl, may be passed over: the request is answered as it is. */
const asksForWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket'

/** Opens the port that people and programs use, on this machine only. */
export const openPublicPort = async (handlers: EdgeHandlers, port: number, log: (line: string) => void) => {
  const sockets = new Set<Socket>()
  const create = (): Server => {
    const server = serve(handlers.request, log, { shouldUpgradeCallback: asksForWebSocket })
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    })
    server.on('upgrade', async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // A client that goes away in the middle of its handshake is no failure of ours.
      socket.on('error', () => {})
      try {
        await handlers.upgrade(request, socket, head)
      } catch (error) {
        log(`Upgrade ${request.url} failed: ${error instanceof Error ? error.stack : error}`)
        socket.destroy()
      }
    })
    return server
  }
  const { port: chosen, servers } = await listenOnBoth(create, port)
  return {
    port: chosen,
    close: async () => {
      // Of upgraded connections a server knows nothing any more, but still waits for their end.
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map(closeServer))
    },
  }
}

/** The port, or a free one for 0. Throws, as listening would, where it is taken. */
export const checkPort = async (port: number): Promise<number> => {
  const { port: chosen, close } = await openPublicPort(
    { request: async () => {}, upgrade: async () => {} },
    port,
    () => {},
  )
  await close()
  return chosen
}
