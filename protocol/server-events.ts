import * as z from 'zod'
import { type ServerEventType, serverEventTypes } from './event-types.ts'
import { Id } from './ids.ts'
import { MAX_LISTED_PARTICIPANTS, MESSAGES_PER_PAGE } from './limits.ts'
import { Media } from './media.ts'
import { chatLimits, removalCodes, socketRefusalCodes } from './refusal-codes.ts'
import { Revisions } from './revisions.ts'
import { allRoles } from './roles.ts'
import { RoomFacts } from './room.ts'

// What `describe` says stands in docs/frames.md: write it again with `npm run docs:contract`.

const ref = z.string().optional().describe('the mark of the frame that this answers or repeats; for its sender only')
const version = z.number().int().describe('rises by one with every accepted command or change of media')
const revision = z.number().int().optional()
const peopleRevision = revision.describe(
  'of the people: rises by one whenever somebody comes or leaves; servers of 0.1.0 do not say it',
)
const waitingRevision = revision.describe(
  'of those who wait: rises by one whenever it changes who they are; servers of 0.1.0 do not say it',
)
const factsRevision = revision.describe(
  'of the facts: rises by one with every change of them; servers of 0.1.0 do not say it',
)
const media = Media.nullable().describe('the video, null where there is none')
/** A type of the list, and no other. */
const named = <T extends ServerEventType>(type: T) => z.literal(type)

const user = z.string().describe('their name in this room')
const user_id = Id.describe('who it is')
const renamed = z
  .literal(true)
  .optional()
  .describe('nobody came or left: one person has another name. USER_LEFT says the old one, USER_JOINED the new one')
/** When something happened to a person or to the room. */
const at = z.number().describe("when, epoch milliseconds of the server's clock")

/** What every playback frame says: the whole state, so that a gap needs no repair. */
const playback = {
  time: z.number().describe('position in seconds at the instant `at`'),
  is_playing: z.boolean().describe('whether it goes on from there'),
  at: z
    .number()
    .describe(
      "the instant at which `time` is or becomes true, epoch milliseconds of the server's clock; up to 1 s ahead",
    ),
  rate: z.number().describe('seconds of video per second'),
  version,
}
const command = {
  ...playback,
  user_id: Id.nullable().describe(
    'who commanded it, null where the server did: the room was empty, or stood at its end',
  ),
  ref,
}

export const ShownMessage = z.object({
  id: Id.describe('sorts by time: a ULID'),
  user: z.string().describe("the writer's name in this room"),
  user_id: Id.describe('who wrote it'),
  message: z.string().describe('text, never HTML'),
  created_at: z.number().describe('when the server received it, epoch milliseconds'),
})
export type ShownMessage = z.infer<typeof ShownMessage>

/** One of those who are in the room now. The frames call them participants. */
export const Viewer = z.object({
  user_id,
  name: user,
  role: z.enum(allRoles).describe('who commands the video'),
  since: z
    .number()
    .optional()
    .describe('since when they are here, epoch milliseconds, within a second; servers of 0.1.0 do not say it'),
})
export type Viewer = z.infer<typeof Viewer>

export const RemovalCode = z.enum(removalCodes)
export type RemovalCode = z.infer<typeof RemovalCode>
const removal = { message: z.string().describe('a sentence for people'), code: RemovalCode.describe('why') }

const people = [
  z
    .object({ type: named('USER_JOINED'), user, user_id, at, renamed, revision: peopleRevision })
    .describe('Somebody came. Told to the others.'),
  z
    .object({ type: named('USER_LEFT'), user, user_id, at, renamed, revision: peopleRevision })
    .describe('Somebody left: their last socket in this room has ended. Told to the others.'),
  z
    .object({
      type: named('ROOM_PARTICIPANTS'),
      participants: z.array(z.string()).describe('the names of `members`, in the same order'),
      host: z.string().describe("the host's name in this room, also while they are away"),
      members: z.array(Viewer).describe(`who is here, the host first; at most ${MAX_LISTED_PARTICIPANTS}`),
      viewers: z.number().int().describe('how many people are here, also where the list is cut'),
      truncated: z.literal(true).optional().describe('the list is not whole'),
      at,
      revision: peopleRevision,
    })
    .describe('The first frame of a greeting, and in an answer to SYNC_REQUEST with `parts`: who is here.'),
  z
    .object({ type: named('JOIN_REQUESTED'), user, user_id, revision: waitingRevision })
    .describe('Somebody asks to be let in. Told to those who may let people in.'),
  z
    .object({
      type: named('JOIN_RESOLVED'),
      user,
      user_id,
      status: z.enum(['APPROVED', 'REJECTED', 'LEFT']).describe('LEFT: they gave up'),
      revision: waitingRevision,
    })
    .describe('Somebody no longer waits to be let in. Told to those who may let people in.'),
] as const

