import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import type { Refusal } from '../../protocol/refusals.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { post } from '../fanout/post.ts'
import { countRefusal } from '../metrics/count-refusal.ts'
import type { Frame, SocketResult } from './socket.ts'

/** What of a frame an ERROR repeats: its type and the client's own mark, as far as they could be read. */
export type Regarding = { re?: string | undefined; ref?: string | undefined }

export const errorFrame = (refusal: Refusal<SocketRefusalCode>, { re, ref }: Regarding): ServerEventOf<'ERROR'> => ({
  type: 'ERROR',
  message: refusal.message,
  code: refusal.code,
  ...(re !== undefined && { re }),
  ...(ref !== undefined && { ref }),
  ...(refusal.retryAfter !== undefined && { retry_after: refusal.retryAfter }),
  ...(refusal.limit !== undefined && { limit: refusal.limit }),
})

/** A frame that is refused: why, and which one it was. */
export type Refused = { refusal: Refusal<SocketRefusalCode> } & Regarding

/** Tells the sender, and nobody else, what was wrong. The socket stays open. */
export const answerError = async (
  frame: Pick<Frame, 'socket'>,
  { refusal, ...regarding }: Refused,
): Promise<SocketResult> => {
  countRefusal(refusal.code)
  await post(frame.socket.connectionId, JSON.stringify(errorFrame(refusal, regarding)))
  return { statusCode: 200 }
}
