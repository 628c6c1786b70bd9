import { ApiError, type ErrorCode } from '../api/api-error.ts'
import type { Closure } from '../connection/connection-state.ts'
import type { Cancel } from '../runtime.ts'
import { withFacts } from './fold-event.ts'
import type { RoomListener, SessionContext } from './listener.ts'

/** The facts are asked for again after this, where no answer came. */
const ASK_AGAIN_MS = 5_000

/** Codes that only the server itself says, and after which asking again leads nowhere. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'unauthorized',
  'not_a_member',
  'room_not_found',
  'kicked',
  'banned',
  'service_banned',
])

const closureOf = (error: unknown): Closure | undefined =>
  error instanceof ApiError && FINAL.has(error.code) ? { code: error.code, message: error.message } : undefined

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
      // A refusal is not asked about again. The next PING meets it as well, and its answer closes the connection. Where the
      // service bans the network, whoever is in stays, and its PONG tells that the facts are missing.
      if (closureOf(error) === undefined && store.get().connection.status === 'open')
        cancelNext = runtime.after(ASK_AGAIN_MS, readUntilAnswered)
    })
  }

  return {
    refusal: () => read().then(() => undefined, closureOf),
    greeted: readUntilAnswered,
    stop: () => cancelNext?.(),
  }
}
