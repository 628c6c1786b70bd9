import * as z from 'zod'
import { type ServerEventType, serverEventTypes } from './event-types.ts'
import { Id } from './ids.ts'
import { Media } from './media.ts'
import { removalCodes, socketRefusalCodes } from './refusals.ts'
import { RoomFacts } from './room.ts'

/** Server clock, milliseconds since the epoch. */
const at = z.number()
const ref = z.string().optional()
const version = z.number().int()
/** A type of the list, and no other. */
const named = <T extends ServerEventType>(type: T) => z.literal(type)

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

export const RemovalCode = z.enum(removalCodes)
export type RemovalCode = z.infer<typeof RemovalCode>

/** Every frame that the server may send. */
export const ServerEvent = z.discriminatedUnion('type', [
  z.object({ type: named('USER_JOINED'), user: z.string(), user_id: Id, at }),
  z.object({ type: named('USER_LEFT'), user: z.string(), user_id: Id, at }),
  z.object({
    type: named('ROOM_PARTICIPANTS'),
    participants: z.array(z.string()),
    host: z.string(),
    members: z.array(Participant),
    /** People connected, also where the list is cut. */
    viewers: z.number().int(),
    truncated: z.literal(true).optional(),
    at,
  }),
  z.object({ type: named('CHAT_MESSAGE'), ...ShownMessage.shape, ref }),
  z.object({
    type: named('CHAT_HISTORY'),
    messages: z.array(ShownMessage),
    /** Present on an answer to SYNC_REQUEST: the message after which these came. */
    since: Id.optional(),
    /** True where older or newer messages did not fit: read them over HTTP. */
    truncated: z.literal(true).optional(),
    ref,
  }),
  z.object({ type: named('PLAY'), ...command }),
  z.object({ type: named('PAUSE'), ...command }),
  z.object({ type: named('SEEK'), ...command }),
  z.object({ type: named('PLAYBACK_STATE'), ...playback, media: Media.nullable(), ref }),
  z.object({
    type: named('PONG'),
    t0: z.number(),
    t1: z.number(),
    t2: z.number(),
    version,
    /** The version of the protocol that the server speaks; servers of 0.1.0 do not say. */
    protocol: z.number().int().optional(),
    ref,
  }),
  z.object({
    type: named('ERROR'),
    message: z.string(),
    code: z.enum(socketRefusalCodes),
    re: z.string().optional(),
    ref,
    retry_after: z.number().int().optional(),
  }),
  z.object({ type: named('ROOM_UPDATED'), ...RoomFacts.shape, version, at }),
  /** What the host's player found out about the room's video: seconds, null while unknown, and a live stream's origin. */
  z.object({
    type: named('MEDIA_LEARNED'),
    url: z.string(),
    duration: z.number().nullable(),
    live_origin: z.number().optional(),
  }),
  z.object({ type: named('JOIN_REQUESTED'), user: z.string(), user_id: Id }),
  z.object({
    type: named('JOIN_RESOLVED'),
    user: z.string(),
    user_id: Id,
    status: z.enum(['APPROVED', 'REJECTED', 'LEFT']),
  }),
  z.object({ type: named('ROOM_DELETED'), message: z.string(), code: RemovalCode }),
  z.object({ type: named('REMOVED'), message: z.string(), code: RemovalCode }),
])
export type ServerEvent = z.infer<typeof ServerEvent>
// A type of the list without a schema does not compile.
serverEventTypes satisfies readonly ServerEvent['type'][]
export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>
