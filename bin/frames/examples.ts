import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ClientEventType, ServerEventType } from '../../protocol/event-types.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'

const AT = 1_790_000_000_000
const HANA = { user: 'Hana', user_id: '3c9d2a54-6a0e-4a3b-9c36-0f6a5b1c7d10' }
const BO = { user: 'Bo', user_id: '8e1f6b0d-52c7-4f19-8d4e-2b7a9c3d5e21' }
const MESSAGE_ID = '01K5N8ZQ3V7R2M4T6W8Y0A1B2C'
const said = { id: MESSAGE_ID, ...BO, message: 'Is everybody here?', created_at: AT }
const media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 5400 }
const removal = { message: 'You were removed from this room. You can come back later.', code: 'kicked' } as const

/** Playing from 12.5 s on, 400 ms after the command. */
const playing = { time: 12.5, is_playing: true, at: AT + 400, rate: 1, version: 8 }

/** One frame of every type. A type that is missing here does not compile. */
export const clientExamples: { [T in ClientEventType]: Extract<ClientEvent, { type: T }> } = {
  CHAT_MESSAGE: { type: 'CHAT_MESSAGE', message: 'Is everybody here?', ref: 'c-1' },
  PLAY: { type: 'PLAY', time: 12.5, ref: 'c-2' },
  PAUSE: { type: 'PAUSE', time: 61.25, ref: 'c-3' },
  SEEK: { type: 'SEEK', time: 300, ref: 'c-4' },
  PING: { type: 'PING', t0: 84_211.5 },
  SYNC_REQUEST: { type: 'SYNC_REQUEST', after: MESSAGE_ID, ref: 'c-5' },
}

export const serverExamples: { [T in ServerEventType]: ServerEventOf<T> } = {
  USER_JOINED: { type: 'USER_JOINED', ...BO, at: AT },
  USER_LEFT: { type: 'USER_LEFT', ...BO, at: AT },
  ROOM_PARTICIPANTS: {
    type: 'ROOM_PARTICIPANTS',
    participants: [HANA.user, BO.user],
    host: HANA.user,
    members: [
      { user_id: HANA.user_id, name: HANA.user, role: 'host' },
      { user_id: BO.user_id, name: BO.user, role: 'participant' },
    ],
    viewers: 2,
    at: AT,
  },
  CHAT_MESSAGE: { type: 'CHAT_MESSAGE', ...said },
  CHAT_HISTORY: { type: 'CHAT_HISTORY', messages: [said] },
  MESSAGE_REMOVED: {
    type: 'MESSAGE_REMOVED',
    id: MESSAGE_ID,
    revision: '01K5N90A6W3X1B5D7F9H2J4K6M',
    user_id: HANA.user_id,
  },
  PLAY: { type: 'PLAY', ...playing, user_id: HANA.user_id },
  PAUSE: { type: 'PAUSE', ...playing, time: 61.25, is_playing: false, at: AT, version: 9, user_id: HANA.user_id },
  SEEK: { type: 'SEEK', ...playing, time: 300, version: 10, user_id: HANA.user_id },
  PLAYBACK_STATE: { type: 'PLAYBACK_STATE', ...playing, media },
  PONG: { type: 'PONG', t0: 84_211.5, t1: AT, t2: AT + 6, version: 8, muted_until: null, protocol: 1 },
  ERROR: {
    type: 'ERROR',
    message: 'You are sending messages too fast. Wait a moment.',
    code: 'too_fast',
    re: 'CHAT_MESSAGE',
    ref: 'c-1',
    retry_after: 1,
  },
  ROOM_UPDATED: {
    type: 'ROOM_UPDATED',
    name: 'Friday film',
    is_private: true,
    is_listed: false,
    entry_mode: 'APPROVAL',
    password_at: null,
    is_chat_enabled: true,
    guests_allowed: true,
    is_locked: false,
    host: HANA.user,
    host_id: HANA.user_id,
    media,
    cohosts: [BO.user_id],
    control: 'HOSTS',
    heirs: 'COHOSTS',
    offered_to: null,
    stands_in_for: null,
    slow_mode_seconds: 0,
    chat_since: null,
    version: 8,
    at: AT,
  },
  MEDIA_LEARNED: { type: 'MEDIA_LEARNED', url: media.url, duration: media.duration },
  PAUSE_ASKED: { type: 'PAUSE_ASKED', ...BO, at: AT },
  MUTED: { type: 'MUTED', until: AT + 600_000, at: AT },
  JOIN_REQUESTED: { type: 'JOIN_REQUESTED', ...BO },
  JOIN_RESOLVED: { type: 'JOIN_RESOLVED', ...BO, status: 'APPROVED' },
  ROOM_DELETED: { type: 'ROOM_DELETED', message: 'This room was deleted.', code: 'room_deleted' },
  REMOVED: { type: 'REMOVED', ...removal },
}
