import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'

const ANA = { id: '5b0f2c86-9d3e-4b7a-8c15-7e2d4f6a9b03', display_name: 'Ana', is_guest: true }
const ACCESS_TOKEN = '<header>.<claims>.<signature>'
const CODE = 'K7WQ3F'
const media = { url: 'https://video.example/film.mp4', title: 'A film', duration: 5400 }

/** What one sends and is answered, for the calls with which everybody begins. */
export const callExamples: { [N in RouteName]?: { sent: SentOf<N>; answered: AnswerOf<N> } } = {
  'auth/guest': { sent: { display_name: 'Ana' }, answered: { ...ANA, access_token: ACCESS_TOKEN } },
  'auth/register': {
    sent: { email: 'ana@example.com', password: 'a long sentence', display_name: 'Ana' },
    answered: { ...ANA, is_guest: false, access_token: ACCESS_TOKEN },
  },
  'auth/login': {
    sent: { email: 'ana@example.com', password: 'a long sentence' },
    answered: { ...ANA, is_guest: false, access_token: ACCESS_TOKEN },
  },
  'rooms/create': {
    sent: { is_private: true, entry_mode: 'PASSWORD', name: 'Friday film', media },
    answered: { room_id: CODE, code: CODE, is_private: true, entry_mode: 'PASSWORD', room_password: 'HX4N-7QPM' },
  },
  'rooms/join': {
    sent: { code: CODE, password: 'HX4N-7QPM' },
    answered: { room_id: CODE, code: CODE, status: 'APPROVED', is_host: false },
  },
  'rooms/mute': { sent: { room_id: CODE, user_id: ANA.id, seconds: 300 }, answered: { ok: true } },
  'rooms/settings': {
    sent: { room_id: CODE, media, start: 90 },
    answered: {
      room_id: CODE,
      code: CODE,
      name: 'Friday film',
      is_private: true,
      is_listed: false,
      entry_mode: 'PASSWORD',
      is_chat_enabled: true,
      guests_allowed: true,
      host: 'Ana',
      host_id: ANA.id,
      media,
      revision: 2,
      created_at: 1_790_000_000_000,
      is_host: true,
      viewers: 1,
    },
  },
}
