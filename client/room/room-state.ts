import type { Media } from '../../protocol/media.ts'
import type { PlaybackState } from '../../protocol/playback.ts'
import type { RoomFacts } from '../../protocol/room.ts'
import type { ShownMessage } from '../../protocol/server-events.ts'
import type { ConnectionState } from '../connection/connection-state.ts'
import { noPlayer, type PlayerStatus } from '../sync/player-driver.ts'
import type { Member } from './members.ts'
import { nobody, type People } from './people.ts'
import type { Removed } from './removed-messages.ts'
import type { WishesHeard } from './waiting.ts'

/** The room's facts as last heard, without its media: other events change that as well. */
export type KnownFacts = Omit<RoomFacts, 'media'> & {
  /** Server clock, epoch milliseconds, of the change: an older one says nothing new. */
  at: number
  /** Rises with every change of the facts; undefined where a server of 0.1.0 told them. */
  revision?: number | undefined
}

/**
 * One's own command, sent and not yet heard back: controls show it at once. PAUSE, then SEEK, is a PAUSE at the place of
 * the SEEK.
 */
export type Intent = { type: 'PLAY' | 'PAUSE' | 'SEEK'; time: number }

/** All that a page draws, as one immutable value: compare by identity, part by part. */
export type RoomState = {
  connection: ConnectionState
  people: People
  messages: readonly ShownMessage[]
  /**
   * The id of the newest message known of, where `messages` ends before it, because somebody has filled the list with
   * older ones. `session.readNewer()` and `session.readNewest()` lead back. Null where the list ends with the newest.
   */
  newerUntil: string | null
  /** Whether `messages` begins where the chat does, as far as the server has told or shown its beginning. */
  isFromBeginning: boolean
  /** The messages that were removed, as far as heard: no frame that comes late shows them again. */
  removed: Removed
  playback: PlaybackState | null
  media: Media | null
  /** The version of the newest frame that named the media; -1 before any did. */
  mediaVersion: number
  /** Who gave the last command that was heard: their user id, null where nobody did or the server. */
  commandedBy: string | null
  /** The last question for a pause, for those who command; null before one. */
  pauseAsked: { user: string; user_id: string; at: number } | null
  /**
   * Until when this person may not write, epoch milliseconds of the server's clock; null where they may. As far as
   * heard.
   */
  mutedUntil: number | null
  /** When `mutedUntil` was so, by the server's clock; 0 before anything was heard of it. */
  mutedAt: number
  /** Null until the first ROOM_UPDATED or HTTP detail. */
  room: KnownFacts | null
  /** People waiting for the host, as far as heard since connecting. */
  requests: readonly { user: string; user_id: string }[]
  /** By user id: what was heard last of a wish, as far as the server numbers it. It shows what is heard late. */
  wishesHeard: WishesHeard
  /**
   * Everybody with a status in the room, in no order: all of them for the host, the approved ones for anybody else.
   * Empty until read, and while nobody watches: `session.watchMembers()`.
   */
  members: readonly Member[]
  intent: Intent | null
  /**
   * One's own last command that the room has not heard and will not hear any more: say so. Null again with the next
   * command.
   */
  unheard: Intent | null
  /** A greeting has begun and has told no playback yet. The playback that it tells replaces what is held. */
  isGreeting: boolean
  /** How the attached player gets on. */
  player: PlayerStatus
  /** The player waits for the person (`player.hold` says why): offer a button that calls `session.unblock()`. */
  isPlaybackBlocked: boolean
  /** The server speaks a newer version of the protocol than this library: offer to load the page again. It stays true. */
  isOutdated: boolean
}

export const emptyRoom: RoomState = {
  connection: { status: 'connecting', attempt: 0 },
  people: nobody,
  messages: [],
  newerUntil: null,
  isFromBeginning: false,
  removed: new Map(),
  playback: null,
  media: null,
  mediaVersion: -1,
  commandedBy: null,
  pauseAsked: null,
  mutedUntil: null,
  mutedAt: 0,
  room: null,
  requests: [],
  wishesHeard: new Map(),
  members: [],
  intent: null,
  unheard: null,
  isGreeting: false,
  player: noPlayer,
  isPlaybackBlocked: false,
  isOutdated: false,
}
