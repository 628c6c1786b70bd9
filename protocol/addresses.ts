// Without schemas, so that a page can read it: they would bring 100 KB into every page.

/** Who may call: anybody, anybody but a token is honoured when sent, or only with a token. */
export type RouteAuth = 'none' | 'optional' | 'required'

type RouteAddress = {
  method: 'GET' | 'POST'
  /** Path below the origin; a trailing slash is optional on every one. */
  path: `/api/${string}`
  auth: RouteAuth
}

/** Where every route is, and who may call it. What it reads and answers is said in `protocol/http`. */
export const addresses = {
  'auth/register': { method: 'POST', path: '/api/auth/register', auth: 'optional' },
  'auth/login': { method: 'POST', path: '/api/auth/login', auth: 'none' },
  'auth/guest': { method: 'POST', path: '/api/auth/guest', auth: 'none' },
  'auth/logout': { method: 'POST', path: '/api/auth/logout', auth: 'required' },
  'auth/refresh': { method: 'POST', path: '/api/auth/refresh', auth: 'required' },
  'auth/password': { method: 'POST', path: '/api/auth/password', auth: 'required' },
  'auth/delete': { method: 'POST', path: '/api/auth/delete', auth: 'required' },
  'auth/me': { method: 'GET', path: '/api/auth/me', auth: 'required' },
  'rooms/create': { method: 'POST', path: '/api/rooms/create', auth: 'required' },
  'rooms/join': { method: 'POST', path: '/api/rooms/join', auth: 'required' },
  'rooms/approve': { method: 'POST', path: '/api/rooms/approve', auth: 'required' },
  'rooms/reject': { method: 'POST', path: '/api/rooms/reject', auth: 'required' },
  'rooms/leave': { method: 'POST', path: '/api/rooms/leave', auth: 'required' },
  'rooms/kick': { method: 'POST', path: '/api/rooms/kick', auth: 'required' },
  'rooms/ban': { method: 'POST', path: '/api/rooms/ban', auth: 'required' },
  'rooms/unban': { method: 'POST', path: '/api/rooms/unban', auth: 'required' },
  'rooms/mute': { method: 'POST', path: '/api/rooms/mute', auth: 'required' },
  'rooms/unmute': { method: 'POST', path: '/api/rooms/unmute', auth: 'required' },
  'rooms/transfer': { method: 'POST', path: '/api/rooms/transfer', auth: 'required' },
  'rooms/settings': { method: 'POST', path: '/api/rooms/settings', auth: 'required' },
  'rooms/delete': { method: 'POST', path: '/api/rooms/delete', auth: 'required' },
  'rooms/preview': { method: 'GET', path: '/api/rooms/{code}', auth: 'none' },
  'rooms/detail': { method: 'GET', path: '/api/rooms/{code}/detail', auth: 'required' },
  'rooms/participants': { method: 'GET', path: '/api/rooms/participants', auth: 'required' },
  'rooms/messages': { method: 'GET', path: '/api/rooms/messages', auth: 'required' },
  'rooms/mine': { method: 'GET', path: '/api/rooms/mine', auth: 'required' },
  'rooms/public': { method: 'GET', path: '/api/rooms/public', auth: 'none' },
  health: { method: 'GET', path: '/api/health', auth: 'none' },
} as const satisfies Record<string, RouteAddress>

export type RouteName = keyof typeof addresses
