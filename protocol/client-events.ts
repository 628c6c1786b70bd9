import * as z from 'zod'
import { MessageId } from './ids.ts'
import { MAX_REF_CHARACTERS } from './limits.ts'
import { PlaybackTime } from './playback-time.ts'
import { MessageText } from './text.ts'

/** The client's own mark on a frame: ERROR and the sender's own echo repeat it. */
export const Ref = z.string().max(MAX_REF_CHARACTERS, `must have at most ${MAX_REF_CHARACTERS} characters`)
const ref = Ref.optional()

export const ChatMessageEvent = z.object({ type: z.literal('CHAT_MESSAGE'), message: MessageText, ref })
export const PlayEvent = z.object({ type: z.literal('PLAY'), time: PlaybackTime, ref })
export const PauseEvent = z.object({ type: z.literal('PAUSE'), time: PlaybackTime, ref })
export const SeekEvent = z.object({ type: z.literal('SEEK'), time: PlaybackTime, ref })
/** `t0`: the sender's clock when it sent this, in milliseconds; returned as it came. */
export const PingEvent = z.object({ type: z.literal('PING'), t0: z.number(), ref })
/** `after`: the newest message that the client holds; what came since follows the state. */
export const SyncRequestEvent = z.object({ type: z.literal('SYNC_REQUEST'), after: MessageId.optional(), ref })

/** Every frame that a client may send. */
export const ClientEvent = z.discriminatedUnion('type', [
  ChatMessageEvent,
  PlayEvent,
  PauseEvent,
  SeekEvent,
  PingEvent,
  SyncRequestEvent,
])
export type ClientEvent = z.infer<typeof ClientEvent>

export const clientEventTypes: readonly string[] = ClientEvent.options.map((option) => option.shape.type.value)
