import { MAX_CLIENT_FRAME_BYTES } from '../../protocol/limits.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import type { ServerEvent, ServerEventOf } from '../../protocol/server-events.ts'
import { ApiError, errorCodeOf } from '../api/api-error.ts'
import { type Insistence, insist } from './insist.ts'
import type { RoomListener, SessionContext } from './listener.ts'

export type Chat = { listener: RoomListener; say: (message: string) => Promise<void> }

const AGAIN_AFTER_MS = 3_000
const MOST_SENDS = 3

/** Refusals after which the message may have been kept all the same. Sending it again finds out. */
const PASSING: ReadonlySet<SocketRefusalCode> = new Set(['fault', 'not_connected'])

const errorFrom = ({ code, message, retry_after: retryAfter, limit }: ServerEventOf<'ERROR'>): ApiError =>
  new ApiError(errorCodeOf(code), message, {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(limit !== undefined && { limit }),
  })

/** A message on its way to the room. */
type Saying = Insistence & { settle: (error?: ApiError) => void; refused: (error: ApiError) => void }

/**
 * Says something. A message whose answer is missing is sent again with the mark that it had, also over the next line.
 * The server then answers which message that is, and never says it twice.
 */
export const createChat = ({ runtime, send, probe, newRef }: SessionContext): Chat => {
  const sayings = new Map<string, Saying>()

  const say = async (message: string): Promise<void> => {
    // The gateway ends the line for a frame that is larger still, and would again each time that it is sent.
    if (JSON.stringify({ message }).length > MAX_CLIENT_FRAME_BYTES)
      throw new ApiError('too_large', 'This is too large.')
    const ref = newRef()
    const transmit = () => send({ type: 'CHAT_MESSAGE', message, ref })
    await new Promise<void>((resolve, reject) => {
      let refusal = new ApiError('timed_out', 'The server did not answer in time.')
      const settle = (error?: ApiError) => {
        insistence.rest()
        sayings.delete(ref)
        if (error === undefined) resolve()
        else reject(error)
      }
      let wasSent = false
      const insistence = insist({
        ...{ runtime, probe, mostSends: MOST_SENDS, againAfterMs: () => AGAIN_AFTER_MS },
        transmit: () => {
          const isSent = transmit()
          wasSent ||= isSent
          return isSent
        },
        failed: () => settle(refusal),
      })
      const refused = (error: ApiError) => {
        refusal = error
      }
      sayings.set(ref, { ...insistence, settle, refused })
      insistence.begin()
      // Nothing has gone out, so the person keeps their text.
      if (!wasSent) settle(new ApiError('unreachable', 'You are not connected to the room.'))
    })
  }

  const heard = (event: ServerEvent) => {
    for (const { heard: prove } of sayings.values()) prove()
    const saying = 'ref' in event && event.ref !== undefined ? sayings.get(event.ref) : undefined
    if (event.type !== 'ERROR') return saying?.settle()
    if (PASSING.has(event.code)) saying?.refused(errorFrom(event))
    else saying?.settle(errorFrom(event))
  }

  const all = (run: (saying: Saying) => void) => {
    for (const saying of [...sayings.values()]) run(saying)
  }
  const listener: RoomListener = {
    heard,
    lost: () => all(({ rest }) => rest()),
    greeted: () => all(({ begin }) => begin()),
    stop: () => all(({ settle }) => settle(new ApiError('unreachable', 'You are not connected to the room.'))),
  }
  return { listener, say }
}
