import * as z from 'zod'
import { type ClientEventType, clientEventTypes } from './event-types.ts'
import { MessageId } from './ids.ts'
import { MAX_REF_CHARACTERS } from './limits.ts'
import { PlaybackTime } from './playback-time.ts'
import { MessageText } from './text.ts'

/** The client's own mark on a frame: ERROR and the sender's own echo repeat it. */
export const Ref = z
  .string()
  .max(MAX_REF_CHARACTERS, `must have at most ${MAX_REF_CHARACTERS} characters`)
  .refine((ref) => ref.isWellFormed(), 'must be well-formed Unicode')
const ref = Ref.optional()
/** A type of the list, and no other. */
const named = <T extends ClientEventType>(type: T) => z.literal(type)

export const ChatMessageEvent = z.object({ type: named('CHAT_MESSAGE'), message: MessageText, ref })
export const PlayEvent = z.object({ type: named('PLAY'), time: PlaybackTime, ref })
export const PauseEvent = z.object({ type: named('PAUSE'), time: PlaybackTime, ref })
export const SeekEvent = z.object({ type: named('SEEK'), time: PlaybackTime, ref })
/** `t0`: the sender's clock when it sent this, in milliseconds; returned as it came. */
export const PingEvent = z.object({ type: named('PING'), t0: z.number(), ref })
/** `after`: the newest message that the client holds; what came since follows the state. */
export const SyncRequestEvent = z.object({ type: named('SYNC_REQUEST'), after: MessageId.optional(), ref })

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

// A type of the list without a schema does not compile.
clientEventTypes satisfies readonly ClientEvent['type'][]
