import type { ClientEvent } from '../../protocol/client-events.ts'
import { removalCodes } from '../../protocol/refusal-codes.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import { type Closure, type ConnectionState, handoverDelay, retryDelay } from './connection-state.ts'
import { type InnerState, shownState, socketsOf } from './inner-state.ts'
import { openWatchedSocket, type WatchedSocket } from './watched-socket.ts'

export type ConnectionOptions = {
  runtime: Runtime
  /** The socket's address with the token in hand at that moment. */
  url: () => string
  /** Asked when a handshake failed: why the server refuses for good, or undefined where trying again makes sense. */
  refusal: () => Promise<Closure | undefined>
  onState: (state: ConnectionState) => void
  onEvent: (event: ServerEvent) => void
  /** A socket has been greeted: the first one, or one after a lost socket, or the successor in a handover. */
  onGreeted: () => void
}

export type Connection = {
  state: () => ConnectionState
  /** Sends now, or says false: nothing is kept for later. */
  send: (event: ClientEvent) => boolean
  /** The device woke or the network came back: retries at once, or makes sure that the socket still lives. */
  wake: () => void
  /** Closes for good. */
  close: () => void
}

/** A socket that held for this long was a good one: the next loss starts counting anew. */
const STABLE_AFTER_MS = 10_000
/** The old socket outlives the new one's greeting by this: the server counts the new one as live only just after. */
const OVERLAP_MS = 2_000
const STUCK_AFTER_MS = 2_000
const HANDOVER_RETRY_MS = 60_000

/** A connection as its transitions see it. Only `become` writes `state`. */
type Machine = ConnectionOptions & {
  state: InnerState
  /** Closes the socket that a handover has replaced; it lives on for a moment beside whatever state follows. */
  endOverlap: Cancel
  stopListening: Cancel
}

/** The one way from state to state. The timer of the old state ends; a change that is visible outside is told last. */
const become = (machine: Machine, next: InnerState) => {
  const { state } = machine
  if ('cancelTimer' in state) state.cancelTimer()
  machine.state = next
  const shown = shownState(next)
  if (shown.status !== shownState(state).status) machine.onState(shown)
}

const openSocketFor = (machine: Machine): WatchedSocket => {
  const socket = openWatchedSocket(machine.runtime, machine.url(), {
    received: (event) => receive(machine, event),
    greeted: () => adopt(machine, socket),
    lost: (wasOpened) => lose(machine, socket, wasOpened),
  })
  return socket
}

const dialling = (machine: Machine, attempt: number): InnerState => {
  const dialledAt = machine.runtime.now()
  return { name: 'dialling', attempt, socket: openSocketFor(machine), dialledAt }
}

const dial = (machine: Machine, attempt: number) => become(machine, dialling(machine, attempt))

const receive = (machine: Machine, event: ServerEvent) => {
  if (machine.state.name === 'closed') return
  machine.onEvent(event)
  // What a PING finds out comes as an ERROR first, and then as one of these.
  if (event.type !== 'REMOVED' && event.type !== 'ROOM_DELETED') return
  const { code, message } = event
  // A newer server may have more reasons.
  finish(machine, { code: removalCodes.includes(code) ? code : 'unknown', message })
}

type Greeted = Extract<InnerState, { name: 'open' | 'handing over' }>

/** Open, with a successor due in `ms` milliseconds. */
const openFor = (machine: Machine, ms: number, { attempt, socket, openedAt }: Omit<Greeted, 'name'>): InnerState => ({
  name: 'open',
  attempt,
  socket,
  openedAt,
  cancelTimer: machine.runtime.after(ms, () => handOver(machine)),
})

/** Dials a successor beside the open socket: two for a moment, so that the room never hears a leave. */
const handOver = (machine: Machine) => {
  const { state } = machine
  if (state.name !== 'open') return
  const { attempt, socket, openedAt } = state
  become(machine, { name: 'handing over', attempt, socket, openedAt, successor: openSocketFor(machine) })
}

