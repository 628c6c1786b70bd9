import type { RouteName, routes } from '../../../protocol/routes.ts'
import type { Name, World } from './world.ts'

export type PostName = { [N in RouteName]: (typeof routes)[N]['method'] extends 'POST' ? N : never }[RouteName]

/** One call, and what comes before it. */
export type Scene = {
  is?: string
  /** The room asks for approval, and Wes waits. */
  waits?: true
  before?: (world: World) => Promise<unknown>
  /** A minute after `before`. */
  later?: (world: World) => Promise<unknown>
  by?: Name
  body?: (world: World) => Record<string, unknown>
  /** What it answers once it has been carried out, where that is not the same as the first time. */
  again?: number
}

const room = ({ code }: World) => ({ room_id: code })
const about =
  (name: Name, more = {}) =>
  (world: World) => ({ room_id: world.code, user_id: world.people[name].id, ...more })
const says = async (world: World) => {
  world.sockets.Ana?.send({ type: 'CHAT_MESSAGE', message: 'Hello' })
  world.message = (await world.sockets.Ana?.next('CHAT_MESSAGE'))?.id ?? ''
}
const settings = (more: Record<string, unknown>, is = Object.keys(more).join(), rest: Partial<Scene> = {}): Scene => ({
  is,
  body: (world) => ({ ...room(world), ...more }),
  ...rest,
})
const offered = (world: World) => world.post('rooms/transfer', 'Hana', about('Ana')(world))
const hostIsAway = ({ sockets }: World) => sockets.Hana?.close() ?? Promise.resolve()
const nothing = async () => {}
const takenOver = (world: World) => world.post('rooms/take-over', 'Cleo', room(world))

/** Why there is nothing to finish. */
const TOKEN = 'Two calls are two tokens, and nobody hears of them.'
const SERVICE = 'It is one write of the service, and nobody is told.'