const toSome = [
  z
    .object({ type: named('PAUSE_ASKED'), user, user_id, at })
    .describe('A member would like a pause. Told to the host and the co-hosts.'),
  z
    .object({
      type: named('MUTED'),
      until: z.number().nullable().describe('when they may write again, epoch milliseconds; null: now'),
      at,
    })
    .describe('This person was muted, or may write again. Told to them alone, and after the greeting of who is muted.'),
] as const

const chat = [
  z
    .object({ type: named('CHAT_MESSAGE'), ...ShownMessage.shape, ref })
    .describe('Somebody said something. Told to everybody, the writer too.'),
  z
    .object({
      type: named('CHAT_HISTORY'),
      messages: z.array(ShownMessage).describe(`oldest first; at most ${MESSAGES_PER_PAGE}`),
      since: Id.optional().describe('in an answer to SYNC_REQUEST only: the message after which these came'),
      truncated: z.literal(true).optional().describe('older or newer ones did not fit: read them over HTTP'),
      removed: z
        .array(Id)
        .optional()
        .describe('with `since` only: the ids of messages that were removed after it, of older ones too'),
      ref,
    })
    .describe('The second frame of a greeting, and the answer to a SYNC_REQUEST with `after`: what was said.'),
  z
    .object({
      type: named('MESSAGE_REMOVED'),
      id: Id.describe('of the message that is gone'),
      revision: Id.describe('of the chat: a ULID, as the ids of messages are, of the moment of the removal'),
      user_id: Id.describe('who removed it'),
    })
    .describe('A message is gone. Told to everybody.'),
] as const

const playing = [
  z.object({ type: named('PLAY'), ...command }).describe('The video plays. Told to everybody, the host too.'),
  z.object({ type: named('PAUSE'), ...command }).describe('The video is paused. Told to everybody, the host too.'),
  z
    .object({ type: named('SEEK'), ...command })
    .describe('The video was moved, and plays or stands as before. Told to everybody, the host too.'),
  z
    .object({ type: named('PLAYBACK_STATE'), ...playback, media, ref })
    .describe('The last frame of a greeting, and the answer to SYNC_REQUEST: where the room is now.'),
] as const

const settings = [
  z
    .object({ type: named('ROOM_UPDATED'), ...RoomFacts.shape, version, at, revision: factsRevision })
    .describe(
      "The room's settings, host or video changed. Told to everybody. Also in an answer to SYNC_REQUEST with `parts`.",
    ),
  z
    .object({
      type: named('MEDIA_LEARNED'),
      url: z.string().describe('the address of the video that this is about'),
      duration: z.number().nullable().describe('seconds, null while unknown'),
      live_origin: z
        .number()
        .optional()
        .describe('of a live stream: its programme time at position 0, epoch milliseconds'),
      revision: factsRevision,
    })
    .describe("The host's player found out more about the room's video. Told to everybody."),
] as const

const answers = [
  z
    .object({
      type: named('PONG'),
      t0: z.number().describe('as the PING said it'),
      t1: z.number().describe("the server's clock on receiving, epoch milliseconds"),
      t2: z.number().describe("the server's clock on sending, epoch milliseconds"),
      version: version.describe('of the playback: a higher one than the client holds means that it missed a frame'),
      revisions: Revisions.optional().describe('of the other parts of the room; servers of 0.1.0 do not say them'),
      muted_until: z
        .number()
        .nullable()
        .optional()
        .describe('until when the sender may not write, epoch milliseconds; null: they may'),
      protocol: z.number().int().optional().describe('the version of the protocol; servers of 0.1.0 do not say it'),
      ref,
    })
    .describe('The answer to PING.'),
  z
    .object({
      type: named('ERROR'),
      message: z.string().describe('a sentence for people'),
      code: z.enum(socketRefusalCodes).describe('a newer server may have more'),
      re: z.string().optional().describe('the type of the frame that was refused'),
      ref,
      retry_after: z.number().int().optional().describe('seconds, where waiting helps'),
      limit: z
        .enum(chatLimits)
        .optional()
        .describe('of `too_fast`: which limit of the room it was, where it is not the bucket of the sender alone'),
    })
    .describe('A frame was refused. Told to its sender alone.'),
  z
    .object({ type: named('ROOM_DELETED'), ...removal })
    .describe('The room is gone. The last frame before the server closes: do not reconnect.'),
  z
    .object({ type: named('REMOVED'), ...removal })
    .describe(
      'This person may not be here any more. The last frame before the server closes: do not reconnect. Only `expired` is no removal: connect again with a newer token.',
    ),
] as const

/** Every frame that the server may send. */
export const ServerEvent = z.discriminatedUnion('type', [
  ...people,
  ...toSome,
  ...chat,
  ...playing,
  ...settings,
  ...answers,
])
export type ServerEvent = z.infer<typeof ServerEvent>
// A type of the list without a schema does not compile.
serverEventTypes satisfies readonly ServerEvent['type'][]

export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>
