import * as z from 'zod'
import { type ClientEventType, clientEventTypes, roomParts } from './event-types.ts'
import { MessageId } from './ids.ts'
import { MAX_REF_CHARACTERS } from './limits.ts'
import { PlaybackTime } from './playback-time.ts'
import { MessageText } from './text.ts'

// What `describe` says stands in docs/frames.md: write it again with `npm run docs:contract`.

/** The client's own mark on a frame: ERROR and the sender's own echo repeat it. */
export const Ref = z
  .string()
  .max(MAX_REF_CHARACTERS, `must have at most ${MAX_REF_CHARACTERS} characters`)
  .refine((ref) => ref.isWellFormed(), 'must be well-formed Unicode')
  .describe("the client's own mark: the answer, the sender's echo or the ERROR repeats it")
const ref = Ref.optional()
/** A type of the list, and no other. */
const named = <T extends ClientEventType>(type: T) => z.literal(type)

export const ChatMessageEvent = z
  .object({ type: named('CHAT_MESSAGE'), message: MessageText, ref })
  .describe("Says something in the room's chat.")
export const PlayEvent = z
  .object({ type: named('PLAY'), time: PlaybackTime, ref })
  .describe('Plays the video from `time` on, for everybody. Heard from those who may command.')
export const PauseEvent = z
  .object({ type: named('PAUSE'), time: PlaybackTime, ref })
  .describe('Pauses the video at `time`, for everybody. Heard from those who may command.')
export const SeekEvent = z
  .object({ type: named('SEEK'), time: PlaybackTime, ref })
  .describe('Moves the video to `time`, for everybody; it stays playing or paused. Heard from those who may command.')
export const PingEvent = z
  .object({
    type: named('PING'),
    t0: z.number().describe("the client's clock on sending, in milliseconds; it comes back as it was"),
    ref,
  })
  .describe("Asks for the server's clock, and whether the sender may still be here.")
export const SyncRequestEvent = z
  .object({
    type: named('SYNC_REQUEST'),
    after: MessageId.optional().describe(
      'the id of the newest message that the client holds: what was said since follows',
    ),
    parts: z
      .array(z.enum(roomParts))
      .max(roomParts.length)
      .optional()
      .describe('what else is to follow, whole: the facts, who is here, the newest messages'),
    ref,
  })
  .describe('Asks where the room is and, with `after` or `parts`, for what else was missed.')

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
