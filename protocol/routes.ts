import * as z from 'zod'
import { Id, MessageId } from './ids.ts'
import { MAX_MUTE_SECONDS } from './limits.ts'
import { LearnedMedia, Media } from './media.ts'
import { PlaybackTime } from './playback-time.ts'
import type { RefusalCode } from './refusals.ts'
import { EntryMode, roomFacts, ShownMessage } from './server-events.ts'
import { AccountPassword, DisplayName, Email } from './text.ts'

/** Who may call: anybody, anybody but a token is honoured when sent, or only with a token. */
export type RouteAuth = 'none' | 'optional' | 'required'

type RouteData = {
  method: 'GET' | 'POST'
  /** Path below the origin; a trailing slash is optional on every one. */
  path: `/api/${string}`
  summary: string
  auth: RouteAuth
  /** What is read: the body of a POST, the query string and path parameters of a GET. */
  request: z.ZodType
  answer: z.ZodType
  /** HTTP status of the answer. */
  status: 200 | 201
  /** Refusals of its own, beside those that every route has (400 invalid_*, 401 where a token is required, 413). */
  refusals: readonly RefusalCode[]
}

const route = <const R extends RouteData>(data: R): R => data

const nothing = z.object({})
const roomCode = z.string().max(64)
const cursor = z.string().max(512).optional()
const next = z.string().nullable()
const byRoom = z.object({ room_id: roomCode })
const byMember = z.object({ room_id: roomCode, user_id: Id })
const done = z.object({ ok: z.literal(true) })
const success = z.object({ success: z.literal(true) })

const User = z.object({ id: Id, display_name: z.string(), is_guest: z.boolean() })
const SignedIn = User.extend({ access_token: z.string() })

export const MembershipStatus = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'LEFT', 'KICKED', 'BANNED'])
export type MembershipStatus = z.infer<typeof MembershipStatus>

const RoomDetail = z.object({
  room_id: z.string(),
  code: z.string(),
  ...roomFacts,
  /** Epoch milliseconds. */
  created_at: z.number(),
  is_host: z.boolean(),
  viewers: z.number().int(),
})

const Member = z.object({
  id: Id,
  display_name: z.string(),
  status: MembershipStatus,
  is_host: z.boolean(),
  is_guest: z.boolean(),
  online: z.boolean(),
  /** Epoch milliseconds; null when not muted. */
  muted_until: z.number().nullable(),
  /** Epoch milliseconds: when the status became what it is. Servers of 0.1.0 do not say it. */
  status_at: z.number().optional(),
})

const entry = { is_private: z.boolean(), entry_mode: EntryMode.nullable().optional() }
const entryMatchesPrivacy = (room: { is_private?: boolean | undefined; entry_mode?: EntryMode | null | undefined }) =>
  room.is_private === true ? room.entry_mode != null : room.entry_mode == null
const entryRule = {
  path: ['entry_mode'],
  message: 'must be "PASSWORD" or "APPROVAL" when is_private is true, and null otherwise',
}

/** Whether a public room stands among the public rooms. */
const isListed = z.boolean().optional()
const listedIsPublic = (room: { is_private?: boolean | undefined; is_listed?: boolean | undefined }) =>
  room.is_private !== true || room.is_listed !== true
const listedRule = { path: ['is_listed'], message: 'must be false or left out when is_private is true' }

/** Where a new video stands when it is chosen, paused. */
const start = PlaybackTime.optional()
const startHasMedia = (wish: { start?: number | undefined; media?: Media | null | undefined }) =>
  wish.start === undefined || wish.media != null
const startRule = { path: ['start'], message: 'goes with media: send both' }

