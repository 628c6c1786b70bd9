import { removalCodes } from '../../protocol/refusal-codes.ts'
import type { ServerEvent, ServerEventOf } from '../../protocol/server-events.ts'
import type { Closure } from './connection-state.ts'

export type Goodbye = ServerEventOf<'REMOVED' | 'ROOM_DELETED'>

export const isGoodbye = (event: ServerEvent): event is Goodbye =>
  event.type === 'REMOVED' || event.type === 'ROOM_DELETED'

/**
 * Whether a goodbye ends one socket only, and the next one may be dialled. The end of a token is no removal of its
 * person. Neither is a sign-out where another token is in hand by now: it was the token before that was signed out.
 */
export const isOfSocketOnly = (
  { code }: Goodbye,
  socket: { hasNewestToken: boolean; isReplaced: boolean },
): boolean => {
  if (code === 'expired') return true
  if (code === 'signed_out') return !socket.hasNewestToken
  // A newer socket has taken its place, which was this tab's own.
  return code === 'replaced' && socket.isReplaced
}

/** A newer server may have more reasons. */
export const closureFrom = ({ code, message }: Goodbye): Closure => ({
  code: removalCodes.includes(code) ? code : 'unknown',
  message,
})
