import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The whole body, or undefined where it is larger than `limitBytes`. */
export const readBody = async (request: IncomingMessage, limitBytes = Number.POSITIVE_INFINITY) => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    // Read to its end all the same: a client that is still sending does not look for the answer.
    if (size <= limitBytes) chunks.push(chunk)
  }
  return size <= limitBytes ? Buffer.concat(chunks) : undefined
}

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A server around `handler`; what the handler throws is logged and answered with 500, never fatal. */
export const serve = (handler: Handler, log: (line: string) => void, options: ServerOptions = {}): Server =>
  createServer(options, async (request, response) => {
    try {
      await handler(request, response)
    } catch (error) {
      // A client that goes away in the middle of its body is no failure of ours.
      if (request.destroyed && !request.complete) return
      log(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : error}`)
      if (!response.headersSent) answerJson(response, 500, { message: 'Internal Server Error' })
      else response.destroy()
    }
  })

export const listenOn = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** What a request asks for below `prefix`; undefined where its address lies elsewhere. */
const below = (prefix: string, address = ''): string | undefined => {
  if (!address.startsWith(prefix)) return undefined
  const rest = address.slice(prefix.length)
  return rest === '' ? '/' : /^[/?]/.test(rest) ? rest : undefined
}

/**
 * An internal service on a free loopback port: its address is known before what it answers with. Every page and program
 * of this machine can reach the port. So the address holds a secret of this start, which the SDK sends with every call.
 * What a page sends names an Origin, and is refused in any case.
 */
export const openService = async (log: (line: string) => void) => {
  let answer: Handler = (_, response) => answerJson(response, 503, { message: 'Not started yet' })
  const prefix = `/${randomBytes(16).toString('hex')}`
  const server = serve((request, response) => {
    const asked = below(prefix, request.url)
    if (asked === undefined || request.headers.origin !== undefined)
      return answerJson(response, 403, { message: 'Forbidden' })
    request.url = asked
    return answer(request, response)
  }, log)
  const port = await listenOn(server, 0, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    use: (handler: Handler) => {
      answer = handler
    },
    close: () => closeServer(server),
  }
}
