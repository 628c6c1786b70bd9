import { sinceCleared } from '../../../functions/domain/chat.ts'
import type { Member } from '../../../functions/domain/membership.ts'
import { isHost, may } from '../../../functions/domain/rights.ts'
import { newRoom, type Room } from '../../../functions/domain/room.ts'
import { MESSAGES_PER_PAGE } from '../../../protocol/limits.ts'
import type { Media } from '../../../protocol/media.ts'
import type { ServerEvent, ShownMessage } from '../../../protocol/server-events.ts'
import { EPOCH, type ServerSocket } from './network.ts'

export const CODE = 'K7WQ3F'
export const MEDIA: Media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 7200 }
const IDLE_DAYS = 30

/** Tells an event to every open socket, or to those of which `only` is true. `echo`: one of them sees this mark with it. */
type Tell = (
  event: ServerEvent,
  to?: { only?: (socket: ServerSocket) => boolean; echo?: { socket: ServerSocket; ref: string | undefined } },
) => void

/** What the simulated server keeps of its one room, where the real one has its tables. A token is the user's id and name. */
export type KeptRoom = {
  room: Room
  /** The duration that a player has found out of the room's video; null where it was chosen with it. */
  learnedDuration: number | null
  messages: ShownMessage[]
  /** What was removed, each under the id that is the chat's revision. */
  removals: { id: string; message_id: string; user_id: string }[]
  /** Ids of messages and removals that were given so far. */
  idsGiven: number
  sockets: Set<ServerSocket>
  /** The sockets whose people the others know of. */
  live: Set<ServerSocket>
  /** What is known of people by what they and the host did. Everybody else is an approved member. */
  members: Map<string, Member>
  /** What people are called who have changed their name, by user id. */
  names: Map<string, string>
  /** How often people came and left. */
  peopleRevision: number
  /** How often somebody asked to be let in, or was answered. */
  waitingRevision: number
  /** The revision with which a person's coming was told, by user id. */
  joinedRevision: Map<string, number>
  /** When a person's bucket of messages is full again, by user id. Epoch milliseconds. */
  bucketFullAt: Map<string, number>
  /** The same of the bucket that newcomers share. */
  newcomersFullAt: number
  /** When a person last wrote, by user id: slow mode counts from it. Epoch milliseconds. */
  wroteAt: Map<string, number>
  /** What frames with a mark have done, by person and mark: a command, or the message that was said. */
  done: Map<string, 'command' | ShownMessage>
  /** Epoch milliseconds. */
  now: () => number
  /** The version of the protocol that PONGs tell; undefined as in 0.1.0, which did not say. */
  protocol: number | undefined
  tell: Tell
}

/** The room of the host "host" as it was made. Its version is 1: something has been commanded before. */
export const firstRoom = (media: Media | null): Room => {
  const facts = { code: CODE, name: 'Film night', is_private: false, entry_mode: null, is_chat_enabled: true }
  const made = newRoom({ ...facts, media, host_id: 'host', host: 'host', password: null }, EPOCH, IDLE_DAYS)
  return { ...made, version: 1 }
}

/** A person's row, as the server keeps one. */
export const memberOf = ({ members }: KeptRoom, user: string): Member =>
  members.get(user) ?? {
    ...{ user_id: user, name: user, is_guest: true, status: 'APPROVED', status_at: 0 },
    ...{ muted_until: null, hosting_since: null, left_at: 0 },
  }

export const nameOf = ({ names }: KeptRoom, user: string): string => names.get(user) ?? user

export const isMember = (kept: KeptRoom, user: string): boolean =>
  isHost(kept.room, user) || memberOf(kept, user).status === 'APPROVED'

/** Tells those who may let people in. */
export const tellModerators = (kept: KeptRoom, event: ServerEvent): void =>
  kept.tell(event, { only: ({ token }) => may('moderate', kept.room, token) })

/** The next id of a message or a removal: they sort as they are given. */
export const nextId = (kept: KeptRoom): string => {
  kept.idsGiven += 1
  return `01J${String(kept.idsGiven).padStart(23, '0')}`
}

/** What is left of the chat. */
export const shownMessages = ({ messages, room }: KeptRoom): ShownMessage[] => sinceCleared(messages, room)

/** The newest page of it. */
export const newest = (kept: KeptRoom): ShownMessage[] => shownMessages(kept).slice(-MESSAGES_PER_PAGE)

/** The chat's revision: the newest id of a message or a removal. */
export const chatRevision = ({ messages, removals }: KeptRoom): string | null =>
  [messages.at(-1)?.id, removals.at(-1)?.id].reduce<string | null>(
    (newest, id) => (id !== undefined && id > (newest ?? '') ? id : newest),
    null,
  )

/** People with a live socket, in the order in which they came. */
export const peopleIn = ({ live }: KeptRoom): string[] => [...new Set([...live].map(({ token }) => token))]
