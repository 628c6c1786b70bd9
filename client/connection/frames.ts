import type { ClientEvent } from '../../protocol/client-events.ts'
import { isServerEventType } from '../../protocol/event-types.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'

/**
 * The event in a frame. Undefined for what is none of ours: empty route responses and error objects of the gateway, and
 * event types of a newer server.
 * @example readEvent('{"type":"USER_LEFT","user":"Ana","user_id":"u1","at":0}')?.type === 'USER_LEFT'
 */
export const readEvent = (text: string): ServerEvent | undefined => {
  if (text === '') return undefined
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return undefined
  if (typeof frame.type !== 'string' || !isServerEventType(frame.type)) return undefined
  // The fields are the server's word: it parses what it sends in its tests, and a page should not carry the schemas.
  return frame as ServerEvent
}

export const writeEvent = (event: ClientEvent): string => JSON.stringify(event)
