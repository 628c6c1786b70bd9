import type { ClientEvent } from '../../protocol/client-events.ts'
import { removalCodes } from '../../protocol/refusals.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import { type Closure, type ConnectionState, handoverDelay, retryDelay } from './connection-state.ts'
import { type Line, openLine } from './line.ts'

export type ConnectionOptions = {
  runtime: Runtime
  /** The socket's address with the token in hand at that moment. */
  url: () => string
  /** Asked when a handshake failed: why the server refuses for good, or undefined where trying again makes sense. */
  refusal: () => Promise<Closure | undefined>
  onState: (state: ConnectionState) => void
  onEvent: (event: ServerEvent) => void
  /** A socket has been greeted: the first one, or one after a lost line, or the successor in a handover. */
  onGreeted: () => void
}

export type Connection = {
  state: () => ConnectionState
  /** Sends now, or says false: nothing is kept for later. */
  send: (event: ClientEvent) => boolean
  /** The device woke or the network came back: retries at once, or makes sure that the line still lives. */
  wake: () => void
  /** Closes for good. */
  close: () => void
}

/** A line that held for this long was a good one: the next loss starts counting anew. */
const STABLE_AFTER_MS = 10_000
/** The old socket outlives the new one's greeting by this: the server counts the new one as live only just after. */
const OVERLAP_MS = 2_000
const STUCK_AFTER_MS = 2_000
const HANDOVER_RETRY_MS = 60_000

/** Why this event is the last word, or undefined where it is not. What a PING finds out comes as an ERROR, and then as one of these. */
const closureIn = (event: ServerEvent): Closure | undefined => {
  if (event.type !== 'REMOVED' && event.type !== 'ROOM_DELETED') return undefined
  const { code, message } = event
  // A newer server may have more reasons.
  return { code: removalCodes.includes(code) ? code : 'unknown', message }
}

/** Keeps one live socket to a room until it is refused, removed or closed. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { runtime } = options
  let state: ConnectionState = { status: 'connecting', attempt: 0 }
  let current: Line | undefined
  let successor: Line | undefined
  let retired: Line | undefined
  let attempt = 0
  let dialledAt = 0
  let openedAt = 0
  let cancelTimer: Cancel | undefined
  let cancelOverlap: Cancel | undefined

  const isClosed = () => state.status === 'closed'
  const become = (next: ConnectionState) => {
    state = next
    options.onState(next)
  }
  const schedule = (ms: number, run: () => void) => {
    cancelTimer?.()
    cancelTimer = runtime.after(ms, run)
  }

  const finish = (closure: Closure) => {
    if (isClosed()) return
    cancelTimer?.()
    cancelOverlap?.()
    cancelOnline()
    for (const line of [current, successor, retired]) line?.close()
    become({ status: 'closed', ...closure })
  }

  const receive = (event: ServerEvent) => {
    if (isClosed()) return
    options.onEvent(event)
    const closure = closureIn(event)
    if (closure !== undefined) finish(closure)
  }

  const dialLine = (): Line => {
    const line = openLine(runtime, options.url(), {
      received: receive,
      greeted: () => adopt(line),
      lost: (wasOpened) => lose(line, wasOpened),
    })
    return line
  }

  const dial = () => {
    cancelTimer?.()
    become({ status: 'connecting', attempt })
    dialledAt = runtime.now()
    current = dialLine()
  }

  // Make before break: two sockets for a moment, so that the room never hears a leave.
  const handOver = () => {
    successor = dialLine()
  }

  const adopt = (line: Line) => {
    if (line === successor) {
      retired = current
      successor = undefined
      cancelOverlap = runtime.after(OVERLAP_MS, () => retired?.close())
    }
    current = line
    openedAt = runtime.now()
    if (state.status !== 'open') become({ status: 'open' })
    schedule(handoverDelay(runtime.random()), handOver)
    options.onGreeted()
  }

  const retry = () => {
    if (isClosed()) return
    attempt += 1
    const retryInMs = retryDelay(attempt, runtime.random())
    become({ status: 'waiting', attempt, retryInMs })
    schedule(retryInMs, dial)
  }

  const lose = (line: Line, wasOpened: boolean) => {
    if (line === successor) {
      successor = undefined
      schedule(HANDOVER_RETRY_MS, handOver)
    }
    if (line !== current) return
    if (state.status === 'open' && runtime.now() - openedAt >= STABLE_AFTER_MS) attempt = 0
    current = successor
    successor = undefined
    if (current !== undefined) become({ status: 'connecting', attempt })
    else if (wasOpened) retry()
    else void options.refusal().then((closure) => (closure === undefined ? retry() : finish(closure)), retry)
  }

  const send = (event: ClientEvent): boolean => {
    if (state.status !== 'open' || current === undefined) return false
    current.send(event)
    return true
  }

  const wake = () => {
    // A handshake begun on a dead network hangs on while a new one would succeed.
    const isStuck = state.status === 'connecting' && runtime.now() - dialledAt > STUCK_AFTER_MS
    if (isStuck) current?.close()
    if (state.status === 'waiting' || (isStuck && current !== undefined)) dial()
    else send({ type: 'PING', t0: runtime.now() })
  }

  const cancelOnline = runtime.onOnline(wake)
  dial()
  return { state: () => state, send, wake, close: () => finish({ code: 'closed', message: 'You left the room.' }) }
}
