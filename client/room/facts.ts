import type { Closure } from '../connection/connection-state.ts'
import type { Cancel } from '../runtime.ts'
import { askAgainAfterMs, isFinal } from './ask-again.ts'
import { withFacts } from './fold-event.ts'
import type { RoomListener, SessionContext } from './listener.ts'

const closureOf = (error: unknown): Closure | undefined =>
  isFinal(error) ? { code: error.code, message: error.message } : undefined

export type Facts = RoomListener & {
  /** Asks for the facts because a handshake failed: why the server refuses for good, or undefined where it does not. */
  refusal: () => Promise<Closure | undefined>
}

/** Reads the room's facts over HTTP at every greeting, because the greeting lacks them and changes may have been missed. */
export const createFacts = ({ api, code, runtime, store }: SessionContext): Facts => {
  let cancelNext: Cancel | undefined

  const read = async () => {
    const { room: before } = store.get()
    const detail = await api.call('rooms/detail', { code })
    store.update((state) => (state.room === before ? withFacts(state, detail) : state))
  }

  const readUntilAnswered = () => {
    cancelNext?.()
    read().catch((error: unknown) => {
      // Where the service bans the network, whoever is in stays, and its PONG tells that the facts are missing.
      if (!isFinal(error) && store.get().connection.status === 'open')
        cancelNext = runtime.after(askAgainAfterMs(error), readUntilAnswered)
    })
  }

  return {
    refusal: () => read().then(() => undefined, closureOf),
    greeted: readUntilAnswered,
    stop: () => cancelNext?.(),
  }
}
