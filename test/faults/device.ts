import { WebSocket } from 'ws'
import type { Cancel, Runtime, SocketListeners } from '../../client/index.ts'
import type { Draws } from './draws.ts'
import type { Timeline } from './timeline.ts'

const DAY_MS = 24 * 3600 * 1000
/** How far the clocks of devices are off, both ways. */
const MOST_DAYS_OFF = 3

/** What a client of the library runs on: real sockets and HTTP, a clock that can be moved on, and a wrong date. */
export type Device = {
  runtime: Runtime
  /** Sockets that were dialled so far. */
  dials: () => number
  /** SYNC_REQUEST frames that were sent so far. */
  syncRequests: () => number
  /** Calls and PINGs that have no answer yet. */
  unanswered: () => number
  /** Whether a socket of it is open. */
  isConnected: () => boolean
  /** Gone without a word: the sockets break off, no timer fires and nothing is heard any more. */
  crash: () => void
}

const dial = (url: string, listeners: SocketListeners, isAlive: () => boolean) => {
  const socket = new WebSocket(url)
  socket.on('open', () => isAlive() && listeners.opened())
  socket.on('message', (data) => isAlive() && listeners.received(String(data)))
  socket.on('close', () => isAlive() && listeners.closed())
  // What follows is a close, which is told.
  socket.on('error', () => {})
  return socket
}

export const createDevice = (timeline: Timeline, draws: Draws): Device => {
  const origin = draws.between(0, 1e6)
  const offMs = draws.between(-MOST_DAYS_OFF, MOST_DAYS_OFF) * DAY_MS
  const sockets = new Set<WebSocket>()
  const timers = new Set<Cancel>()
  const pings = new Set<WebSocket>()
  let isAlive = true
  let dials = 0
  let syncRequests = 0
  let calls = 0

  const openSocket: Runtime['openSocket'] = (url, listeners) => {
    dials += 1
    const ended = (run: () => void) => () => {
      sockets.delete(socket)
      pings.delete(socket)
      run()
    }
    const received = (text: string) => {
      if (text.startsWith('{"type":"PONG"')) pings.delete(socket)
      listeners.received(text)
    }
    const socket = dial(url, { ...listeners, received, closed: ended(listeners.closed) }, () => isAlive)
    sockets.add(socket)
    return {
      send: (text) => {
        if (socket.readyState !== WebSocket.OPEN) return
        if (text.startsWith('{"type":"SYNC_REQUEST"')) syncRequests += 1
        if (text.startsWith('{"type":"PING"')) pings.add(socket)
        socket.send(text)
      },
      close: ended(() => socket.close()),
    }
  }

  const after: Runtime['after'] = (ms, run) => {
    if (!isAlive) return () => {}
    const cancel = timeline.after(ms, () => {
      timers.delete(cancel)
      run()
    })
    timers.add(cancel)
    return () => {
      timers.delete(cancel)
      cancel()
    }
  }

  return {
    runtime: {
      now: () => timeline.now() + origin,
      wall: () => Date.now() + timeline.ahead() + offMs,
      after,
      random: draws.random,
      fetch: async (url, init) => {
        calls += 1
        try {
          const answer = await fetch(url, init)
          const text = await answer.text()
          return { status: answer.status, headers: answer.headers, text: async () => text }
        } finally {
          calls -= 1
        }
      },
      openSocket,
      onOnline: () => () => {},
    },
    dials: () => dials,
    syncRequests: () => syncRequests,
    unanswered: () => calls + pings.size,
    isConnected: () => [...sockets].some(({ readyState }) => readyState === WebSocket.OPEN),
    crash: () => {
      isAlive = false
      for (const cancel of timers) cancel()
      for (const socket of sockets) socket.terminate()
      sockets.clear()
      pings.clear()
    },
  }
}