/** Of every route that writes, what may be cut short; or why there is nothing to try. */
export const scenes: Record<PostName, Scene[] | string> = {
  'auth/register': TOKEN,
  'auth/login': TOKEN,
  'auth/guest': TOKEN,
  'auth/logout': [{ by: 'Ana', again: 401 }],
  'auth/refresh': TOKEN,
  'auth/password': 'It is one write. asked-again.test.ts has it.',
  'auth/reset': 'It is one write. admin-people.test.ts has it.',
  'auth/name': [
    { is: 'member', by: 'Ana', body: () => ({ display_name: 'Anabel' }) },
    { is: 'host', by: 'Hana', body: () => ({ display_name: 'Hannah' }) },
    { is: 'waiting', waits: true, by: 'Wes', body: () => ({ display_name: 'Wesley' }) },
  ],
  'auth/delete': [
    { is: 'member', by: 'Ana', again: 401 },
    { is: 'cohost', by: 'Cleo', again: 401 },
    { is: 'host', by: 'Hana', again: 401 },
    { is: 'waiting', waits: true, by: 'Wes', again: 401 },
    {
      is: 'stands in',
      before: hostIsAway,
      later: takenOver,
      by: 'Cleo',
      again: 401,
    },
  ],
  'rooms/create': 'Two calls are two rooms.',
  'rooms/join': [
    { is: 'new', by: 'Wes', body: ({ code }) => ({ code }) },
    {
      is: 'approval',
      waits: true,
      before: (w) => w.post('rooms/leave', 'Ana', room(w)),
      by: 'Ana',
      body: ({ code }) => ({ code }),
    },
    { is: 'back', before: (w) => w.post('rooms/leave', 'Ana', room(w)), by: 'Ana', body: ({ code }) => ({ code }) },
  ],
  'rooms/approve': [{ waits: true, body: about('Wes') }],
  'rooms/reject': [{ waits: true, body: about('Wes') }],
  'rooms/reject-all': [{ waits: true, body: room }],
  'rooms/leave': [
    { is: 'member', by: 'Ana', body: room },
    { is: 'cohost', by: 'Cleo', body: room },
    { is: 'waiting', waits: true, by: 'Wes', body: room },
    { is: 'offered', before: offered, by: 'Ana', body: room },
    {
      is: 'stood in for',
      before: hostIsAway,
      later: takenOver,
      by: 'Hana',
      body: room,
    },
  ],
  'rooms/kick': [
    { is: 'member', body: about('Ana') },
    { is: 'cohost', body: about('Cleo') },
  ],
  'rooms/ban': [
    { is: 'member', body: about('Ana') },
    { is: 'cohost', body: about('Cleo') },
    { is: 'waiting', waits: true, body: about('Wes') },
    { is: 'left', before: (w) => w.post('rooms/leave', 'Ana', room(w)), body: about('Ana') },
  ],
  'rooms/unban': [
    { is: 'banned', before: (w) => w.post('rooms/ban', 'Hana', about('Ana')(w)), body: about('Ana') },
    { is: 'kicked', before: (w) => w.post('rooms/kick', 'Hana', about('Ana')(w)), body: about('Ana') },
    { is: 'declined', waits: true, before: (w) => w.post('rooms/reject', 'Hana', about('Wes')(w)), body: about('Wes') },
  ],
  'rooms/mute': [{ body: about('Ana', { seconds: 600 }) }],
  'rooms/unmute': [
    { before: (w) => w.post('rooms/mute', 'Hana', about('Ana', { seconds: 600 })(w)), body: about('Ana') },
  ],
  'rooms/role': [
    { is: 'appoint', body: about('Ana', { role: 'cohost' }) },
    { is: 'dismiss', body: about('Cleo', { role: 'participant' }) },
  ],
  'rooms/transfer': [
    { is: 'offer', body: about('Ana') },
    { is: 'withdraw', before: offered, body: about('Hana') },
  ],
  'rooms/accept-transfer': [
    { is: 'accept', before: offered, by: 'Ana', body: (w) => ({ ...room(w), accept: true }) },
    { is: 'decline', before: offered, by: 'Ana', body: (w) => ({ ...room(w), accept: false }) },
    {
      is: 'accept muted',
      before: async (w) => {
        await offered(w)
        await w.post('rooms/mute', 'Hana', about('Ana', { seconds: 600 })(w))
      },
      by: 'Ana',
      body: (w) => ({ ...room(w), accept: true }),
    },
  ],
  'rooms/take-over': [{ before: hostIsAway, later: nothing, by: 'Cleo', body: room }],
  'rooms/take-back': [
    {
      before: hostIsAway,
      later: takenOver,
      by: 'Hana',
      body: room,
    },
  ],
  'rooms/ask-pause': 'Nothing is kept (R27): who is not answered asks again ten seconds later.',
  'rooms/settings': [
    settings({ name: 'Film night' }),
    settings({ media: { url: 'https://a.example/v.mp4', title: 'V', duration: 60 }, start: 5 }),
    settings({ is_private: true, entry_mode: 'PASSWORD', password: 'popcorn time' }, 'password with waiting', {
      waits: true,
    }),
    settings({ is_private: false }, 'opens', { waits: true }),
    settings({ is_locked: true }, 'locks', { waits: true }),
    settings({ learned: { url: 'https://a.example/v.mp4', duration: 60 } }, 'learned', {
      before: (w) =>
        w.post('rooms/settings', 'Hana', {
          ...room(w),
          media: { url: 'https://a.example/v.mp4', title: null, duration: null },
        }),
    }),
  ],
  'rooms/remove-message': [
    { is: 'own', before: says, by: 'Ana', body: (w) => ({ ...room(w), message_id: w.message }) },
    { is: "another's", before: says, body: (w) => ({ ...room(w), message_id: w.message }) },
  ],
  'rooms/clear-chat': [{ before: says, body: (w) => ({ ...room(w), until: w.message }) }],
  'rooms/delete': [{ body: room }],
  'admin/end-room': [{ by: 'Ada', body: room }],
  'admin/remove-message': [{ before: says, by: 'Ada', body: (w) => ({ ...room(w), message_id: w.message }) }],
  'admin/mute': [{ by: 'Ada', body: about('Ana', { seconds: 600 }) }],
  'admin/unmute': [
    { before: (w) => w.post('rooms/mute', 'Hana', about('Ana', { seconds: 600 })(w)), by: 'Ada', body: about('Ana') },
  ],
  'admin/remove-member': [
    { is: 'member', by: 'Ada', body: about('Ana') },
    { is: 'waiting', waits: true, by: 'Ada', body: about('Wes') },
  ],
  'admin/ban-person': [{ by: 'Ada', body: ({ people }) => ({ user_id: people.Ana.id }) }],
  'admin/unban-person': [
    {
      before: (w) => w.post('admin/ban-person', 'Ada', { user_id: w.people.Ana.id }),
      by: 'Ada',
      body: ({ people }) => ({ user_id: people.Ana.id }),
    },
  ],
  'admin/ban-network': SERVICE,
  'admin/unban-network': SERVICE,
  'admin/flag': 'admin-people.test.ts and admin-death.test.ts have it.',
  'admin/reset-link': 'Two calls are two links, of which the second holds.',
  'admin/change-service': SERVICE,
}
