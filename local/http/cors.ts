import type { Cors } from '../template/apis.ts'
import { type ApiRequest, type ApiResponse, headerOf } from './request.ts'

const allowedOrigin = (cors: Cors, origin: string): string | undefined => {
  if (cors.AllowOrigins.includes('*')) return '*'
  const allows = (pattern: string) =>
    pattern === origin || (pattern.endsWith('://*') && origin.startsWith(pattern.slice(0, -1)))
  return cors.AllowOrigins.some(allows) ? origin : undefined
}

const always = (cors: Cors, origin: string): [string, string][] => [
  ['access-control-allow-origin', origin],
  ...(cors.AllowCredentials ? [['access-control-allow-credentials', 'true'] as [string, string]] : []),
]

/** The API's own answer to a preflight request; undefined for any other request. */
export const preflight = (cors: Cors, request: ApiRequest): ApiResponse | undefined => {
  const origin = headerOf(request.headers, 'origin')
  const asked = headerOf(request.headers, 'access-control-request-method')
  if (request.method !== 'OPTIONS' || origin === undefined || asked === undefined) return undefined
  const allowed = allowedOrigin(cors, origin)
  if (allowed === undefined) return { status: 204, headers: [], body: '' }
  const lists: [string, string][] = [
    ['access-control-allow-methods', cors.AllowMethods.join(',')],
    ['access-control-allow-headers', cors.AllowHeaders.join(',')],
    ['access-control-max-age', cors.MaxAge === undefined ? '' : String(cors.MaxAge)],
  ]
  const headers = [...always(cors, allowed), ...lists.filter(([, value]) => value !== '')]
  return { status: 204, headers, body: '' }
}

/** Adds what the API says about origins; what the function says about them is dropped, as API Gateway does. */
export const withCors = (cors: Cors, request: ApiRequest, response: ApiResponse): ApiResponse => {
  const origin = headerOf(request.headers, 'origin')
  const allowed = origin === undefined ? undefined : allowedOrigin(cors, origin)
  const own = response.headers.filter(([name]) => !name.startsWith('access-control-'))
  if (allowed === undefined) return { ...response, headers: own }
  const exposed: [string, string][] =
    cors.ExposeHeaders.length > 0 ? [['access-control-expose-headers', cors.ExposeHeaders.join(',')]] : []
  return { ...response, headers: [...own, ...always(cors, allowed), ...exposed] }
}
