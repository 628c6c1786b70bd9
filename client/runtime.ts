/** Cancels what it was returned for. Calling it twice, or too late, does nothing. */
export type Cancel = () => void

export type SocketListeners = {
  opened: () => void
  received: (text: string) => void
  /** Also where the handshake was refused: a browser does not tell the two apart. */
  closed: () => void
}

export type Socket = { send: (text: string) => void; close: () => void }

export type HttpAnswer = {
  status: number
  headers: { get: (name: string) => string | null }
  text: () => Promise<string>
}

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
) => Promise<HttpAnswer>

/** All that the library asks of the place it runs in. Tests hand in one that runs in virtual time. */
export type Runtime = {
  /** Local clock in milliseconds, with any origin, that never steps back. A player's readings are on this clock. */
  now: () => number
  /** Milliseconds since the epoch as this device believes them: only to notice sleep and to judge the age of things that last. */
  wall: () => number
  /** Runs `run` once, `ms` milliseconds from now. */
  after: (ms: number, run: () => void) => Cancel
  /** 0 (included) to 1 (excluded). */
  random: () => number
  fetch: Fetch
  openSocket: (url: string, listeners: SocketListeners) => Socket
  /** Runs `run` whenever the network returns, until cancelled. */
  onOnline: (run: () => void) => Cancel
}

type EventSource = {
  addEventListener?: (type: string, listener: () => void) => void
  removeEventListener?: (type: string, listener: () => void) => void
}

const openSocket: Runtime['openSocket'] = (url, listeners) => {
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => listeners.opened())
  socket.addEventListener('close', () => listeners.closed())
  socket.addEventListener('message', ({ data }: { data: unknown }) => {
    if (typeof data === 'string') listeners.received(data)
  })
  return { send: (text) => socket.send(text), close: () => socket.close() }
}

const onOnline: Runtime['onOnline'] = (run) => {
  // A browser's window tells; Node's global has no such event, and there the retry timer has to do.
  const source = globalThis as EventSource
  source.addEventListener?.('online', run)
  return () => source.removeEventListener?.('online', run)
}

/**
 * The globals of a browser or of Node, as a {@link Runtime}.
 * @example createApi({ origin: 'https://streamit.example', runtime: { ...globalRuntime, random: () => 0.5 } })
 */
export const globalRuntime: Runtime = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  fetch: (url, init) => fetch(url, init),
  openSocket,
  onOnline,
}
