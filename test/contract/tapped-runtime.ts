import type { Runtime, Socket, SocketListeners } from '../../client/index.ts'
import { ServerEvent } from '../../protocol/server-events.ts'

/** A runtime whose sockets are listened to, and whose line can be cut. */
export type TappedRuntime = {
  runtime: Runtime
  /** Every frame that came, over all sockets of this runtime. */
  frames: ServerEvent[]
  /** What came and is no frame of the contract: how it differs, and the frame. */
  violations: string[]
  /** Sends beside the library; false where the line is down. */
  send: (frame: object) => boolean
  /** Sockets that were asked for so far. */
  dials: () => number
  /** The line is lost, and no new one opens. */
  cut: () => void
  /** New sockets open again. */
  mend: () => void
}

type Line = { socket: Socket; listeners: SocketListeners }

export const tapRuntime = (runtime: Runtime): TappedRuntime => {
  const frames: ServerEvent[] = []
  const violations: string[] = []
  let line: Line | undefined
  let isDown = false
  let dials = 0

  const note = (text: string) => {
    const read = ServerEvent.safeParse(JSON.parse(text))
    if (read.success) frames.push(read.data)
    else violations.push(`${read.error.message} in ${text}`)
  }

  const openSocket: Runtime['openSocket'] = (url, listeners) => {
    dials += 1
    if (isDown) {
      runtime.after(1, listeners.closed)
      return { send: () => undefined, close: () => undefined }
    }
    let mine: Line | undefined
    const socket = runtime.openSocket(url, {
      ...listeners,
      received: (text) => {
        if (mine !== line) return
        note(text)
        listeners.received(text)
      },
      closed: () => {
        if (mine === line) line = undefined
        listeners.closed()
      },
    })
    mine = { socket, listeners }
    line = mine
    return socket
  }

  return {
    runtime: { ...runtime, openSocket },
    frames,
    violations,
    send: (frame) => {
      line?.socket.send(JSON.stringify(frame))
      return line !== undefined
    },
    dials: () => dials,
    cut: () => {
      isDown = true
      const lost = line
      line = undefined
      lost?.socket.close()
      lost?.listeners.closed()
    },
    mend: () => {
      isDown = false
    },
  }
}
