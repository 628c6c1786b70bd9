import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type AnswerOf, type RequestOf, type RouteName, routes } from '../../protocol/routes.ts'
import { type Arrived, callerAddress } from '../auth/caller-address.ts'
import { assertAdmin, type Claims, type User } from '../domain/session.ts'
import { type AdminAudited, type Audited, auditedFor } from './audited.ts'
import { authenticate } from './authenticate.ts'
import { jsonAnswer } from './refusals.ts'
import type { HttpFunction, TellingServices } from './services.ts'
import { assertAskedFirst, parseBody, parseWith } from './validate.ts'

type CallerOf<N extends RouteName> = (typeof routes)[N]['auth'] extends 'required'
  ? Claims
  : (typeof routes)[N]['auth'] extends 'optional'
    ? Claims | undefined
    : undefined
/** The function that serves a route: `auth` has `/api/auth/*`, `admin` has `/api/admin/*`, `api` all the others. */
type FunctionOf<N extends RouteName> = N extends `auth/${string}` ? 'auth' : N extends AdminRoute ? 'admin' : 'api'
type AdminRoute = `admin/${string}`
type UserOf<N extends RouteName> = (typeof routes)[N]['auth'] extends 'required'
  ? User
  : (typeof routes)[N]['auth'] extends 'optional'
    ? User | undefined
    : undefined

/** Who has no token decides nothing about others. */
type AuditedOf<N extends RouteName> = N extends AdminRoute
  ? AdminAudited
  : (typeof routes)[N]['auth'] extends 'required'
    ? Audited
    : undefined

/** One request, authenticated and parsed. */
type Call<N extends RouteName> = {
  input: RequestOf<N>
  /** Who the token speaks for. */
  caller: CallerOf<N>
  /** When this call is handled, by the function's clock, epoch milliseconds. */
  now: number
  /** When the gateway received it, by the gateway's clock, epoch milliseconds. */
  receivedAt: number
  /** The address that it comes from: functions/domain/address.ts counts and shortens it. Asking may take a round trip. */
  address: () => Promise<string>
}

type Step<N extends RouteName, Loaded> = {
  /** For how long one answer serves everybody who asks. Left out, nobody keeps it. */
  publicForSeconds?: number
  /**
   * The first reads. They run beside the check that the token still holds, so they must write nothing; those of the
   * administration run once the flag was looked at. A route without reads leaves this out.
   */
  load?: (call: Call<N>, services: TellingServices<FunctionOf<N>>) => Promise<Loaded>
  /** Decide, save, tell, answer. What is decided about others goes through `audited`. */
  act: (
    call: Call<N> & { user: UserOf<N>; audited: AuditedOf<N> },
    loaded: Loaded,
    services: TellingServices<FunctionOf<N>>,
  ) => Promise<AnswerOf<N>> | AnswerOf<N>
}

/** A route with its handler, for the router of the function that serves it. */
export type ServedRoute<F extends HttpFunction> = {
  name: RouteName
  handle: (event: APIGatewayProxyEventV2, services: TellingServices<F>) => Promise<APIGatewayProxyStructuredResultV2>
}

const bodyOf = ({ body, headers, isBase64Encoded }: APIGatewayProxyEventV2): Record<string, unknown> => {
  if (body !== undefined && body !== '') assertAskedFirst(headers)
  return parseBody(body, isBase64Encoded)
}

const arrivedWith = ({ headers, requestContext }: APIGatewayProxyEventV2): Arrived => ({
  headers,
  sourceIp: requestContext.http.sourceIp,
})

/** The address that a request comes from: that of the viewer, if the edge passed it on. */
export const addressOf = (
  event: APIGatewayProxyEventV2,
  { clock, settings }: TellingServices<HttpFunction>,
): Promise<string> => callerAddress(arrivedWith(event), clock(), settings)

/** Binds a route of the contract to its handler: who may call, what is read, which status answers, come from the data. */
export const serve = <N extends RouteName, Loaded = undefined>(
  name: N,
  { publicForSeconds, load, act }: Step<N, Loaded>,
): ServedRoute<FunctionOf<N>> => ({
  name,
  handle: async (event, services) => {
    const route = routes[name]
    const isAdmin = name.startsWith('admin/')
    const now = services.clock()
    const authenticated = await authenticate(route.auth, event.headers.authorization, now, services.settings)
    const read = async () => {
      const raw = route.method === 'POST' ? bodyOf(event) : { ...event.queryStringParameters, ...event.pathParameters }
      const call: Call<N> = {
        input: parseWith(route.request, raw) as RequestOf<N>,
        caller: authenticated?.claims as CallerOf<N>,
        now,
        receivedAt: event.requestContext.timeEpoch,
        address: () => addressOf(event, services),
      }
      // Their reads go through all of the service: they do not begin for whoever may not have them.
      if (isAdmin && authenticated !== undefined) assertAdmin(await authenticated.user, authenticated.claims, now)
      return { call, loaded: (await load?.(call, services)) as Loaded }
    }
    const [user, reading] = await Promise.allSettled([authenticated?.user, read()])
    // A token that no longer holds is the answer, whatever the body or the read would have said.
    if (user.status === 'rejected') throw user.reason
    if (reading.status === 'rejected') throw reading.reason
    const { call, loaded } = reading.value
    const cacheControl = publicForSeconds === undefined ? 'no-store' : `public, max-age=${publicForSeconds}`
    const audited = user.value && auditedFor({ ...call, user: user.value, isAdmin }, services)
    const asked = { ...call, user: user.value as UserOf<N>, audited: audited as AuditedOf<N> }
    return jsonAnswer(route.status, await act(asked, loaded, services), cacheControl)
  },
})
