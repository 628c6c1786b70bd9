import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { Api } from '../template/apis.ts'
import { account } from '../template/identity.ts'
import { type ApiRequest, type ApiResponse, decoded, groupValues, headerOf } from './request.ts'
import type { RouteMatch } from './routing.ts'

// API Gateway passes these on as text and everything else in base64.
const TEXT = /^(text\/|application\/(json|javascript|xml|graphql)\b|application\/[^;]*\+(json|xml)\b)/i

// Said anew by API Gateway, or elsewhere in the event.
const REPLACED = new Set(['cookie', 'host', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'])

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** `12/Mar/2026:19:03:58 +0000` */
export const requestTime = (epoch: number): string => {
  const date = new Date(epoch)
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`
  return `${day}:${date.toISOString().slice(11, 19)} +0000`
}

const joined = (pairs: Iterable<[string, string]>): Record<string, string> =>
  Object.fromEntries([...groupValues(pairs)].map(([name, values]) => [name, values.join(',')]))

const decode = (text: string): string => decoded(text) ?? text

const bodyOf = (body: Buffer, headers: ApiRequest['headers']) => {
  if (body.length === 0) return { isBase64Encoded: false }
  const type = headerOf(headers, 'content-type')
  const isText = headerOf(headers, 'content-encoding') === undefined && (type === undefined || TEXT.test(type))
  return isText && isUtf8(body)
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}

/** The event of payload format 2.0. `rawPath` is raw in name only: API Gateway decodes it. */
export const httpEvent = (api: Api, request: ApiRequest, body: Buffer, { route, pathParameters }: RouteMatch) => {
  const lowerCased = request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const cookies = lowerCased.filter(([name]) => name === 'cookie').flatMap(([, value]) => value.split(/;\s*/))
  const now = Date.now()
  const path = decode(request.path)
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: api.stage === '$default' ? path : `/${api.stage}${path}`,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: joined([
      ...lowerCased.filter(([name]) => !REPLACED.has(name)),
      ['host', api.domain],
      ['x-forwarded-for', [headerOf(lowerCased, 'x-forwarded-for'), request.sourceIp].filter(Boolean).join(', ')],
      ['x-forwarded-port', '443'],
      ['x-forwarded-proto', 'https'],
    ]),
    ...(request.query !== '' && { queryStringParameters: joined(new URLSearchParams(request.query)) }),
    requestContext: {
      accountId: account.id,
      apiId: api.id,
      domainName: api.domain,
      domainPrefix: api.id,
      http: {
        method: request.method,
        path: api.stage === '$default' ? path : `/${api.stage}${path}`,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headerOf(lowerCased, 'user-agent') ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: api.stage,
      time: requestTime(now),
      timeEpoch: now,
    },
    ...(pathParameters && {
      pathParameters: Object.fromEntries(
        Object.entries(pathParameters).map(([name, value]) => [name, decode(value)] as const),
      ),
    }),
    ...bodyOf(body, request.headers),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What format 2.0 makes of a function's result, or undefined where API Gateway would answer 500. */
export const httpResponse = (result: unknown): ApiResponse | undefined => {
  if (!isRecord(result) || result.statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null)
    return { status: 200, headers: [['content-type', 'application/json']], body }
  }
  const status = Number(result.statusCode)
  const { headers = {}, cookies = [], body = '' } = result
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined
  if (!isRecord(headers) || !Array.isArray(cookies) || typeof body !== 'string') return undefined
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)])
  if (!pairs.some(([name]) => name === 'content-type') && body !== '')
    pairs.push(['content-type', 'text/plain;charset=UTF-8'])
  for (const cookie of cookies) pairs.push(['set-cookie', String(cookie)])
  return { status, headers: pairs, body: result.isBase64Encoded === true ? Buffer.from(body, 'base64') : body }
}
