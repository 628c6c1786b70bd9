import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

export type Closed = { code: number; reason: string }

/** A real client whose frames can be waited for, one after the other. */
export const connect = async (url: string, options: ClientOptions = {}) => {
  const socket = new WebSocket(url, options)
  onTestFinished(() => socket.terminate())
  const frames: string[] = []
  const waiting: ((frame: string) => void)[] = []
  socket.on('message', (data) => {
    const waiter = waiting.shift()
    if (waiter) waiter(String(data))
    else frames.push(String(data))
  })
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await once(socket, 'open')
  socket.on('error', () => {})
  return {
    socket,
    closed,
    /** Frames that came and that nobody has asked for yet. */
    frames,
    send: (data: unknown) => socket.send(typeof data === 'string' ? data : JSON.stringify(data)),
    next: (): Promise<string> => {
      const frame = frames.shift()
      return frame === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(frame)
    },
  }
}

/** The status with which a handshake is refused. */
export const refusal = (url: string, options: ClientOptions = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options)
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      response.resume()
    })
    socket.once('open', () => {
      socket.terminate()
      reject(new Error(`${url} opened instead of being refused.`))
    })
    socket.once('error', reject)
  })
