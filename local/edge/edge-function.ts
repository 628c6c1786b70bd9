import { createContext, Script } from 'node:vm'
import * as z from 'zod'
import { type ApiRequest, type ApiResponse, groupValues } from '../http/request.ts'

// CloudFront's shapes: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
const Value = z.object({ value: z.string(), multiValue: z.array(z.object({ value: z.string() })).optional() })
const Values = z.record(z.string(), Value)
const FunctionRequest = z.object({
  method: z.string(),
  uri: z.string().startsWith('/'),
  querystring: Values,
  headers: Values,
  cookies: Values,
})
const FunctionResponse = z.object({
  statusCode: z.number().int().min(100).max(599),
  statusDescription: z.string().optional(),
  headers: Values.default({}),
  body: z
    .union([z.string(), z.object({ encoding: z.enum(['text', 'base64']).default('text'), data: z.string() })])
    .default(''),
})
const Result = z.union([FunctionResponse, FunctionRequest])

type EdgeOutcome = { request: ApiRequest } | { response: ApiResponse }
export type EdgeFunction = (request: ApiRequest) => Promise<EdgeOutcome>

type Pairs = [name: string, value: string][]

const toValues = (pairs: Pairs): z.infer<typeof Values> =>
  Object.fromEntries(
    [...groupValues(pairs)].map(([name, values]) => {
      const multiValue = values.map((value) => ({ value }))
      return [name, { value: values[0] ?? '', ...(values.length > 1 && { multiValue }) }]
    }),
  )

const toPairs = (values: z.infer<typeof Values>): Pairs =>
  Object.entries(values).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((each): [string, string] => [name, each.value]),
  )

// CloudFront decodes nothing: what the function sees and sets is the text of the URL.
const splitPairs = (text: string, separator: RegExp): Pairs =>
  text
    .split(separator)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
    })

const eventOf = (request: ApiRequest) => {
  const headers = request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const cookies = headers.filter(([name]) => name === 'cookie').flatMap(([, value]) => splitPairs(value, /;\s*/))
  return {
    version: '1.0',
    context: { eventType: 'viewer-request', distributionId: 'local', requestId: 'local' },
    viewer: { ip: request.sourceIp },
    request: {
      method: request.method,
      uri: request.path,
      querystring: toValues(splitPairs(request.query, /&/)),
      headers: toValues(headers.filter(([name]) => name !== 'cookie')),
      cookies: toValues(cookies),
    },
  }
}

const outcomeOf = (result: z.infer<typeof Result>, viewer: ApiRequest): EdgeOutcome => {
  if ('statusCode' in result) {
    const { body, headers, statusCode } = result
    const text =
      typeof body === 'string' ? body : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8')
    return { response: { status: statusCode, headers: toPairs(headers), body: text } }
  }
  const cookie = toPairs(result.cookies).map(([name, value]) => `${name}=${value}`)
  const query = toPairs(result.querystring).map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  const headers: Pairs = [
    ...toPairs(result.headers),
    ...(cookie.length > 0 ? [['cookie', cookie.join('; ')] as [string, string]] : []),
  ]
  return { request: { ...viewer, path: result.uri, query: query.join('&'), headers } }
}

/** A viewer-request function from the template. One that throws or returns nonsense answers 503, as CloudFront does. */
export const createEdgeFunction = (code: string, log: (line: string) => void): EdgeFunction => {
  const sandbox = createContext({ console: { log: (...parts: unknown[]) => log(parts.join(' ')) } })
  const handler: unknown = new Script(`${code}\n;handler`).runInContext(sandbox)
  if (typeof handler !== 'function') throw new Error('A CloudFront Function of the template has no handler.')
  return async (viewer) => {
    try {
      const returned: unknown = await handler(eventOf(viewer))
      // Out of the sandbox as plain data.
      return outcomeOf(Result.parse(JSON.parse(JSON.stringify(returned))), viewer)
    } catch (error) {
      log(`A CloudFront Function failed for ${viewer.path}: ${error}`)
      const headers: Pairs = [['x-cache', 'FunctionExecutionError from cloudfront']]
      return { response: { status: 503, headers, body: 'The CloudFront function failed.' } }
    }
  }
}
