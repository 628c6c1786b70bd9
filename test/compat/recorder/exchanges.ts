import * as z from 'zod'
import { type RouteName, routes } from '../../../protocol/routes.ts'
import type { Invoked } from '../../staging/in-process.ts'
import type { Recorded } from '../recorded.ts'

const HttpEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string().default(''),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
})
const HttpResult = z.object({ statusCode: z.number(), body: z.string() })

const names = Object.keys(routes) as RouteName[]
const fieldsIn = (name: RouteName, path: string): Record<string, string> | undefined => {
  const pattern = routes[name].path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  const found = new RegExp(`^${pattern}/?$`).exec(path)
  return found === null ? undefined : { ...found.groups }
}
/** The routes without a variable part are looked at first: they are the ones meant. */
const byFields = [...names].sort(
  (one, other) => Number(routes[one].path.includes('{')) - Number(routes[other].path.includes('{')),
)

const requestOf = (event: z.infer<typeof HttpEvent>, fields: Record<string, string>): unknown => {
  if (event.requestContext.http.method === 'GET')
    return { ...Object.fromEntries(new URLSearchParams(event.rawQueryString)), ...fields }
  const body = event.isBase64Encoded ? String(Buffer.from(event.body ?? '', 'base64')) : (event.body ?? '{}')
  return JSON.parse(body)
}

type Exchange = Recorded['answers']['calls'][number]

const exchangeOf = ({ event, result }: Invoked): Exchange | undefined => {
  const asked = HttpEvent.parse(event)
  const answered = HttpResult.parse(result)
  for (const name of byFields) {
    const fields = fieldsIn(name, asked.rawPath)
    if (fields === undefined || routes[name].method !== asked.requestContext.http.method) continue
    const request = requestOf(asked, fields)
    return { route: name, request, status: answered.statusCode, answer: JSON.parse(answered.body) }
  }
  return undefined
}

const kindOf = ({ route, status, answer }: Exchange): string => {
  const { code, ...fields } = z.looseObject({ code: z.unknown() }).partial().parse(answer)
  return JSON.stringify([route, status, status >= 400 && code, Object.keys(fields).sort()])
}

/** One exchange of every kind: each route with each status, code and set of fields. */
export const exchangesOf = (invoked: readonly Invoked[]): Exchange[] => {
  const kinds = new Map<string, Exchange>()
  for (const one of invoked.filter(({ id }) => id === 'Api' || id === 'Auth')) {
    const exchange = exchangeOf(one)
    if (exchange !== undefined && !kinds.has(kindOf(exchange))) kinds.set(kindOf(exchange), exchange)
  }
  return [...kinds.values()].sort((one, other) => (kindOf(one) < kindOf(other) ? -1 : 1))
}
