// Without schemas, so that a page can read it: they would bring 100 KB into every page. Short, because every page carries it.

type Address<M extends 'GET' | 'POST', P extends string> = {
  method: M
  /** Path below the origin; a trailing slash is optional on every one. */
  path: P
}
type At<M extends 'GET' | 'POST', N extends string> = { [Name in N]: Address<M, `/api/${Name}`> }

/** Routes that stand at the path that their name says. */
const at = <M extends 'GET' | 'POST', const N extends string>(method: M, ...names: N[]): At<M, N> =>
  Object.fromEntries(names.map((name) => [name, { method, path: `/api/${name}` }])) as At<M, N>

/** Where every route is. Who may call it, what it reads and what it answers is said in `protocol/http`. */
export const addresses = {
  ...at(
    'POST',
    'auth/register',
    'auth/login',
    'auth/guest',
    'auth/logout',
    'auth/refresh',
    'auth/password',
    'auth/reset',
    'auth/name',
    'auth/delete',
    'rooms/create',
    'rooms/join',
    'rooms/approve',
    'rooms/reject',
    'rooms/reject-all',
    'rooms/leave',
    'rooms/kick',
    'rooms/ban',
    'rooms/unban',
    'rooms/mute',
    'rooms/unmute',
    'rooms/role',
    'rooms/transfer',
    'rooms/accept-transfer',
    'rooms/take-over',
    'rooms/take-back',
    'rooms/ask-pause',
    'rooms/settings',
    'rooms/remove-message',
    'rooms/clear-chat',
    'rooms/delete',
    'admin/end-room',
    'admin/remove-message',
    'admin/mute',
    'admin/unmute',
    'admin/remove-member',
    'admin/ban-person',
    'admin/unban-person',
    'admin/ban-network',
    'admin/unban-network',
    'admin/flag',
    'admin/reset-link',
    'admin/change-service',
  ),
  ...at(
    'GET',
    'auth/me',
    'rooms/participants',
    'rooms/heir',
    'rooms/messages',
    'rooms/audit',
    'rooms/mine',
    'rooms/public',
    'admin/now',
    'admin/rooms',
    'admin/room',
    'admin/members',
    'admin/people',
    'admin/person',
    'admin/networks',
    'admin/audit',
    'service',
    'health',
  ),
  'rooms/preview': { method: 'GET', path: '/api/rooms/{code}' },
  'rooms/detail': { method: 'GET', path: '/api/rooms/{code}/detail' },
  openapi: { method: 'GET', path: '/api/openapi.json' },
  asyncapi: { method: 'GET', path: '/api/asyncapi.json' },
} as const

export type RouteName = keyof typeof addresses
