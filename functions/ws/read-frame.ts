import { ClientEvent, Ref } from '../../protocol/client-events.ts'
import { isClientEventType } from '../../protocol/event-types.ts'
import { MAX_CLIENT_FRAME_BYTES } from '../../protocol/limits.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { isSocketRefusal, Refusal } from '../../protocol/refusals.ts'
import { byteLength } from '../../protocol/text.ts'
import { parseJsonObject, parseWith } from '../middleware/validate.ts'
import type { Refused, Regarding } from './answer-error.ts'

const MAX_TYPE_CHARACTERS = 64

const regarding = (frame: Record<string, unknown>): Regarding => {
  const ref = Ref.safeParse(frame.ref)
  return {
    re: typeof frame.type === 'string' && frame.type.length <= MAX_TYPE_CHARACTERS ? frame.type : undefined,
    ref: ref.success ? ref.data : undefined,
  }
}

const isTooLarge = (body: string): boolean => byteLength(body) > MAX_CLIENT_FRAME_BYTES

const parseEvent = (frame: Record<string, unknown>): ClientEvent => {
  if (typeof frame.type === 'string' && !isClientEventType(frame.type)) throw new Refusal('unknown_type')
  return parseWith(ClientEvent, frame)
}

const refusalOf = (error: unknown): Refusal<SocketRefusalCode> => {
  if (isSocketRefusal(error)) return error
  throw error
}

/**
 * The event of a frame, or what is wrong with it. A frame that is too large is parsed all the same (the platform limits
 * its size), because its type decides whether the sender is answered, and its `ref` says which frame it was.
 */
export const readFrame = (body: string): { event: ClientEvent } | Refused => {
  let frame: Record<string, unknown>
  try {
    frame = parseJsonObject(body)
  } catch (error) {
    return { refusal: isTooLarge(body) ? new Refusal('too_large') : refusalOf(error) }
  }
  try {
    if (isTooLarge(body)) throw new Refusal('too_large')
    return { event: parseEvent(frame) }
  } catch (error) {
    return { refusal: refusalOf(error), ...regarding(frame) }
  }
}
