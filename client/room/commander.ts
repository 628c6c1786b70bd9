import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { insist } from './insist.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { createOutbox } from './outbox.ts'
import type { Intent } from './room-state.ts'
import { measureRoundTrip } from './round-trip.ts'
import { addCommand, hear, toResend, type Wish } from './wish.ts'

/** Sends a person's own commands until they are heard back. The state holds what they come to. */
export type Commander = RoomListener & {
  /** `time` in seconds. */
  give: (intent: Intent) => void
}

const AGAIN_AFTER_MS = 1_500
/** A slow line has not lost a frame: so many round trips pass before a command is sent again. */
const AGAIN_AFTER_ROUND_TRIPS = 2.5
/** After this many without an answer the sender may not command, or something is broken. */
const MOST_SENDS = 4
/** A wish that could not be sent for this long is no longer what its person means: the room has gone on without it. */
const MEANT_FOR_MS = 120_000

/** Refusals that pass: the line is dialled anew after them, or the same frame does better the next time. */
const PASSING: ReadonlySet<SocketRefusalCode> = new Set(['fault', 'not_connected', 'unauthorized', 'not_a_member'])

export const createCommander = ({ runtime, store, send, probe, newRef }: SessionContext): Commander => {
  let wish: Wish | null = null
  let isStopped = false
  let givenAt = { now: 0, wall: 0 }
  const outbox = createOutbox(runtime, send)
  /** Whether the wish has just been added to. Then only the addition has to go out: the rest is on its way. */
  let isNew = false
  const roundTrip = measureRoundTrip(runtime)

  const become = (next: Wish | null, unheard: Intent | null = null) => {
    wish = next
    const intent = next?.intent ?? null
    store.update((state) =>
      state.intent === intent && state.unheard === unheard ? state : { ...state, intent, unheard },
    )
    if (next !== null) return
    insistence.rest()
    outbox.clear()
  }

  const insistence = insist({
    runtime,
    probe,
    mostSends: MOST_SENDS,
    againAfterMs: () => Math.max(AGAIN_AFTER_MS, AGAIN_AFTER_ROUND_TRIPS * roundTrip.longest()),
    transmit: () => {
      if (wish === null) return true
      if (!isNew) wish = toResend(wish, newRef)
      const isSent = outbox.send(wish.unheard, isNew)
      isNew = false
      return isSent
    },
    failed: () => become(null, wish?.intent),
  })

  const isMeant = () => Math.max(runtime.now() - givenAt.now, runtime.wall() - givenAt.wall) <= MEANT_FOR_MS

  return {
    give: (command) => {
      if (isStopped) return
      givenAt = { now: runtime.now(), wall: runtime.wall() }
      const next = addCommand(wish, command, newRef())
      isNew = true
      become(next)
      insistence.begin()
    },
    heard: (event) => {
      roundTrip.heard(event)
      insistence.heard()
      if (wish === null) return
      const left = hear(wish, event)
      if (left === wish) return
      if (event.type !== 'ERROR') become(left)
      else if (!PASSING.has(event.code)) become(null, wish.intent)
    },
    lost: insistence.rest,
    greeted: () => {
      if (wish === null) return
      if (isMeant()) insistence.begin()
      else become(null, wish.intent)
    },
    stop: () => {
      isStopped = true
      become(null, wish?.intent)
    },
  }
}
