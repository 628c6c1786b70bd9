import { addresses, type RouteName } from '../../protocol/addresses.ts'
import { type AnswerOf, routes, type SentOf } from '../../protocol/routes.ts'
import { logOf, Trouble } from './trouble.ts'

export type Calls = <N extends RouteName>(name: N, request: SentOf<N>, token?: string) => Promise<AnswerOf<N>>

const NOT_OURS = 'Is the address the output Url of the stack, without anything behind it?'

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}

/** Why no answer came at all. */
export const unreachable = (origin: string, error: unknown): Trouble => {
  const code = causeOf(error)
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return new Trouble(
      `Nobody knows the host of ${origin}. ${NOT_OURS} With the setting domain, its record has to lead to the output DistributionDomainName.`,
    )
  if (/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH/.test(code))
    return new Trouble(`Nothing answers at ${origin} (${code}). ${NOT_OURS} With npm start, is it still running?`)
  if (/CERT|TLS|SSL|ALTNAME|SIGNATURE|ISSUER/.test(code))
    return new Trouble(
      `The certificate of ${origin} does not hold (${code}). Look at the settings domain and certificateArn: the certificate has to name this host.`,
    )
  return new Trouble(`${origin} cannot be reached (${code}). ${NOT_OURS}`)
}

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : undefined
  } catch {
    return undefined
  }
}

const AS_ACCOUNT = 'Say as whom: --email <address> or SMOKE_EMAIL, and the password in SMOKE_PASSWORD.'

const ADVICE: Record<string, string> = {
  guests_cannot_host: `This deployment lets no guest make a room (setting guestsMayHost). ${AS_ACCOUNT}`,
  guests_closed: `An administrator lets nobody in without an account: /admin/service has the switch. ${AS_ACCOUNT}`,
  service_banned:
    'An administrator keeps this network or this account out: look at /admin/networks, and at the page of the account below /admin/people.',
  invalid_credentials: 'Look at the address that --email or SMOKE_EMAIL gives, and at the password in SMOKE_PASSWORD.',
  too_fast: 'Calls from this address are limited: wait a minute and ask again.',
}

const troubleOf = (name: RouteName, status: number, text: string): Trouble => {
  const body = parse(text)
  const where = name.startsWith('auth/') ? 'auth' : 'api'
  const said = body?.error ?? body?.message
  if (status >= 500)
    return new Trouble(`${name} was answered ${status}: ${said ?? 'nothing that is ours'}. ${logOf(where)}`)
  if (status === 429 && body?.code === undefined)
    return new Trouble(
      `${name} was answered 429. Look at the settings throttleRate and throttleBurst, at the web ACL if there is one, and at Lambda's concurrent executions.`,
    )
  if (body?.code === undefined)
    return new Trouble(
      `${name} was answered ${status}, and not by StreamIt. ${NOT_OURS} If it is, the distribution does not lead /api/* to the HTTP API.`,
    )
  const code = String(body.code)
  return new Trouble(`${name} was refused: ${said} (${code}). ${ADVICE[code] ?? logOf(where)}`, code)
}

/** Calls of the contract as any client makes them, whose answers are held against it. */
export const createCalls = (origin: string, patienceMs: number): Calls => {
  const exchange = async (
    name: RouteName,
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; text: string }> => {
    try {
      const response = await fetch(`${origin}${path}`, { ...init, signal: AbortSignal.timeout(patienceMs) })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw unreachable(origin, error)
      const where = name.startsWith('auth/') ? 'auth' : 'api'
      throw new Trouble(`${name} was not answered within ${patienceMs / 1000} s. ${logOf(where)}`)
    }
  }
  return async (name, request, token) => {
    const { method, path } = addresses[name]
    const filled = path.replace(/\{(\w+)\}/g, (_, field) => String((request as Record<string, unknown>)[field]))
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const body = method === 'POST' ? { body: JSON.stringify(request) } : {}
    const headers = { 'content-type': 'application/json', ...authorization }
    const { status, text } = await exchange(name, `${filled}/`, { method, headers, ...body })
    if (status !== routes[name].status) throw troubleOf(name, status, text)
    const answer = routes[name].answer.safeParse(parse(text))
    if (answer.success) return answer.data as AnswerOf<typeof name>
    throw new Trouble(
      `${name} was answered in a form that this version does not know. ${NOT_OURS} If it is, run the smoke test of the version that is deployed.`,
    )
  }
}
