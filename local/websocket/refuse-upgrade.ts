import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Ends an upgrade request with a plain HTTP answer. */
export const refuseUpgrade = (
  socket: Duplex,
  status: number,
  message: string = STATUS_CODES[status] ?? 'Error',
  headers: [string, string][] = [],
): void => {
  const body = JSON.stringify({ message })
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
