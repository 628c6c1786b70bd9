import { ApiError } from '../api/api-error.ts'
import { globalRuntime } from '../runtime.ts'
import { openRoom } from './open-room.ts'
import type { RoomSession, SessionOptions } from './session.ts'

export type JoinOptions = SessionOptions & {
  /** Where the room asks for one. */
  password?: string
  /** The host has to let this person in: called once, before the wait. */
  onPending?: () => void
  /** Ends the wait; the promise rejects with the signal's reason. */
  signal?: AbortSignal
}

/** A waiting person asks again this often, because only members have a socket on which the server could answer. */
const ASK_AGAIN_MS = 3_000

/**
 * Becomes a member, waits for the host where the room asks for it, and opens the room. Joining again is always safe.
 * @throws ApiError `room_not_found`, `wrong_password`, `guests_not_allowed`, `rejected`, `kicked`, `banned`, or a transport's
 * @example const session = await joinRoom({ api, code: 'K7WQ3F', onPending: () => show('The host will let you in.') })
 */
export const joinRoom = async (options: JoinOptions): Promise<RoomSession> => {
  const { api, code, password, signal } = options
  const runtime = options.runtime ?? globalRuntime

  const pause = () =>
    new Promise<void>((resolve, reject) => {
      const finish = () => {
        signal?.removeEventListener('abort', abandon)
        resolve()
      }
      // Half the wait again at random, so that a crowd at the door does not ask in step.
      const cancel = runtime.after(ASK_AGAIN_MS * (1 + runtime.random() / 2), finish)
      const abandon = () => {
        cancel()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abandon, { once: true })
    })

  const ask = async () => {
    const answer = await api.call('rooms/join', { code, ...(password === undefined ? {} : { password }) })
    return answer.status
  }

  // While waiting, network errors, 429 and 5xx count as still pending.
  const askAgain = () =>
    ask().catch((error) => {
      if (error instanceof ApiError && (error.status === 0 || error.status >= 429)) return 'PENDING' as const
      throw error
    })

  let status = await ask()
  if (status === 'PENDING') options.onPending?.()
  while (status === 'PENDING') {
    await pause()
    status = await askAgain()
  }
  signal?.throwIfAborted()
  return openRoom(options)
}
