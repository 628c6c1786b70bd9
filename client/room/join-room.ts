import { ASK_AGAIN_AFTER_SECONDS } from '../../protocol/limits.ts'
import { ApiError, type ErrorCode } from '../api/api-error.ts'
import { globalRuntime, type Runtime } from '../runtime.ts'
import { openRoom } from './open-room.ts'
import type { RoomSession, SessionOptions } from './session.ts'

export type JoinOptions = SessionOptions & {
  /** Where the room asks for one. */
  password?: string
  /**
   * A mark of at most 64 characters, drawn once at random and kept by the browser. After a ban, guests of the same
   * browser wait for the host.
   */
  browser?: string
  /** This person waits already, as before a reload: an outage of the first question is no answer to them either. */
  isWaiting?: boolean
  /**
   * The host has to let this person in: called before the wait, and again where the reason is another by then. `recent_ban`:
   * the room's entry would let them in.
   */
  onPending?: (reason?: 'recent_ban') => void
  /**
   * This person withdrew a wish, or left, a moment ago. Called before the wait of so many seconds, after which the
   * server is asked again.
   */
  onTooSoon?: (seconds: number) => void
  /** The timer of the wait, as the runtime's `after`: a page may hand in one that a hidden tab does not slow down. */
  after?: Runtime['after']
  /** Ends the wait; the promise rejects with the signal's reason. */
  signal?: AbortSignal
}

/** A waiting person asks again this often, because only members have a socket on which the server could answer. */
const ASK_AGAIN_MS = 3_000

/** What the server itself says to somebody who waits, and after which waiting leads nowhere. The other refusals pass. */
const ENDS_THE_WAIT: ReadonlySet<ErrorCode> = new Set([
  'unauthorized',
  'room_not_found',
  'wrong_password',
  'guests_not_allowed',
  'room_locked',
  'rejected',
  'kicked',
  'banned',
  'service_banned',
])

/** `work`, or a rejection with the signal's reason as soon as the person gives up, whatever `work` waits for. */
const unlessGivenUp = async <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
  if (signal === undefined) return work()
  signal.throwIfAborted()
  let giveUp = () => {}
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp)
  })
  try {
    return await Promise.race([work(), givenUp])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

/**
 * Becomes a member, waits for the host where the room asks for it, and opens the room. Joining again is always safe.
 * @throws ApiError `room_not_found`, `wrong_password`, `guests_not_allowed`, `room_locked`, `rejected`, `kicked`,
 * `banned`, `service_banned`, or a transport's
 * @example const session = await joinRoom({ api, code: 'K7WQ3F', onPending: () => show('The host will let you in.') })
 */
export const joinRoom = async (options: JoinOptions): Promise<RoomSession> => {
  const { api, code, password, browser, signal } = options
  const runtime = options.runtime ?? globalRuntime

  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const { after = runtime.after } = options
      after(milliseconds, resolve)
    })

  // Half the wait again at random, so that a crowd at the door does not ask in step.
  const pause = () => wait(ASK_AGAIN_MS * (1 + runtime.random() / 2))

  const ask = async () => {
    const asked = { ...(password === undefined ? {} : { password }), ...(browser === undefined ? {} : { browser }) }
    const { status, reason } = await api.call('rooms/join', { code, ...asked })
    return { status, reason }
  }

  // While waiting, whatever does not come from the server itself, and whatever passes, counts as still pending.
  const askAgain = () =>
    ask().catch((error) => {
      if (!(error instanceof ApiError) || ENDS_THE_WAIT.has(error.code)) throw error
      return undefined
    })

  const askFirst = async (): ReturnType<typeof ask> => {
    try {
      return await unlessGivenUp(signal, ask)
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'too_fast')) throw error
      const seconds = error.retryAfter ?? ASK_AGAIN_AFTER_SECONDS
      options.onTooSoon?.(seconds)
      await unlessGivenUp(signal, () => wait(seconds * 1000))
      return askFirst()
    }
  }

  const goOn = async (): ReturnType<typeof ask> =>
    (await unlessGivenUp(signal, askAgain)) ?? { status: 'PENDING', reason: undefined }

  let answer = await (options.isWaiting === true ? goOn() : askFirst())
  if (answer.status !== 'APPROVED') options.onPending?.(answer.reason)
  // Only this word lets somebody in: the answer may be a page of the network on the way.
  while (answer.status !== 'APPROVED') {
    await unlessGivenUp(signal, pause)
    const next = await unlessGivenUp(signal, askAgain)
    if (next?.status !== 'APPROVED' && next?.status !== 'PENDING') continue
    if (next.status === 'PENDING' && next.reason !== answer.reason) options.onPending?.(next.reason)
    answer = next
  }
  signal?.throwIfAborted()
  return openRoom(options)
}
