import type { Fetch, Runtime, SocketListeners } from '../../../client/runtime.ts'
import { between } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

export type LinkTraits = {
  /** Milliseconds there and back. */
  roundTrip: number
  /** 0.3: either way takes up to 30 % more or less. */
  jitter?: number
  /** Share of packets lost: TCP sends them again, so they and all behind them come late. */
  loss?: number
}

/** What the server sees of one open socket. */
export type ServerSocket = {
  token: string
  send: (frame: object) => void
  close: () => void
  received: (frame: unknown) => void
}

export type Device = {
  runtime: Runtime
  /** The line goes dead without a word in either direction, for sockets and calls alike. */
  setOffline: (isOffline: boolean) => void
  /** The operating system says that the network is back. */
  announceOnline: () => void
  /** The device sleeps: its local clock stands still for this long, and its wall clock does not. */
  sleep: (ms: number) => void
  sent: { type: string; at: number }[]
}

export const EPOCH = 1_790_000_000_000

export type Server = {
  /** Status to refuse the handshake with, or what to do with the socket once open. */
  accept: (socket: ServerSocket) => number | undefined
  answer: (call: { method: string; path: string; token: string | null; body: Record<string, unknown> }) => {
    status: number
    body: unknown
    headers?: Record<string, string>
  }
}

/** A device behind a link of its own, with a clock of its own: off by `clockError` milliseconds, too fast by `clockDrift` (1e-6 is a millionth). */
export const createDevice = (
  time: VirtualTime,
  random: () => number,
  server: Server,
  link: LinkTraits,
  clockError = 0,
  clockDrift = 0,
): Device => {
  let isOffline = false
  let slept = 0
  const onlineListeners = new Set<() => void>()
  const sent: Device['sent'] = []

  const delay = () => {
    const jitter = link.jitter ?? 0
    const lost = random() < (link.loss ?? 0) ? 200 + link.roundTrip : 0
    return (link.roundTrip / 2) * between(random, 1 - jitter, 1 + jitter) + lost
  }
  // What is on its way while the line is dead arrives once it is back: TCP sends it again.
  const held: (() => void)[] = []
  // One direction of a TCP connection: what was sent later never arrives earlier.
  const direction = () => {
    let lastArrival = 0
    return (run: () => void) => {
      lastArrival = Math.max(lastArrival, time.now() + delay())
      time.after(lastArrival - time.now(), () => {
        if (isOffline) held.push(run)
        else run()
      })
    }
  }

  const openSocket = (url: string, listeners: SocketListeners) => {
    const up = direction()
    const down = direction()
    let isOpen = true
    const shut = () => {
      if (!isOpen) return
      isOpen = false
      listeners.closed()
    }
    const end: ServerSocket = {
      token: new URL(url).searchParams.get('token') ?? '',
      send: (frame) => down(() => isOpen && listeners.received(JSON.stringify(frame))),
      close: () => down(shut),
      received: () => undefined,
    }
    let leave: () => void = () => undefined
    up(() => {
      if (!isOpen) return
      down(() => isOpen && listeners.opened())
      if (server.accept(end) !== undefined) return shut()
      leave = () => end.received({ type: 'close' })
    })
    return {
      send: (text: string) => {
        const frame: { type: string } = JSON.parse(text)
        sent.push({ type: frame.type, at: time.now() })
        up(() => isOpen && end.received(frame))
      },
      close: () => {
        isOpen = false
        up(() => leave())
      },
    }
  }

  const fetch: Fetch = (url, init) =>
    new Promise((resolve, reject) => {
      init.signal.addEventListener('abort', () => reject(new Error('aborted')))
      if (isOffline) return void time.after(1, () => reject(new TypeError('fetch failed')))
      const { pathname, search } = new URL(url)
      const body: Record<string, unknown> = JSON.parse(init.body ?? '{}')
      const token = init.headers.authorization?.replace('Bearer ', '') ?? null
      time.after(delay(), () => {
        const answer = server.answer({ method: init.method, path: pathname + search, token, body })
        time.after(delay(), () => {
          if (isOffline) return void reject(new TypeError('fetch failed'))
          const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
          const headers = new Headers(answer.headers)
          resolve({ status: answer.status, headers, text: () => Promise.resolve(text) })
        })
      })
    })

  return {
    runtime: {
      now: () => time.now() * (1 + clockDrift) + clockError - slept,
      wall: () => EPOCH + time.now() * (1 + clockDrift) + clockError,
      after: time.after,
      random,
      fetch,
      openSocket,
      onOnline: (run) => {
        onlineListeners.add(run)
        return () => onlineListeners.delete(run)
      },
    },
    setOffline: (offline) => {
      isOffline = offline
      if (!offline) for (const run of held.splice(0)) run()
    },
    announceOnline: () => {
      for (const listener of [...onlineListeners]) listener()
    },
    sleep: (ms) => {
      slept += ms
    },
    sent,
  }
}
