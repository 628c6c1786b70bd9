import { WebSocket } from 'ws'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { GivenOnly } from '../flow/given-only-client.ts'
import { foldGiven } from '../flow/given-only-client.ts'
import type { Draws } from './draws.ts'
import type { Timeline } from './timeline.ts'

/** A client that knows only the given fields: no versions, no ids, no clocks, no PING. It dials again when its socket closes. */
export type GivenOnlyClient = {
  /** What it holds: of its present socket, and every message that it ever heard. */
  shows: () => GivenOnly & { everHeard: Set<string> }
  /** Of the table's clock, when it was first greeted; undefined before. */
  greetedAt: () => number | undefined
  isConnected: () => boolean
  /** Dials, and was neither greeted nor refused yet. */
  isDialling: () => boolean
  say: (message: string) => void
  close: () => void
}

/** A handshake that takes longer is given up, as browsers and systems do. */
const DIAL_WITHIN_MS = 10_000

type Surroundings = { url: string; timeline: Timeline; draws: Draws; serverNow: () => number }

export const openGivenOnly = ({ url, timeline, draws, serverNow }: Surroundings): GivenOnlyClient => {
  const everHeard = new Set<string>()
  let frames: ServerEvent[] = []
  let greetedAt: number | undefined
  let isOver = false
  let isDialling = false
  let socket: WebSocket

  const hear = (event: ServerEvent) => {
    frames.push(event)
    if (event.type === 'CHAT_MESSAGE') everHeard.add(event.message)
    if (event.type === 'CHAT_HISTORY') for (const { message } of event.messages) everHeard.add(message)
    if (event.type !== 'PLAYBACK_STATE') return
    isDialling = false
    greetedAt ??= serverNow()
  }
  const dial = () => {
    if (isOver) return
    const dialled = new WebSocket(url, { handshakeTimeout: DIAL_WITHIN_MS })
    socket = dialled
    frames = []
    isDialling = true
    dialled.on('message', (data) => {
      if (dialled === socket) hear(JSON.parse(String(data)) as ServerEvent)
    })
    dialled.on('error', () => {})
    dialled.on('close', () => {
      isDialling = false
      timeline.after(draws.between(1_000, 2_000), dial)
    })
  }
  dial()
  return {
    shows: () => ({ ...foldGiven({ frames }), everHeard }),
    greetedAt: () => greetedAt,
    isConnected: () => socket.readyState === WebSocket.OPEN && frames.some(({ type }) => type === 'PLAYBACK_STATE'),
    isDialling: () => isDialling,
    say: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'CHAT_MESSAGE', message }))
    },
    close: () => {
      isOver = true
      socket.terminate()
    },
  }
}
