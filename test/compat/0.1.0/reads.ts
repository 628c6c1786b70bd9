import * as z from 'zod'

/**
 * What 0.1.0 reads, copied from its sources as they were: its functions on the rows, events and tokens of every later
 * version, its pages on their frames. Fields that it does not know it ignores. An attribute that one of its conditions or
 * filters compares with must be there, also where its parser has a default: `hosting_since = :null` is no for a row without.
 */
const id = z.string().min(1).max(64)
const key = { pk: z.string(), sk: z.string() }
const entryMode = z.enum(['PASSWORD', 'APPROVAL']).nullable()
const media = z.object({ url: z.string(), title: z.string().nullable(), duration: z.number().nullable() })

const User = z.object({
  ...key,
  id: z.string(),
  display_name: z.string(),
  is_guest: z.boolean(),
  email: z.string().nullable(),
  password_hash: z.string().nullable(),
  generation: z.number(),
  spared_token: z.string().nullable(),
  is_admin: z.boolean(),
  created_at: z.number(),
  ttl: z.number().optional(),
})

const Room = z.object({
  ...key,
  code: z.string(),
  name: z.string().nullable(),
  is_private: z.boolean(),
  entry_mode: entryMode,
  password_hash: z.string().nullable(),
  guests_allowed: z.boolean(),
  is_chat_enabled: z.boolean(),
  media: media.nullable(),
  host_id: z.string(),
  host: z.string(),
  created_at: z.number(),
  idle_until: z.number(),
  active_at: z.number(),
  deleted_at: z.number().nullable(),
  is_playing: z.boolean(),
  time: z.number(),
  at: z.number(),
  rate: z.number(),
  version: z.number().int(),
  sent_at: z.number(),
  listing: z.string().regex(/^(PUBLIC#[0-3]|PRIVATE#[0-3]|ENDED)$/),
  active: z.string().regex(/^\d{15}#\w{6}$/),
})

const Member = z.object({
  ...key,
  user_id: z.string(),
  name: z.string(),
  is_guest: z.boolean(),
  status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'LEFT', 'KICKED', 'BANNED']),
  status_at: z.number(),
  muted_until: z.number().nullable().optional(),
  hosting_since: z.number().nullable(),
  bucket_full_at: z.number().optional(),
  bucket_opened_by: z.string().nullable().optional(),
})

const shownMessage = { id, user: z.string(), user_id: id, message: z.string(), created_at: z.number() }
const SavedMessage = z.object({
  ...key,
  ...shownMessage,
  connection_id: z.string(),
  ref: z.string().optional(),
  ttl: z.number(),
})

const Connection = z.object({
  state: z.enum(['opening', 'greeting', 'live']),
  since: z.number(),
  expires: z.number(),
  live_from: z.number(),
  greeter: z.string().optional(),
})
const presence = {
  ...key,
  user_id: z.string(),
  name: z.string(),
  present_since: z.number().nullable().optional(),
  announced: z.number().nullable().optional(),
  open: z.number(),
  ttl: z.number(),
}
const Presence = z
  .looseObject(presence)
  .transform((item) => ({ ...item, connections: Object.entries(item).filter(([name]) => name.startsWith('c#')) }))
  .pipe(z.object({ ...presence, connections: z.array(z.tuple([z.string(), Connection])) }))

/** Every kind of item: where 0.1.0 looks for it, and as what it reads it. */
export const items = {
  core: [
    { kind: 'user', pk: /^USER#/, sk: /^PROFILE$/, schema: User },
    {
      kind: "a person's room",
      pk: /^USER#/,
      sk: /^ROOM#\w{6}$/,
      schema: z.object({ ...key, code: z.string(), joined_at: z.number(), is_pending: z.boolean() }),
    },
    { kind: 'e-mail lock', pk: /^EMAIL#[^A-Z]+$/, sk: /^EMAIL$/, schema: z.object({ ...key, user_id: z.string() }) },
    { kind: 'refused token', pk: /^TOKEN#/, sk: /^REVOKED$/, schema: z.object({ ...key, ttl: z.number() }) },
    { kind: 'room', pk: /^ROOM#\w{6}$/, sk: /^META$/, schema: Room },
    { kind: 'member', pk: /^ROOM#\w{6}$/, sk: /^MEMBER#/, schema: Member },
    { kind: 'name', pk: /^ROOM#\w{6}$/, sk: /^NAME#/, schema: z.object({ ...key, user_id: z.string() }) },
    { kind: 'message', pk: /^CHAT#\w{6}$/, sk: /^[0-9A-HJKMNP-TV-Z]{26}$/, schema: SavedMessage },
  ],
  connections: [{ kind: 'presence', pk: /^ROOM#\w{6}$/, sk: /^USER#/, schema: Presence }],
}

/** A token's header and claims. */
export const Token = z.object({
  alg: z.literal('HS256'),
  kid: z.string(),
  iss: z.literal('streamit'),
  aud: z.literal('streamit'),
  sub: z.string(),
  jti: z.string(),
  exp: z.number(),
  name: z.string(),
  guest: z.boolean(),
  gen: z.number(),
})

/** What the authorizer passes on to every later event of a socket, for up to two hours. */
export const SocketContext = z.object({
  userId: z.string(),
  name: z.string(),
  room: z.string(),
  tokenId: z.string(),
  generation: z.string().regex(/^\d+$/),
  expires: z.string().regex(/^\d+$/),
})

/** What connect tells welcome. */
export const Arrival = z.object({
  room: z.string(),
  userId: z.string(),
  name: z.string(),
  connectionId: z.string(),
})

const at = z.number()
const ref = z.string().optional()
const version = z.number().int()
const playback = { time: z.number(), is_playing: z.boolean(), at, rate: z.number(), version }
const command = { ...playback, user_id: id.nullable(), ref }
const person = { user: z.string(), user_id: id }
const reason = z.enum(['room_deleted', 'left', 'kicked', 'banned', 'rejected', 'signed_out'])

/** Frames that its pages read. */
export const ServerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('USER_JOINED'), ...person, at }),
  z.object({ type: z.literal('USER_LEFT'), ...person, at }),
  z.object({
    type: z.literal('ROOM_PARTICIPANTS'),
    participants: z.array(z.string()),
    host: z.string(),
    members: z.array(z.object({ user_id: id, name: z.string(), role: z.enum(['host', 'participant']) })),
    viewers: z.number().int(),
    truncated: z.literal(true).optional(),
    at,
  }),
  z.object({ type: z.literal('CHAT_MESSAGE'), ...shownMessage, ref }),
  z.object({
    type: z.literal('CHAT_HISTORY'),
    messages: z.array(z.object(shownMessage)),
    since: id.optional(),
    truncated: z.literal(true).optional(),
    ref,
  }),
  z.object({ type: z.literal('PLAY'), ...command }),
  z.object({ type: z.literal('PAUSE'), ...command }),
  z.object({ type: z.literal('SEEK'), ...command }),
  z.object({ type: z.literal('PLAYBACK_STATE'), ...playback, media: media.nullable(), ref }),
  z.object({ type: z.literal('PONG'), t0: z.number(), t1: z.number(), t2: z.number(), version, ref }),
  z.object({
    type: z.literal('ERROR'),
    message: z.string(),
    code: z.string(),
    re: z.string().optional(),
    ref,
    retry_after: z.number().int().optional(),
  }),
  z.object({
    type: z.literal('ROOM_UPDATED'),
    name: z.string().nullable(),
    is_private: z.boolean(),
    entry_mode: entryMode,
    is_chat_enabled: z.boolean(),
    guests_allowed: z.boolean(),
    host: z.string(),
    host_id: id,
    media: media.nullable(),
    version,
    at,
  }),
  z.object({ type: z.literal('JOIN_REQUESTED'), ...person }),
  z.object({ type: z.literal('JOIN_RESOLVED'), ...person, status: z.enum(['APPROVED', 'REJECTED', 'LEFT']) }),
  z.object({ type: z.literal('ROOM_DELETED'), message: z.string(), code: reason }),
  z.object({ type: z.literal('REMOVED'), message: z.string(), code: reason }),
])

const mark = z.string().max(64).optional()
const seconds = z.number().min(0).max(604_800)

/** Frames that its functions take from a page. */
export const ClientEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('CHAT_MESSAGE'), message: z.string().min(1).max(2_000), ref: mark }),
  z.object({ type: z.literal('PLAY'), time: seconds, ref: mark }),
  z.object({ type: z.literal('PAUSE'), time: seconds, ref: mark }),
  z.object({ type: z.literal('SEEK'), time: seconds, ref: mark }),
  z.object({ type: z.literal('PING'), t0: z.number(), ref: mark }),
  z.object({ type: z.literal('SYNC_REQUEST'), after: z.string().length(26).optional(), ref: mark }),
])
