import { createHash } from 'node:crypto'
import { MAX_TIME_SECONDS } from '../../protocol/limits.ts'
import type { Media } from '../../protocol/media.ts'
import type { PlaybackState } from '../../protocol/playback.ts'
import { Refusal } from '../../protocol/refusals.ts'
import type { Control, Heirs, RoomFacts } from '../../protocol/room.ts'
import { pickFacts } from '../../protocol/room-facts.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { DAY_MS, HOUR_MS } from './durations.ts'
import { isHost } from './rights.ts'

const ACTIVITY_BUCKET_MS = 10 * 60 * 1000
/** Sockets last two hours at the most, so in a room with a viewer somebody connected within this time. */
export const LIVE_FOR_MS = 2 * HOUR_MS + ACTIVITY_BUCKET_MS

/** A room as it is kept: its facts, its password, its activity, and where its playback is. Times in epoch milliseconds. */
export type Room = PlaybackState &
  RoomFacts & {
    code: string
    /** Always known here, as the fields that follow are. */
    is_listed: boolean
    cohosts: string[]
    control: Control
    heirs: Heirs
    offered_to: string | null
    stands_in_for: string | null
    chat_since: string | null
    slow_mode_seconds: number
    password_at: number | null
    /** Those who are being removed: they have no right any more. */
    barred: string[]
    /** When the latest of them was barred; 0 where that was not noted. */
    barred_at: number
    is_locked: boolean
    password_hash: string | null
    /** The hash of a password that the host chose. `password_hash` is then of a password that nobody knows. */
    chosen_hash: string | null
    created_at: number
    /** When the room disappears unless somebody connects. */
    idle_until: number
    /** Start of the 10-minute bucket of the latest activity. */
    active_at: number
    /** When the gateway received the frame or request that last changed playback; 0 where nothing has. */
    sent_at: number
    /** Rises by one with every change of the room's facts; 0 where none was changed since 0.1.0. */
    facts_revision: number
    /** Since when nobody has been there, noted while the video plays; null where somebody is, or nothing was noted. */
    empty_since: number | null
    deleted_at: number | null
    /** Who handed the room to its host, if somebody did. */
    former_host_id?: string | undefined
    /** Who declined the room last, if somebody did. */
    declined_by?: string | undefined
  }

/** What a host may change of a room. */
export type RoomChange = Partial<
  Pick<
    Room,
    | 'name'
    | 'is_chat_enabled'
    | 'is_private'
    | 'is_listed'
    | 'entry_mode'
    | 'password_hash'
    | 'chosen_hash'
    | 'password_at'
    | 'media'
    | 'guests_allowed'
    | 'slow_mode_seconds'
    | 'control'
    | 'heirs'
    | 'is_locked'
  >
>

export const hasEnded = (room: Room, now: number): boolean => room.deleted_at !== null || room.idle_until <= now

/** The room, if there (still) is one. @throws Refusal room_not_found */
export const livingRoom = (room: Room | undefined, now: number): Room => {
  if (room === undefined || hasEnded(room, now)) throw new Refusal('room_not_found')
  return room
}

/** The 10-minute bucket of activity, as the instant it starts: the listing is rewritten only when it changes. */
export const activityBucket = (now: number): number => now - (now % ACTIVITY_BUCKET_MS)

export const idleUntil = (now: number, idleDays: number): number => now + idleDays * DAY_MS

/** Rooms of which nothing was heard since then are idle now. */
export const idleSince = (now: number, idleDays: number): number => now - idleDays * DAY_MS

/**
 * The hash of a password that we made. It is random and long, so a fast hash suffices where an account's needs bcrypt;
 * the code salts it. See `functions/auth/room-passwords.ts` for those that hosts choose.
 */
export const hashRoomPassword = (code: string, password: string): string =>
  createHash('sha256').update(`${code}:${password}`).digest('base64url')

/** Where a video stands when it is chosen, in seconds: where its link says, and never after its end. */
export const startOf = (media: Media | null | undefined, start: number | undefined): number =>
  Math.min(start ?? 0, media?.duration ?? MAX_TIME_SECONDS)

export type NewRoom = Pick<
  Room,
  'code' | 'name' | 'is_private' | 'entry_mode' | 'is_chat_enabled' | 'media' | 'host_id' | 'host'
> & {
  /** One that we made. */
  password: string | null
  /** Only a public room can be listed. It is listed where nothing is said. */
  is_listed?: boolean | undefined
  /** Seconds at which the video stands when it is chosen; 0 where nothing is said. */
  start?: number | undefined
}

export const newRoom = ({ password, start, is_listed, ...given }: NewRoom, now: number, idleDays: number): Room => ({
  ...given,
  is_listed: !given.is_private && (is_listed ?? true),
  password_hash: password === null ? null : hashRoomPassword(given.code, password),
  chosen_hash: null,
  password_at: null,
  guests_allowed: true,
  is_locked: false,
  created_at: now,
  idle_until: idleUntil(now, idleDays),
  active_at: activityBucket(now),
  deleted_at: null,
  is_playing: false,
  time: startOf(given.media, start),
  at: now,
  rate: 1,
  version: 0,
  sent_at: 0,
  facts_revision: 0,
  empty_since: null,
  cohosts: [],
  barred: [],
  barred_at: 0,
  control: 'HOSTS',
  heirs: 'COHOSTS',
  offered_to: null,
  stands_in_for: null,
  chat_since: null,
  slow_mode_seconds: 0,
})

/** Everything a member may know of a room. */
export const roomDetail = (room: Room, userId: string, viewers: number) => ({
  room_id: room.code,
  code: room.code,
  ...pickFacts(room),
  revision: room.facts_revision,
  created_at: room.created_at,
  is_host: isHost(room, userId),
  viewers,
})

export const roomUpdated = (room: Room, now: number): ServerEventOf<'ROOM_UPDATED'> => ({
  type: 'ROOM_UPDATED',
  ...pickFacts(room),
  revision: room.facts_revision,
  version: room.version,
  at: now,
})

export const mediaLearned = (media: Media, revision: number): ServerEventOf<'MEDIA_LEARNED'> => ({
  type: 'MEDIA_LEARNED',
  url: media.url,
  duration: media.duration,
  ...(media.live_origin !== undefined && { live_origin: media.live_origin }),
  revision,
})
