import type { RouteName, Routes } from '../protocol/routes.ts'

/**
 * Method and path of every route. A copy, because the routes themselves bring their schemas, and with them 100 KB into
 * every page; the type holds each line to the protocol, and a missing or extra one does not compile.
 */
export const addresses = {
  'auth/register': 'POST /api/auth/register',
  'auth/login': 'POST /api/auth/login',
  'auth/guest': 'POST /api/auth/guest',
  'auth/logout': 'POST /api/auth/logout',
  'auth/refresh': 'POST /api/auth/refresh',
  'auth/password': 'POST /api/auth/password',
  'auth/delete': 'POST /api/auth/delete',
  'auth/me': 'GET /api/auth/me',
  'rooms/create': 'POST /api/rooms/create',
  'rooms/join': 'POST /api/rooms/join',
  'rooms/approve': 'POST /api/rooms/approve',
  'rooms/reject': 'POST /api/rooms/reject',
  'rooms/leave': 'POST /api/rooms/leave',
  'rooms/kick': 'POST /api/rooms/kick',
  'rooms/ban': 'POST /api/rooms/ban',
  'rooms/unban': 'POST /api/rooms/unban',
  'rooms/mute': 'POST /api/rooms/mute',
  'rooms/unmute': 'POST /api/rooms/unmute',
  'rooms/transfer': 'POST /api/rooms/transfer',
  'rooms/settings': 'POST /api/rooms/settings',
  'rooms/delete': 'POST /api/rooms/delete',
  'rooms/preview': 'GET /api/rooms/{code}',
  'rooms/detail': 'GET /api/rooms/{code}/detail',
  'rooms/participants': 'GET /api/rooms/participants',
  'rooms/messages': 'GET /api/rooms/messages',
  'rooms/mine': 'GET /api/rooms/mine',
  'rooms/public': 'GET /api/rooms/public',
  health: 'GET /api/health',
} as const satisfies { [N in RouteName]: `${Routes[N]['method']} ${Routes[N]['path']}` }

export type HttpRequest = { method: string; path: string; body?: string }

/**
 * What to send for a call: path parameters filled in, the rest in the query string of a GET or the body of a POST.
 * @example addressOf('rooms/detail', { code: 'K7WQ3F' }).path === '/api/rooms/K7WQ3F/detail'
 */
export const addressOf = (name: RouteName, request: Record<string, unknown>): HttpRequest => {
  const [method = '', template = ''] = addresses[name].split(' ')
  if (method === 'POST') return { method, path: template, body: JSON.stringify(request) }
  const rest = new URLSearchParams()
  let path = template
  for (const [key, value] of Object.entries(request)) {
    if (value === undefined || value === null) continue
    const filled = path.replace(`{${key}}`, encodeURIComponent(String(value)))
    if (filled === path) rest.set(key, String(value))
    path = filled
  }
  return { method, path: rest.size === 0 ? path : `${path}?${rest}` }
}
