import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Channel, openChannel } from './channel.ts'
import { findFile, type Stored } from './files.ts'
import type { ChannelOptions } from './live-channel.ts'
import { type Manner, mannerOfPath, mannerToPath } from './manner.ts'
import { sendBody } from './send-body.ts'

/** What a player asked for. */
type Asked = { method: string; path: string; range: string | undefined }

export type MediaServer = {
  url: string
  /** Where a file lies: `film.mp4`, `vod/stream.m3u8`; with a manner, how it is served. */
  address: (file: string, manner?: Manner) => string
  /** Starts a live stream. */
  channel: (options?: ChannelOptions & { name?: string }) => Channel
  /** Serves a file under another name as well, as stores do that ask nothing about it; answers its address. */
  named: (name: string, file: string) => string
  /** From now on refuses every path that fits, until the function that it returns is called. */
  refuse: (paths: RegExp, status?: number) => () => void
  /** Every request so far, in order. */
  asked: Asked[]
  close: () => Promise<void>
}

export type MediaServerOptions = {
  /** A port of one's own, to come back at the address of a server that was closed. */
  port?: number
  clock?: () => number
}

/**
 * Serves the files beside it, and live streams, as hosts in the wild do: well and badly.
 * @example
 * const media = await startMediaServer()
 * media.address('film.mp4', { ranges: false }) // http://127.0.0.1:<port>/ranges=false/film.mp4
 */
export const startMediaServer = async ({
  port = 0,
  clock = Date.now,
}: MediaServerOptions = {}): Promise<MediaServer> => {
  const channels = new Map<string, Channel>()
  const names = new Map<string, string>()
  const refusals = new Set<{ paths: RegExp; status: number }>()
  const asked: Asked[] = []

  const find = (name: string): Stored | undefined => {
    const [folder = '', ...rest] = name.split('/')
    const stored = channels.get(folder)?.find(rest.join('/')) ?? findFile(names.get(name) ?? name)
    return stored && names.has(name) ? { ...stored, type: 'application/octet-stream' } : stored
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://media')
    const [, mannerPath = '', ...rest] = pathname.split('/')
    const name = rest.join('/')
    const manner = mannerOfPath(mannerPath)
    const { method = 'GET' } = request
    const { range } = request.headers
    asked.push({ method, path: name, range })
    const open = manner.cors !== false
    if (open) {
      for (const kind of ['origin', 'headers', 'methods']) response.setHeader(`access-control-allow-${kind}`, '*')
      response.setHeader('access-control-expose-headers', '*')
    }
    response.setHeader('cache-control', 'no-store')
    const refuse = (status: number): void =>
      void response.writeHead(status, { 'content-type': 'text/plain' }).end('No.')

    if (method === 'OPTIONS') return void response.writeHead(open ? 204 : 403).end()
    if (manner.hangs) return
    const refused = [...refusals].find(({ paths }) => paths.test(name))
    if (refused !== undefined) return refuse(refused.status)
    if (manner.redirects) return void response.writeHead(302, { location: `/${mannerToPath({})}/${name}` }).end()
    if (manner.page)
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
    if (manner.status !== undefined) return refuse(manner.status)
    const stored = find(name)
    if (stored === undefined) return refuse(404)
    await send(request, response, stored, manner)
  }

  const server = createServer((request, response) => {
    // Whoever asked may leave before everything is sent.
    serve(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const address: MediaServer['address'] = (file, manner = {}) => `${url}/${mannerToPath(manner)}/${file}`

  return {
    url,
    address,
    channel: ({ name = 'live', ...options } = {}) => {
      const channel = openChannel(options, clock, (file, manner) => address(`${name}/${file}`, manner))
      channels.set(name, channel)
      return channel
    },
    named: (name, file) => {
      names.set(name, file)
      return address(name)
    },
    refuse: (paths, status = 403) => {
      const refusal = { paths, status }
      refusals.add(refusal)
      return () => refusals.delete(refusal)
    },
    asked,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/** The part that a request asks for; undefined for the whole; 'none' where there is no such part. */
const partOf = (range: string | undefined, size: number): { from: number; to: number } | 'none' | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to ? 'none' : { from, to }
}

const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  { body, type }: Stored,
  manner: Manner,
): Promise<void> => {
  const knowsRanges = manner.ranges !== false
  const part = knowsRanges ? partOf(request.headers.range, body.length) : undefined
  response.setHeader('content-type', manner.type ?? type)
  if (knowsRanges) response.setHeader('accept-ranges', 'bytes')
  if (part === 'none') return void response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end()
  const { from, to } = part ?? { from: 0, to: body.length - 1 }
  if (part !== undefined) response.setHeader('content-range', `bytes ${from}-${to}/${body.length}`)
  if (manner.length !== false) response.setHeader('content-length', to - from + 1)
  response.statusCode = part === undefined ? 200 : 206
  if (request.method === 'HEAD') return void response.end()
  await sendBody(response, body.subarray(from, to + 1), manner)
}
