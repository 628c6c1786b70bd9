// Without schemas, so that a page can read it: they would bring 100 KB into every page.

type RouteAddress = {
  method: 'GET' | 'POST'
  /** Path below the origin; a trailing slash is optional on every one. */
  path: `/api/${string}`
}

/** Where every route is. Who may call it, what it reads and what it answers is said in `protocol/http`. */
export const addresses = {
  'auth/register': { method: 'POST', path: '/api/auth/register' },
  'auth/login': { method: 'POST', path: '/api/auth/login' },
  'auth/guest': { method: 'POST', path: '/api/auth/guest' },
  'auth/logout': { method: 'POST', path: '/api/auth/logout' },
  'auth/refresh': { method: 'POST', path: '/api/auth/refresh' },
  'auth/password': { method: 'POST', path: '/api/auth/password' },
  'auth/name': { method: 'POST', path: '/api/auth/name' },
  'auth/delete': { method: 'POST', path: '/api/auth/delete' },
  'auth/me': { method: 'GET', path: '/api/auth/me' },
  'rooms/create': { method: 'POST', path: '/api/rooms/create' },
  'rooms/join': { method: 'POST', path: '/api/rooms/join' },
  'rooms/approve': { method: 'POST', path: '/api/rooms/approve' },
  'rooms/reject': { method: 'POST', path: '/api/rooms/reject' },
  'rooms/reject-all': { method: 'POST', path: '/api/rooms/reject-all' },
  'rooms/leave': { method: 'POST', path: '/api/rooms/leave' },
  'rooms/kick': { method: 'POST', path: '/api/rooms/kick' },
  'rooms/ban': { method: 'POST', path: '/api/rooms/ban' },
  'rooms/unban': { method: 'POST', path: '/api/rooms/unban' },
  'rooms/mute': { method: 'POST', path: '/api/rooms/mute' },
  'rooms/unmute': { method: 'POST', path: '/api/rooms/unmute' },
  'rooms/role': { method: 'POST', path: '/api/rooms/role' },
  'rooms/transfer': { method: 'POST', path: '/api/rooms/transfer' },
  'rooms/accept-transfer': { method: 'POST', path: '/api/rooms/accept-transfer' },
  'rooms/take-over': { method: 'POST', path: '/api/rooms/take-over' },
  'rooms/take-back': { method: 'POST', path: '/api/rooms/take-back' },
  'rooms/ask-pause': { method: 'POST', path: '/api/rooms/ask-pause' },
  'rooms/settings': { method: 'POST', path: '/api/rooms/settings' },
  'rooms/remove-message': { method: 'POST', path: '/api/rooms/remove-message' },
  'rooms/clear-chat': { method: 'POST', path: '/api/rooms/clear-chat' },
  'rooms/delete': { method: 'POST', path: '/api/rooms/delete' },
  'rooms/preview': { method: 'GET', path: '/api/rooms/{code}' },
  'rooms/detail': { method: 'GET', path: '/api/rooms/{code}/detail' },
  'rooms/participants': { method: 'GET', path: '/api/rooms/participants' },
  'rooms/messages': { method: 'GET', path: '/api/rooms/messages' },
  'rooms/audit': { method: 'GET', path: '/api/rooms/audit' },
  'rooms/mine': { method: 'GET', path: '/api/rooms/mine' },
  'rooms/public': { method: 'GET', path: '/api/rooms/public' },
  health: { method: 'GET', path: '/api/health' },
  openapi: { method: 'GET', path: '/api/openapi.json' },
  asyncapi: { method: 'GET', path: '/api/asyncapi.json' },
} as const satisfies Record<string, RouteAddress>

export type RouteName = keyof typeof addresses
