import type { CommandType } from '../../protocol/event-types.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { holdWish } from './held-wish.ts'
import { insist } from './insist.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { createOutbox } from './outbox.ts'
import type { Intent } from './room-state.ts'
import { measureRoundTrip } from './round-trip.ts'
import { hear, toResend } from './wish.ts'

/** Sends a person's own commands until they are heard back. The state holds what they come to. */
export type Commander = RoomListener & {
  /**
   * `time` in seconds. `isHere`: no place was given. Then `time` is for showing, and the room's place when it goes out
   * counts.
   */
  give: (intent: Intent, isHere: boolean) => void
}

const AGAIN_AFTER_MS = 1_500
/** A slow line has not lost a frame: so many round trips pass before a command is sent again. */
const AGAIN_AFTER_ROUND_TRIPS = 2.5
/** After this many without an answer the sender may not command, or something is broken. */
const MOST_SENDS = 4

/** Refusals that pass: the line is dialled anew after them, or the same frame does better the next time. */
const PASSING: ReadonlySet<SocketRefusalCode> = new Set(['fault', 'not_connected', 'unauthorized', 'not_a_member'])

/** `here`: where a command goes by itself, null while that is not known. */
export const createCommander = (context: SessionContext, here: (type: CommandType) => number | null): Commander => {
  const { runtime, send, probe, newRef } = context
  let isStopped = false
  const outbox = createOutbox(runtime, send)
  /** Whether the wish has just been added to. Then only the addition has to go out: the rest is on its way. */
  let isNew = false
  const roundTrip = measureRoundTrip(runtime)
  const held = holdWish(context, here, () => {
    insistence.rest()
    outbox.clear()
  })

  const transmit = (): boolean => {
    if (!held.isMeant()) held.giveUp()
    held.settle()
    const wish = held.get()
    if (wish === null) return true
    // Its PONG tells where the room is.
    if (!wish.isPlaced) return send({ type: 'PING', t0: runtime.now() })
    const next = isNew ? wish : toResend(wish, newRef)
    held.become(next)
    const isSent = outbox.send(next.unheard, isNew)
    isNew = false
    return isSent
  }

  const insistence = insist({
    runtime,
    probe,
    mostSends: MOST_SENDS,
    againAfterMs: () => Math.max(AGAIN_AFTER_MS, AGAIN_AFTER_ROUND_TRIPS * roundTrip.longest()),
    transmit,
    failed: held.giveUp,
  })

  return {
    give: (command, isHere) => {
      if (isStopped) return
      isNew = held.get()?.isPlaced ?? true
      held.add(command, newRef(), isHere)
      insistence.begin()
    },
    heard: (event) => {
      roundTrip.heard(event)
      insistence.heard()
      const wish = held.get()
      if (wish === null) return
      if (event.type === 'PONG' && !wish.isPlaced && here(wish.intent.type) !== null) return insistence.begin()
      const left = hear(wish, event)
      // The room may show another video by now: what was meant for the one before is no place in this.
      if (left === wish) return held.isMeant() ? undefined : held.giveUp()
      if (event.type !== 'ERROR') held.become(left)
      else if (!PASSING.has(event.code)) held.giveUp()
    },
    lost: insistence.rest,
    greeted: () => {
      if (held.get() !== null) insistence.begin()
    },
    stop: () => {
      isStopped = true
      held.giveUp()
    },
  }
}