const retire = (machine: Machine, socket: WatchedSocket) => {
  const cancel = machine.runtime.after(OVERLAP_MS, () => socket.close())
  machine.endOverlap = () => {
    cancel()
    socket.close()
  }
}

/** A socket has been greeted. */
const adopt = (machine: Machine, socket: WatchedSocket) => {
  const { runtime, state } = machine
  if (state.name !== 'dialling' && state.name !== 'handing over') return
  if (state.name === 'handing over') retire(machine, state.socket)
  const greeted = { attempt: state.attempt, socket, openedAt: runtime.now() }
  const open = openFor(machine, handoverDelay(runtime.random()), greeted)
  become(machine, open)
  // A subscriber who was told of it may have closed the connection.
  if (machine.state === open) machine.onGreeted()
}

/** A socket has ended by itself. One that a handover has replaced is not missed. */
const lose = (machine: Machine, socket: WatchedSocket, wasOpened: boolean) => {
  const { runtime, state } = machine
  if (state.name === 'handing over' && socket === state.successor)
    return become(machine, openFor(machine, HANDOVER_RETRY_MS, state))
  if (!('socket' in state) || socket !== state.socket) return
  const hasHeld = 'openedAt' in state && runtime.now() - state.openedAt >= STABLE_AFTER_MS
  const attempt = hasHeld ? 0 : state.attempt
  if (state.name === 'handing over') {
    // It was dialled on a network that has just lost the socket beside it: the first wake dials anew.
    const dialledAt = Number.NEGATIVE_INFINITY
    return become(machine, { name: 'dialling', attempt, socket: state.successor, dialledAt })
  }
  if (wasOpened) retry(machine, attempt + 1)
  else askWhy(machine, attempt)
}

const askWhy = (machine: Machine, attempt: number) => {
  const asking: InnerState = { name: 'asking why', attempt }
  become(machine, asking)
  const answer = (closure: Closure | undefined) => {
    if (machine.state !== asking) return
    if (closure === undefined) retry(machine, attempt + 1)
    else finish(machine, closure)
  }
  void machine.refusal().then(answer, () => answer(undefined))
}

const retry = (machine: Machine, attempt: number) => {
  const { runtime } = machine
  const retryInMs = retryDelay(attempt, runtime.random())
  const cancelTimer = runtime.after(retryInMs, () => dial(machine, attempt))
  become(machine, { name: 'waiting', attempt, retryInMs, cancelTimer })
}

const finish = (machine: Machine, closure: Closure) => {
  if (machine.state.name === 'closed') return
  for (const socket of socketsOf(machine.state)) socket.close()
  machine.endOverlap()
  machine.stopListening()
  become(machine, { name: 'closed', closure })
}

const send = ({ state }: Machine, event: ClientEvent): boolean => {
  if (state.name !== 'open' && state.name !== 'handing over') return false
  state.socket.send(event)
  return true
}

const wake = (machine: Machine) => {
  const { runtime, state } = machine
  if (state.name === 'waiting') return dial(machine, state.attempt)
  if (state.name === 'dialling' && runtime.now() - state.dialledAt > STUCK_AFTER_MS) {
    // A handshake begun on a dead network hangs on while a new one would succeed.
    state.socket.close()
    return dial(machine, state.attempt)
  }
  send(machine, { type: 'PING', t0: runtime.now() })
}

/** Keeps one live socket to a room until it is refused, removed or closed. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const nothing = () => {}
  // A socket needs the machine that it reports to, so the machine exists for an instant without a socket.
  const socketless: InnerState = { name: 'asking why', attempt: 0 }
  const machine: Machine = { ...options, state: socketless, endOverlap: nothing, stopListening: nothing }
  machine.state = dialling(machine, 0)
  options.onState(shownState(machine.state))
  machine.stopListening = options.runtime.onOnline(() => wake(machine))
  return {
    state: () => shownState(machine.state),
    send: (event) => send(machine, event),
    wake: () => wake(machine),
    close: () => finish(machine, { code: 'closed', message: 'You left the room.' }),
  }
}
