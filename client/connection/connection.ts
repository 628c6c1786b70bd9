import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { guard } from '../report.ts'
import type { Cancel } from '../runtime.ts'
import { type Closure, handoverDelay, retryDelay } from './connection-state.ts'
import { closureFrom, isGoodbye, isOfSocketOnly } from './goodbye.ts'
import { type InnerState, shownState, socketsOf } from './inner-state.ts'
import type { Connection, ConnectionOptions } from './options.ts'
import { openWatchedSocket, type WatchedSocket } from './watched-socket.ts'

/** A socket that held for this long was a good one: the next loss starts counting anew. */
const STABLE_AFTER_MS = 10_000
/** The old socket outlives the new one's greeting by this: the server counts the new one as live only just after. */
const OVERLAP_MS = 2_000
/** A dial that is older than this hangs: what wakes the client begins anew. */
const STUCK_AFTER_MS = 2_000
/** After a successor that failed, the next one is dialled this much later. */
const HANDOVER_RETRY_MS = 60_000
const nothing: Cancel = () => {}

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

/** Opens a socket. Undefined, and reported, where the runtime opens none, as for an address that is none. */
const openSocketFor = (machine: Machine): WatchedSocket | undefined => {
  let socket: WatchedSocket | undefined
  guard(() => {
    socket = dialSocket(machine)
  })
  return socket
}

const dialSocket = (machine: Machine): WatchedSocket => {
  const token = machine.token()
  const socket = openWatchedSocket(
    machine.runtime,
    { url: machine.url(token), token },
    {
      received: (event, isGreeted) => receive(machine, socket, event, isGreeted),
      greeted: () => adopt(machine, socket),
      lost: (wasOpened) => lose(machine, socket, wasOpened),
    },
  )
  return socket
}

/** Runs `next` once the token is fresh, if the connection is still in the state that it is in now. */
const whenRenewed = (machine: Machine, isAnew: boolean, next: () => void) => {
  const { state } = machine
  const go = () => {
    if (machine.state === state) next()
  }
  void machine.renew(isAnew).then(go, go)
}

const dial = (machine: Machine, attempt: number, isAnew = false) => {
  become(machine, { name: 'renewing', attempt })
  // A subscriber who was told of it may have closed the connection.
  if (machine.state.name !== 'renewing') return
  whenRenewed(machine, isAnew, () => {
    const [socket, dialledAt] = [openSocketFor(machine), machine.runtime.now()]
    if (socket === undefined) retry(machine, attempt + 1)
    else become(machine, { name: 'dialling', attempt, socket, dialledAt, cancelTimer: nothing })
  })
}

const receive = (machine: Machine, socket: WatchedSocket, event: ServerEvent, isGreeted: boolean) => {
  if (machine.state.name === 'closed') return
  machine.onEvent(event, isGreeted)
  // What a PING finds out is told as an ERROR first, and then as a goodbye.
  if (!isGoodbye(event)) return
  const { state } = machine
  // In a handover the successor was dialled last, so a `replaced` tells the old socket that it has taken its place.
  const isReplaced = state.name === 'handing over' || ('socket' in state && state.socket !== socket)
  if (!isOfSocketOnly(event, { hasNewestToken: socket.token === machine.token(), isReplaced }))
    return finish(machine, closureFrom(event))
  socket.close()
  lose(machine, socket, true)
}

type Opened = Extract<InnerState, { name: 'open' | 'handing over' }>

/** Open, with a successor due in `ms` milliseconds. */
const openFor = (machine: Machine, ms: number, { attempt, socket, openedAt }: Omit<Opened, 'name'>): InnerState => ({
  name: 'open',
  attempt,
  socket,
  openedAt,
  cancelTimer: machine.runtime.after(ms, () => handOver(machine)),
})

/** Dials a successor beside the open socket: two sockets for a moment, so that the room never hears a leave. */
const handOver = (machine: Machine) => {
  const { state } = machine
  if (state.name !== 'open') return
  whenRenewed(machine, false, () => {
    const { attempt, socket, openedAt } = state
    const [successor, dialledAt] = [openSocketFor(machine), machine.runtime.now()]
    if (successor === undefined) become(machine, openFor(machine, HANDOVER_RETRY_MS, state))
    else become(machine, { name: 'handing over', attempt, socket, openedAt, successor, dialledAt })
  })
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
    // The successor was dialled on a network that has just lost the socket beside it: the first wake dials anew.
    const dialledAt = Number.NEGATIVE_INFINITY
    return become(machine, { name: 'dialling', attempt, socket: state.successor, dialledAt, cancelTimer: nothing })
  }
  if (wasOpened) retry(machine, attempt + 1)
  else askWhy(machine, attempt)
}

const askWhy = (machine: Machine, attempt: number) => {
  const asking: InnerState = { name: 'asking why', attempt }
  become(machine, asking)
  if (machine.state !== asking) return
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

const probe = ({ state }: Machine) => {
  if (state.name === 'open' || state.name === 'handing over') state.socket.probe()
}

/** Begins anew, or probes. What was begun on a dead network hangs on, while a new beginning would succeed. */
const wake = (machine: Machine) => {
  const { runtime, state } = machine
  const isYoung = 'dialledAt' in state && runtime.now() - state.dialledAt <= STUCK_AFTER_MS
  switch (state.name) {
    case 'renewing':
    case 'asking why':
    case 'waiting':
      return dial(machine, state.attempt, true)
    case 'dialling': {
      const { attempt, socket, dialledAt } = state
      const dialAnew = () => {
        socket.close()
        dial(machine, attempt, true)
      }
      if (!isYoung) return dialAnew()
      // It may succeed yet. Nobody may wake this connection again, so it looks for itself.
      const cancelTimer = runtime.after(dialledAt + STUCK_AFTER_MS - runtime.now(), dialAnew)
      return become(machine, { ...state, cancelTimer })
    }
    case 'handing over':
      state.socket.probe()
      if (isYoung) return
      state.successor.close()
      return become(machine, openFor(machine, 0, state))
    case 'open':
      return state.socket.probe()
    case 'closed':
      return
    default:
      return state satisfies never
  }
}

/** Keeps one live socket to a room until it is refused, removed or closed. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const renewing: InnerState = { name: 'renewing', attempt: 0 }
  const machine: Machine = { ...options, state: renewing, endOverlap: nothing, stopListening: nothing }
  options.onState(shownState(renewing))
  machine.stopListening = options.runtime.onOnline(() => wake(machine))
  dial(machine, 0)
  return {
    state: () => shownState(machine.state),
    send: (event) => send(machine, event),
    probe: () => probe(machine),
    wake: () => wake(machine),
    close: () => finish(machine, { code: 'closed', message: 'You left the room.' }),
  }
}
