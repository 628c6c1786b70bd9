import type { Presence } from '../../functions/domain/presence.ts'
import type { Room } from '../../functions/domain/room.ts'
import {
  MAX_COHOSTS,
  MAX_MEDIA_TITLE_CHARACTERS,
  MAX_MEDIA_URL_CHARACTERS,
  MAX_MESSAGE_CODE_POINTS,
  MAX_NAME_CHARACTERS,
  MAX_REF_CHARACTERS,
  MAX_TIME_SECONDS,
} from '../../protocol/limits.ts'
import type { ShownMessage } from '../../protocol/server-events.ts'

export const NOW = 1_790_000_000_123

/** As long as the ids that we make. */
export const id = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

const TWO_MARKS = '\u{1E130}\u{1E131}'
/** Forty visible characters, a hundred and twenty code points, four bytes each. */
export const longestName = `\u{1D7D8}${TWO_MARKS}`.repeat(MAX_NAME_CHARACTERS)
/** Five hundred code points, two thousand bytes. */
export const longestText = '😀'.repeat(MAX_MESSAGE_CODE_POINTS)
/** JSON writes each of these with six bytes. */
const escaped = (count: number): string => '\u0001'.repeat(count)
export const longestRef = escaped(MAX_REF_CHARACTERS)

const address = 'https://v.example/'
export const longestMedia = {
  url: address + '中'.repeat(MAX_MEDIA_URL_CHARACTERS - address.length),
  title: '中'.repeat(MAX_MEDIA_TITLE_CHARACTERS),
  duration: MAX_TIME_SECONDS - 0.001,
  live_origin: 8.64e15,
}

export const aRoom = (given: Partial<Room>): Room => ({
  code: 'AAAAAA',
  facts_revision: Number.MAX_SAFE_INTEGER,
  empty_since: null,
  name: null,
  is_private: true,
  is_listed: false,
  entry_mode: 'APPROVAL',
  password_hash: null,
  chosen_hash: null,
  password_at: NOW,
  guests_allowed: false,
  is_locked: false,
  is_chat_enabled: false,
  media: null,
  cohosts: Array.from({ length: MAX_COHOSTS }, (_, index) => id(index + 1)),
  barred: [],
  barred_at: 0,
  control: 'EVERYONE',
  heirs: 'COHOSTS',
  offered_to: id(1),
  stands_in_for: id(2),
  slow_mode_seconds: 3600,
  chat_since: '01ARZ3NDEKTSV4RRFFQ69G0000',
  host_id: id(0),
  host: 'Hana',
  created_at: NOW,
  idle_until: NOW * 2,
  active_at: NOW,
  sent_at: NOW,
  deleted_at: null,
  is_playing: false,
  time: MAX_TIME_SECONDS - 0.001,
  at: NOW,
  rate: 1,
  version: Number.MAX_SAFE_INTEGER,
  ...given,
})

export const aPresence = (userId: string, name: string): Presence => ({
  user_id: userId,
  name,
  present_since: null,
  announced: null,
  joined_revision: null,
  left_told: null,
  left_at: 0,
  closing: [],
  connections: [{ id: `c-${userId}`, state: 'live', since: 0, expires: NOW * 2, live_from: 0, seen: null }],
})

export const someMessages = (count: number, message: string, user = longestName): ShownMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `01ARZ3NDEKTSV4RRFFQ69G${String(index).padStart(4, '0')}`,
    user,
    user_id: id(index),
    message,
    created_at: NOW + index,
  }))
