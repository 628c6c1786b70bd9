import type { WebSocket } from 'ws'
import type { Limits } from '../limits.ts'
import type { Handshake } from './events.ts'

/** An open socket. It exists here only between the end of its handshake and its close. */
export type Connection = {
  handshake: Handshake
  lastActiveAt: number
  /** False when the socket is closing or already too much waits for its client. */
  send(data: string): 'sent' | 'gone' | 'full'
  close(code: number, reason: string): void
  touch(): void
}

export type Connections = Map<string, Connection>

// A client that does not answer a close is cut off after this.
const CLOSE_MS = 2_000

/** Wraps `socket`, and closes it when it idles or lives too long. */
export const openConnection = (socket: WebSocket, handshake: Handshake, limits: Limits): Connection => {
  const close = (code: number, reason: string) => {
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), CLOSE_MS).unref()
  }
  const goAway = () => close(1001, 'Going away')
  const idle = setTimeout(goAway, limits.idleMilliseconds)
  const lifetime = setTimeout(goAway, limits.durationMilliseconds)
  socket.once('close', () => {
    clearTimeout(idle)
    clearTimeout(lifetime)
  })
  const connection: Connection = {
    handshake,
    lastActiveAt: handshake.connectedAt,
    send: (data) => {
      if (socket.readyState !== socket.OPEN) return 'gone'
      if (socket.bufferedAmount > limits.bufferedBytes) return 'full'
      socket.send(data)
      connection.touch()
      return 'sent'
    },
    close,
    touch: () => {
      connection.lastActiveAt = Date.now()
      idle.refresh()
    },
  }
  return connection
}
