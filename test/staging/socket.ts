import { once } from 'node:events'
import { WebSocket } from 'ws'
import { isCommandType } from '../../protocol/event-types.ts'
import { ServerEvent, type ServerEventOf } from '../../protocol/server-events.ts'
import { holdFrame, holdSentFrame } from './published.ts'

type Closed = { code: number; reason: string }

/** A real client of one room. Every frame that it receives is held against the contract, as the schemas and as docs/asyncapi.json have it; of those that it sends each that the server takes. */
export type RoomSocket = {
  socket: WebSocket
  closed: Promise<Closed>
  /** Everything received so far. */
  frames: ServerEvent[]
  /** The same as it stood on the wire. */
  texts: string[]
  send: (frame: unknown) => void
  /**
   * The next frame of that type that nobody has waited for yet, and that the condition holds for. A version of the
   * playback or of the facts that the server tells a second time by itself is passed over, as clients do: see settle (functions/fanout/tell-change.ts).
   */
  next: <T extends ServerEvent['type']>(
    type: T,
    condition?: (event: ServerEventOf<T>) => boolean,
  ) => Promise<ServerEventOf<T>>
  /** Resolves when everything that the server has sent so far has arrived. */
  flush: () => Promise<void>
  /** Frames of that type received so far. */
  all: <T extends ServerEvent['type']>(type: T) => ServerEventOf<T>[]
  close: () => Promise<void>
}

const PATIENCE_MS = 8_000

/** Of the playback or the facts, where the frame answers nobody. */
const versionOf = (frame: ServerEvent): number | undefined => {
  if ('ref' in frame) return undefined
  if (frame.type === 'ROOM_UPDATED') return frame.revision
  return isCommandType(frame.type) && 'version' in frame ? frame.version : undefined
}

export const openSocket = async (url: string): Promise<RoomSocket> => {
  const socket = new WebSocket(url)
  const frames: ServerEvent[] = []
  const texts: string[] = []
  const waitedFor = new Set<ServerEvent>()
  const isToldAgain = (frame: ServerEvent) => {
    const version = versionOf(frame)
    return version !== undefined && [...waitedFor].some((one) => one.type === frame.type && versionOf(one) === version)
  }
  const arrivals = new Set<() => void>()
  socket.on('message', (data) => {
    const text = String(data)
    texts.push(text)
    const frame = JSON.parse(text)
    holdFrame(frame)
    frames.push(ServerEvent.parse(frame))
    for (const arrival of arrivals) arrival()
  })
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  // Rejects where the handshake is refused.
  await once(socket, 'open')
  socket.on('error', () => {})

  const next: RoomSocket['next'] = (type, condition = () => true) =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const found = frames.find(
          (frame) =>
            frame.type === type &&
            !waitedFor.has(frame) &&
            !isToldAgain(frame) &&
            condition(frame as ServerEventOf<typeof type>),
        )
        if (found === undefined) return false
        waitedFor.add(found)
        arrivals.delete(look)
        clearTimeout(impatient)
        resolve(found as ServerEventOf<typeof type>)
        return true
      }
      const impatient = setTimeout(() => {
        arrivals.delete(look)
        reject(new Error(`No ${type} came. What came: ${frames.map((frame) => frame.type).join(', ') || 'nothing'}`))
      }, PATIENCE_MS)
      if (!look()) arrivals.add(look)
    })

  return {
    socket,
    closed,
    frames,
    texts,
    send: (frame) => {
      if (typeof frame !== 'string') holdSentFrame(frame)
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
    },
    next,
    flush: async () => {
      if (socket.readyState !== WebSocket.OPEN) return
      const pong = once(socket, 'pong')
      socket.ping()
      await Promise.race([pong, closed])
    },
    all: (type) => frames.filter((frame) => frame.type === type) as ServerEventOf<typeof type>[],
    close: async () => {
      socket.close()
      await closed
    },
  }
}

/** The status with which a handshake is refused. */
export const refusedWith = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      response.resume()
      socket.terminate()
    })
    socket.once('open', () => {
      socket.terminate()
      reject(new Error('The socket opened instead of being refused.'))
    })
    socket.once('error', () => {})
  })
