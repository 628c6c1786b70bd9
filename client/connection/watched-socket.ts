import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import { readEvent, writeEvent } from './frames.ts'

export type WatchedSocketListeners = {
  received: (event: ServerEvent) => void
  /** The server's greeting is complete: PLAYBACK_STATE was its last frame. */
  greeted: () => void
  /** Once, and never after `close()`. `wasOpened`: false where the handshake itself failed. */
  lost: (wasOpened: boolean) => void
}

/** One socket, from dialling to its end. */
export type WatchedSocket = { send: (event: ClientEvent) => void; close: () => void }

// The server gives up greeting a new connection after 10 s.
const GREETING_TIMEOUT_MS = 15_000
/** Milliseconds without an answer to a PING after which the network is taken for gone: TCP alone takes minutes to notice. */
const PONG_TIMEOUT_MS = 10_000

/** Opens one socket and watches over it: without a greeting, or an answer to a PING, in time it is lost. */
export const openWatchedSocket = (runtime: Runtime, url: string, on: WatchedSocketListeners): WatchedSocket => {
  let isOver = false
  let wasOpened = false
  let isGreeted = false
  let cancelPong: Cancel | undefined

  const end = (): boolean => {
    if (isOver) return false
    isOver = true
    cancelGreeting()
    cancelPong?.()
    return true
  }
  const drop = () => {
    if (!end()) return
    socket.close()
    on.lost(wasOpened)
  }
  const cancelGreeting = runtime.after(GREETING_TIMEOUT_MS, drop)

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
      cancelPong?.()
      cancelPong = undefined
      const event = readEvent(text)
      if (event === undefined) return
      on.received(event)
      if (event.type !== 'PLAYBACK_STATE' || isGreeted || isOver) return
      isGreeted = true
      cancelGreeting()
      on.greeted()
    },
  })

  return {
    send: (event) => {
      if (isOver) return
      if (event.type === 'PING') cancelPong ??= runtime.after(PONG_TIMEOUT_MS, drop)
      socket.send(writeEvent(event))
    },
    close: () => {
      if (end()) socket.close()
    },
  }
}
