import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Manner } from './manner.ts'

/** How often a slow connection carries something. */
const TICK_MS = 50
/** The instant until which a connection is busy with what it was given. */
const busyUntil = new WeakMap<Socket, number>()

/** Waits for its turn on a connection that carries so many bytes a second. */
const turn = async (socket: Socket, bytes: number, bytesPerSecond: number): Promise<void> => {
  const now = performance.now()
  const begins = Math.max(now, busyUntil.get(socket) ?? 0)
  const ends = begins + (bytes / bytesPerSecond) * 1000
  busyUntil.set(socket, ends)
  await wait(ends - now)
}

/** Sends the body at the pace, and as far, as the manner says. */
export const sendBody = async (response: ServerResponse, body: Buffer, manner: Manner): Promise<void> => {
  const { bytesPerSecond, cutAfterBytes = Number.POSITIVE_INFINITY } = manner
  const { socket } = response
  if (socket === null) return
  const last = Math.min(body.length, cutAfterBytes)
  const step = bytesPerSecond === undefined ? last : Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1000))
  // A length that was not told must not be told by Node either, which knows it where a body comes in one piece.
  response.flushHeaders()
  for (let at = 0; at < last && !socket.destroyed; at += step) {
    const piece = body.subarray(at, Math.min(at + step, last))
    if (bytesPerSecond !== undefined) await turn(socket, piece.length, bytesPerSecond)
    if (response.destroyed) return
    response.write(piece)
  }
  if (last === body.length) response.end()
  // What was written is sent before the connection is cut.
  else response.write('', () => socket.destroy())
}