/** Every HTTP route, as data: the router, the client library, the documents and the tests read this. */
export const routes = {
  'auth/register': route({
    method: 'POST',
    path: '/api/auth/register',
    summary: "Open an account. With a guest's token the guest becomes the account and keeps everything.",
    auth: 'optional',
    request: z.object({ email: Email, password: AccountPassword, display_name: DisplayName }),
    answer: SignedIn,
    status: 201,
    refusals: ['email_taken', 'already_registered'],
  }),
  'auth/login': route({
    method: 'POST',
    path: '/api/auth/login',
    summary: 'Sign in with e-mail and password.',
    auth: 'none',
    request: z.object({ email: z.string(), password: z.string() }),
    answer: SignedIn,
    status: 200,
    refusals: ['invalid_credentials'],
  }),
  'auth/guest': route({
    method: 'POST',
    path: '/api/auth/guest',
    summary: 'Come in with a name and nothing else.',
    auth: 'none',
    request: z.object({ display_name: DisplayName }),
    answer: SignedIn,
    status: 200,
    refusals: [],
  }),
  'auth/logout': route({
    method: 'POST',
    path: '/api/auth/logout',
    summary: 'Refuse this token from now on; sockets opened with it close at their next PING.',
    auth: 'required',
    request: nothing,
    answer: success,
    status: 200,
    refusals: [],
  }),
  'auth/refresh': route({
    method: 'POST',
    path: '/api/auth/refresh',
    summary: 'A new token for the same person, with a new id and expiry.',
    auth: 'required',
    request: nothing,
    answer: z.object({ access_token: z.string() }),
    status: 200,
    refusals: [],
  }),
  'auth/password': route({
    method: 'POST',
    path: '/api/auth/password',
    summary: 'Change the password; every other token of the account is refused.',
    auth: 'required',
    request: z.object({ current: z.string(), new: AccountPassword }),
    answer: success,
    status: 200,
    refusals: ['invalid_credentials'],
  }),
  'auth/delete': route({
    method: 'POST',
    path: '/api/auth/delete',
    summary: 'Delete the account and the rooms it hosts.',
    auth: 'required',
    request: nothing,
    answer: success,
    status: 200,
    refusals: ['host_must_stay', 'conflict'],
  }),
  'auth/me': route({
    method: 'GET',
    path: '/api/auth/me',
    summary: 'Who this token speaks for.',
    auth: 'required',
    request: nothing,
    answer: User,
    status: 200,
    refusals: [],
  }),
  'rooms/create': route({
    method: 'POST',
    path: '/api/rooms/create',
    summary: 'Make a room and host it.',
    auth: 'required',
    request: z
      .object({
        ...entry,
        is_listed: isListed,
        name: DisplayName.nullable().optional(),
        is_chat_enabled: z.boolean().optional(),
        media: Media.nullable().optional(),
        start,
      })
      .refine(entryMatchesPrivacy, entryRule)
      .refine(listedIsPublic, listedRule)
      .refine(startHasMedia, startRule),
    answer: z.object({
      room_id: z.string(),
      code: z.string(),
      is_private: z.boolean(),
      entry_mode: EntryMode.nullable(),
      /** Only for PASSWORD, and only here: the server keeps a hash. */
      room_password: z.string().optional(),
    }),
    status: 201,
    refusals: ['guests_cannot_host'],
  }),
  'rooms/join': route({
    method: 'POST',
    path: '/api/rooms/join',
    summary: 'Become a member, or ask to.',
    auth: 'required',
    request: z.object({
      code: roomCode.min(1, 'must not be empty'),
      password: z.string().max(200).nullable().optional(),
    }),
    answer: z.object({
      room_id: z.string(),
      code: z.string(),
      status: z.enum(['APPROVED', 'PENDING']),
      is_host: z.boolean(),
    }),
    status: 200,
    refusals: ['room_not_found', 'wrong_password', 'guests_not_allowed', 'rejected', 'kicked', 'banned', 'conflict'],
  }),
  'rooms/approve': route({
    method: 'POST',
    path: '/api/rooms/approve',
    summary: 'Let a waiting person in.',
    auth: 'required',
    request: byMember,
    answer: z.object({ approved: z.literal(true) }),
    status: 200,
    refusals: ['not_host', 'room_not_found', 'not_pending'],
  }),
  'rooms/reject': route({
    method: 'POST',
    path: '/api/rooms/reject',
    summary: 'Decline a waiting person for ten minutes.',
    auth: 'required',
    request: byMember,
    answer: z.object({ rejected: z.literal(true) }),
    status: 200,
    refusals: ['not_host', 'room_not_found', 'not_pending', 'conflict'],
  }),
  'rooms/leave': route({
    method: 'POST',
    path: '/api/rooms/leave',
    summary: 'Give up membership.',
    auth: 'required',
    request: byRoom,
    answer: z.object({ left: z.literal(true) }),
    status: 200,
    refusals: ['room_not_found', 'not_a_member', 'host_must_stay', 'conflict'],
  }),
  'rooms/kick': route({
    method: 'POST',
    path: '/api/rooms/kick',
    summary: 'Remove a member for ten minutes.',
    auth: 'required',
    request: byMember,
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'host_must_stay', 'conflict'],
  }),
  'rooms/ban': route({
    method: 'POST',
    path: '/api/rooms/ban',
    summary: 'Remove a person until unbanned.',
    auth: 'required',
    request: byMember,
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'host_must_stay', 'conflict'],
  }),
  'rooms/unban': route({
    method: 'POST',
    path: '/api/rooms/unban',
    summary: 'Let a banned person join again.',
    auth: 'required',
    request: byMember,
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found'],
  }),
  'rooms/mute': route({
    method: 'POST',
    path: '/api/rooms/mute',
    summary: "Refuse a member's messages for some seconds.",
    auth: 'required',
    request: byMember.extend({
      seconds: z
        .number()
        .int()
        .min(1, 'must be at least 1')
        .max(MAX_MUTE_SECONDS, `must be at most ${MAX_MUTE_SECONDS}`),
    }),
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found'],
  }),
  'rooms/unmute': route({
    method: 'POST',
    path: '/api/rooms/unmute',
    summary: 'Let a muted member write again.',
    auth: 'required',
    request: byMember,
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found'],
  }),
  'rooms/transfer': route({
    method: 'POST',
    path: '/api/rooms/transfer',
    summary: 'Hand the room over to an approved member.',
    auth: 'required',
    request: byMember,
    answer: done,
    status: 200,
    refusals: ['not_host', 'room_not_found', 'member_not_found', 'conflict'],
  }),
  'rooms/settings': route({
    method: 'POST',
    path: '/api/rooms/settings',
    summary: 'Change the name, chat, video, entry or password of a room.',
    auth: 'required',
    request: z
      .object({
        room_id: roomCode,
        name: DisplayName.nullable().optional(),
        is_chat_enabled: z.boolean().optional(),
        is_private: z.boolean().optional(),
        entry_mode: EntryMode.nullable().optional(),
        is_listed: isListed,
        media: Media.nullable().optional(),
        start,
        guests_allowed: z.boolean().optional(),
        new_password: z.literal(true).optional(),
        learned: LearnedMedia.optional(),
      })
      .refine(({ room_id: _, learned, ...rest }) => learned === undefined || Object.keys(rest).length === 0, {
        path: ['learned'],
        message: 'goes alone: send other changes in a call of their own',
      })
      .refine((change) => change.is_private !== undefined || change.entry_mode === undefined, {
        path: ['is_private'],
        message: 'goes with entry_mode: send both',
      })
      .refine((change) => change.is_private === undefined || entryMatchesPrivacy(change), entryRule)
      .refine(listedIsPublic, listedRule)
      .refine(startHasMedia, startRule),
    answer: RoomDetail.extend({
      /** Once, when PASSWORD was turned on or renewed. */
      room_password: z.string().optional(),
    }),
    status: 200,
    refusals: ['not_host', 'room_not_found', 'conflict'],
  }),
  'rooms/delete': route({
    method: 'POST',
    path: '/api/rooms/delete',
    summary: 'Delete a room for good.',
    auth: 'required',
    request: byRoom,
    answer: z.object({ status: z.literal('room_deleted') }),
    status: 200,
    refusals: ['not_host', 'room_not_found'],
  }),
  'rooms/preview': route({
    method: 'GET',
    path: '/api/rooms/{code}',
    summary: 'What an invite page shows; no membership needed.',
    auth: 'none',
    request: z.object({ code: roomCode }),
    answer: RoomDetail.pick({
      code: true,
      name: true,
      is_private: true,
      entry_mode: true,
      guests_allowed: true,
      host: true,
      viewers: true,
    }),
    status: 200,
    refusals: ['room_not_found'],
  }),
  'rooms/detail': route({
    method: 'GET',
    path: '/api/rooms/{code}/detail',
    summary: 'The whole room, for its members.',
    auth: 'required',
    request: z.object({ code: roomCode }),
    answer: RoomDetail,
    status: 200,
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/participants': route({
    method: 'GET',
    path: '/api/rooms/participants',
    summary: 'The members: all of them for the host, the approved for the others.',
    auth: 'required',
    request: z.object({ room_id: roomCode, cursor }),
    answer: z.object({ participants: z.array(Member), next }),
    status: 200,
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/messages': route({
    method: 'GET',
    path: '/api/rooms/messages',
    summary: 'Chat, oldest first: the newest page, the page before a message, or the page after one.',
    auth: 'required',
    request: z
      .object({ room_id: roomCode, before: MessageId.optional(), after: MessageId.optional() })
      .refine((page) => page.before === undefined || page.after === undefined, {
        path: ['after'],
        message: 'does not go with before: send one of them',
      }),
    /** `next`: the id to send as `before` (or `after`, when that was sent) for the page that follows; null at the end. */
    answer: z.object({ messages: z.array(ShownMessage), next }),
    status: 200,
    refusals: ['room_not_found', 'not_a_member'],
  }),
  'rooms/mine': route({
    method: 'GET',
    path: '/api/rooms/mine',
    summary: 'Rooms that the caller hosts or has joined, newest first.',
    auth: 'required',
    request: z.object({ cursor }),
    answer: z.object({
      rooms: z.array(
        RoomDetail.pick({
          room_id: true,
          code: true,
          name: true,
          is_private: true,
          entry_mode: true,
          host: true,
          is_host: true,
          created_at: true,
        }).extend({ joined_at: z.number() }),
      ),
      next,
    }),
    status: 200,
    refusals: [],
  }),
  'rooms/public': route({
    method: 'GET',
    path: '/api/rooms/public',
    summary: 'Listed rooms with somebody inside, most people first.',
    auth: 'none',
    request: z.object({ cursor }),
    answer: z.object({
      rooms: z.array(RoomDetail.pick({ code: true, name: true, host: true, viewers: true, created_at: true })),
      next,
    }),
    status: 200,
    refusals: [],
  }),
  health: route({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the service answers, and which version.',
    auth: 'none',
    request: nothing,
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
    status: 200,
    refusals: [],
  }),
} as const

export type Routes = typeof routes
export type RouteName = keyof Routes
export type RequestOf<N extends RouteName> = z.infer<Routes[N]['request']>
/** What a caller sends: fields with defaults may be left out. */
export type SentOf<N extends RouteName> = z.input<Routes[N]['request']>
export type AnswerOf<N extends RouteName> = z.infer<Routes[N]['answer']>
