import * as z from 'zod'
import { Id } from './ids.ts'
import { Media } from './media.ts'
import { roomFacts } from './room.ts'

/** Server clock, milliseconds since the epoch. */
const at = z.number()
const ref = z.string().optional()
const version = z.number().int()

/** What every playback frame says: the whole state, so that a gap needs no repair. `time` is in seconds at the instant `at`. */
const playback = { time: z.number(), is_playing: z.boolean(), at, rate: z.number(), version }
/** `user_id`: who commanded it, null where the server did (the room emptied). */
const command = { ...playback, user_id: Id.nullable(), ref }

export const ShownMessage = z.object({
  id: Id,
  user: z.string(),
  user_id: Id,
  message: z.string(),
  created_at: z.number(),
})
export type ShownMessage = z.infer<typeof ShownMessage>

export const Participant = z.object({ user_id: Id, name: z.string(), role: z.enum(['host', 'participant']) })
export type Participant = z.infer<typeof Participant>

export const RemovalCode = z.enum(['room_deleted', 'left', 'kicked', 'banned', 'rejected', 'signed_out'])
export type RemovalCode = z.infer<typeof RemovalCode>

/** Every frame that the server may send. */
export const ServerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('USER_JOINED'), user: z.string(), user_id: Id, at }),
  z.object({ type: z.literal('USER_LEFT'), user: z.string(), user_id: Id, at }),
  z.object({
    type: z.literal('ROOM_PARTICIPANTS'),
    participants: z.array(z.string()),
    host: z.string(),
    members: z.array(Participant),
    /** People connected, also where the list is cut. */
    viewers: z.number().int(),
    truncated: z.literal(true).optional(),
    at,
  }),
  z.object({ type: z.literal('CHAT_MESSAGE'), ...ShownMessage.shape, ref }),
  z.object({
    type: z.literal('CHAT_HISTORY'),
    messages: z.array(ShownMessage),
    /** Present on an answer to SYNC_REQUEST: the message after which these came. */
    since: Id.optional(),
    /** True where older or newer messages did not fit: read them over HTTP. */
    truncated: z.literal(true).optional(),
    ref,
  }),
  z.object({ type: z.literal('PLAY'), ...command }),
  z.object({ type: z.literal('PAUSE'), ...command }),
  z.object({ type: z.literal('SEEK'), ...command }),
  z.object({ type: z.literal('PLAYBACK_STATE'), ...playback, media: Media.nullable(), ref }),
  z.object({ type: z.literal('PONG'), t0: z.number(), t1: z.number(), t2: z.number(), version, ref }),
  z.object({
    type: z.literal('ERROR'),
    message: z.string(),
    code: z.string(),
    re: z.string().optional(),
    ref,
    retry_after: z.number().int().optional(),
  }),
  z.object({ type: z.literal('ROOM_UPDATED'), ...roomFacts, version, at }),
  /** What the host's player found out about the room's video: seconds, null while unknown, and a live stream's origin. */
  z.object({
    type: z.literal('MEDIA_LEARNED'),
    url: z.string(),
    duration: z.number().nullable(),
    live_origin: z.number().optional(),
  }),
  z.object({ type: z.literal('JOIN_REQUESTED'), user: z.string(), user_id: Id }),
  z.object({
    type: z.literal('JOIN_RESOLVED'),
    user: z.string(),
    user_id: Id,
    status: z.enum(['APPROVED', 'REJECTED', 'LEFT']),
  }),
  z.object({ type: z.literal('ROOM_DELETED'), message: z.string(), code: RemovalCode }),
  z.object({ type: z.literal('REMOVED'), message: z.string(), code: RemovalCode }),
])
export type ServerEvent = z.infer<typeof ServerEvent>
export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>
