import type * as z from 'zod'
import type { SyncRequestEvent } from '../../protocol/client-events.ts'
import { MAX_MISSED_MESSAGES } from '../../protocol/limits.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { missedHistory } from '../domain/chat.ts'
import { playbackStateFrame } from '../domain/playback.ts'
import { post } from '../fanout/post.ts'
import type { Services } from '../middleware/services.ts'
import { messagesAfter } from '../table/messages.ts'
import type { Frame } from './socket.ts'
import { stillWelcome } from './still-welcome.ts'

/**
 * Answers with the playback and, when the client names a message, with the messages after it. The playback comes first.
 * The last frame is returned as the route's response, the ones before it are posted.
 */
export const syncRequest = async (
  frame: Frame,
  { after, ref }: z.infer<typeof SyncRequestEvent>,
  { clock }: Services<'message'>,
): Promise<ServerEvent | undefined> => {
  const now = clock()
  const { code, connectionId } = frame.socket
  const [room, missed] = await Promise.all([
    stillWelcome(frame, { re: 'SYNC_REQUEST', ref }, clock),
    after === undefined ? [] : messagesAfter(code, after, MAX_MISSED_MESSAGES + 1, now),
  ])
  if (room === undefined) return undefined
  const state = playbackStateFrame(room, clock(), ref)
  if (after === undefined) return state
  const shown = missed.slice(0, MAX_MISSED_MESSAGES)
  const histories = missedHistory(after, shown, shown.length < missed.length, ref)
  const frames: ServerEvent[] = [state, ...histories]
  const last = frames.pop()
  for (const one of frames) await post(connectionId, JSON.stringify(one))
  return last
}
