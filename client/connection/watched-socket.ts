import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import { readEvent, writeEvent } from './frames.ts'

export type WatchedSocketListeners = {
  /** `isGreeted`: the greeting was complete before this. */
  received: (event: ServerEvent, isGreeted: boolean) => void
  /** The server's greeting is complete: PLAYBACK_STATE was its last frame. */
  greeted: () => void
  /** Once, and never after `close()`. `wasOpened`: false where the handshake itself failed. */
  lost: (wasOpened: boolean) => void
}

/** One socket, from dialling to its end. */
export type WatchedSocket = {
  /** The token that it was dialled with. */
  token: string
  send: (event: ClientEvent) => void
  /** Asks for a PONG because an answer is missing: a socket without any frame soon after is lost. */
  probe: () => void
  close: () => void
}

// The server gives up a connection that is not open after 3 s, and a greeting takes a few round trips.
const GREETING_TIMEOUT_MS = 15_000
/** Milliseconds without an answer to a PING after which the network is taken for gone: TCP alone takes minutes to notice. */
const PONG_TIMEOUT_MS = 10_000
/** The same where there is a suspicion already. A cold function and a slow line together answer within this. */
const PROBE_TIMEOUT_MS = 5_000

/** Waits for any frame until the earliest deadline that was set since the last frame. */
const createDeadline = (runtime: Runtime, missed: () => void) => {
  let cancel: Cancel | undefined
  let due = Number.POSITIVE_INFINITY
  const met = () => {
    cancel?.()
    due = Number.POSITIVE_INFINITY
  }
  const set = (ms: number) => {
    if (runtime.now() + ms >= due) return
    met()
    due = runtime.now() + ms
    cancel = runtime.after(ms, missed)
  }
  return { set, met }
}

/** Opens one socket and watches over it: no greeting, or no answer to a PING, in time is a lost socket. */
export const openWatchedSocket = (
  runtime: Runtime,
  { url, token }: { url: string; token: string },
  on: WatchedSocketListeners,
): WatchedSocket => {
  let isOver = false
  let wasOpened = false
  let isGreeted = false

  const end = (): boolean => {
    if (isOver) return false
    isOver = true
    cancelGreeting()
    pong.met()
    return true
  }
  const drop = () => {
    if (!end()) return
    socket.close()
    on.lost(wasOpened)
  }
  const pong = createDeadline(runtime, drop)

  const socket = runtime.openSocket(url, {
    opened: () => {
      wasOpened = true
    },
    closed: () => {
      if (end()) on.lost(wasOpened)
    },
    received: (text) => {
      if (isOver) return
      // Any frame proves that the socket lives.
      pong.met()
      const event = readEvent(text)
      if (event === undefined) return
      on.received(event, isGreeted)
      if (event.type !== 'PLAYBACK_STATE' || isGreeted || isOver) return
      isGreeted = true
      cancelGreeting()
      on.greeted()
    },
  })
  // The timer begins only now: where no socket can be opened, nothing is left behind.
  const cancelGreeting = runtime.after(GREETING_TIMEOUT_MS, drop)
  const send = (event: ClientEvent) => {
    if (isOver) return
    if (event.type === 'PING') pong.set(PONG_TIMEOUT_MS)
    socket.send(writeEvent(event))
  }

  return {
    token,
    send,
    probe: () => {
      if (isOver) return
      pong.set(PROBE_TIMEOUT_MS)
      send({ type: 'PING', t0: runtime.now() })
    },
    close: () => {
      if (end()) socket.close()
    },
  }
}
