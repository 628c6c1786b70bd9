import { addresses, type RouteName } from '../../protocol/addresses.ts'

export type HttpRequest = { method: string; path: string; body?: string }

/**
 * What to send for a call: path parameters filled in, the rest in the query string of a GET or the body of a POST.
 * @example requestFor('rooms/detail', { code: 'K7WQ3F' }).path === '/api/rooms/K7WQ3F/detail'
 */
export const requestFor = (name: RouteName, request: Record<string, unknown>): HttpRequest => {
  const { method, path: template } = addresses[name]
  if (method === 'POST') return { method, path: template, body: JSON.stringify(request) }
  const rest = new URLSearchParams()
  let path: string = template
  for (const [key, value] of Object.entries(request)) {
    if (value === undefined || value === null) continue
    const filled = path.replace(`{${key}}`, encodeURIComponent(String(value)))
    if (filled === path) rest.set(key, String(value))
    path = filled
  }
  return { method, path: rest.size === 0 ? path : `${path}?${rest}` }
}
