import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import { globalRuntime, type HttpAnswer, type Runtime } from '../runtime.ts'
import { ApiError, errorFromAnswer } from './api-error.ts'
import { holdToken } from './held-token.ts'
import { requestFor } from './http-request.ts'
import { createRenewal } from './renewal.ts'
import { createTurns } from './turns.ts'

export type ApiOptions = {
  /** Scheme and host; a page served by StreamIt says `location.origin`. A slash at the end does not matter. */
  origin: string
  /** A token kept from before. */
  token?: string
  /** Told of every new token (undefined after signing out), so that a page can keep it. */
  onToken?: (token: string | undefined) => void
  /**
   * The token of the same person that is kept now: another tab may have renewed it, or been spared by a change of
   * password.
   */
  keptToken?: () => string | undefined
  runtime?: Runtime
}

export type Api = {
  origin: string
  /**
   * Calls a route. Signing in adopts the token of the answer, signing out drops it. Where the server refuses the token
   * and another one is in hand or kept by now, the call is made once more with that.
   * @throws ApiError with the refusal's `code`, `status` and `retryAfter`; status 0 where no answer came within 15 s
   * @example const { code } = await api.call('rooms/create', { is_private: false })
   */
  call: <N extends RouteName>(name: N, request: SentOf<N>) => Promise<AnswerOf<N>>
  /** The newest token of this person in hand or kept. */
  token: () => string | undefined
  /**
   * Renews the token if half its life is over, and resolves when the server has answered. Every call does this by
   * itself; a long silence should too. `isAnew`: what is under way hangs, and is given up for a new try. Never rejects.
   */
  keepTokenFresh: (isAnew?: boolean) => Promise<void>
}

const CALL_TIMEOUT_MS = 15_000

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Asked = Omit<Parameters<Runtime['fetch']>[1], 'signal'>

const exchange = async (
  runtime: Runtime,
  url: string,
  init: Asked,
  abort = new AbortController(),
): Promise<{ answer: HttpAnswer; body: unknown }> => {
  const cancelTimeout = runtime.after(CALL_TIMEOUT_MS, () => abort.abort())
  try {
    const answer = await runtime.fetch(url, { ...init, signal: abort.signal })
    return { answer, body: parse(await answer.text()) }
  } catch (cause) {
    const [code, message] = abort.signal.aborted
      ? (['timed_out', 'The server did not answer in time.'] as const)
      : (['unreachable', 'The server cannot be reached.'] as const)
    throw Object.assign(new ApiError(code, message), { cause })
  } finally {
    cancelTimeout()
  }
}

/** After these calls nobody needs the token any more. */
const ENDING: ReadonlySet<RouteName> = new Set(['auth/logout', 'auth/delete'])
/** These spare or replace the token that they are made with: one that is being renewed beside them would be lost. */
const SPARING: ReadonlySet<RouteName> = new Set(['auth/password', 'auth/register'])
/** These answer with a token. */
const GIVING: ReadonlySet<RouteName> = new Set(['auth/guest', 'auth/login', 'auth/name'])
/** All of these go one at a time: what one answers counts before the next one is made. */
const isOfToken = (name: RouteName): boolean => ENDING.has(name) || SPARING.has(name) || GIVING.has(name)

/**
 * Typed calls of every route, holding the token.
 * @example
 * const api = createApi({ origin: 'https://streamit.example' })
 * await api.call('auth/guest', { display_name: 'Ana' })
 */
export const createApi = (options: ApiOptions): Api => {
  const runtime = options.runtime ?? globalRuntime
  const origin = options.origin.replace(/\/$/, '')
  const held = holdToken({
    runtime,
    token: options.token,
    onToken: options.onToken,
    keptToken: options.keptToken,
  })
  const send = async (
    name: RouteName,
    request: Record<string, unknown>,
    bearer: string | undefined,
    abort?: AbortController,
  ) => {
    const { method, path, body } = requestFor(name, request)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`
    const init = { method, headers, ...(body === undefined ? {} : { body }) }
    const { answer, body: answered } = await exchange(runtime, `${origin}${path}`, init, abort)
    if (answer.status < 200 || answer.status > 299 || typeof answered !== 'object' || answered === null)
      throw errorFromAnswer(answer.status, answered, answer.headers.get('retry-after'))
    const serverNow = Date.parse(answer.headers.get('date') ?? '')
    if (!Number.isNaN(serverNow)) held.noteServerTime(serverNow)
    return answered
  }

  const renewal = createRenewal(runtime, held, (token, abort) => send('auth/refresh', {}, token, abort))
  const inTurn = createTurns()
  let isSparing = false
  const keepTokenFresh: Api['keepTokenFresh'] = async (isAnew) => {
    if (!isSparing) await renewal.keepTokenFresh(isAnew)
  }

  const callWith = async (name: RouteName, request: object) => {
    const bearer = held.get()
    try {
      return await send(name, { ...request }, bearer)
    } catch (error) {
      // Refused before anything was done (H6), so asking again does nothing twice.
      const other = error instanceof ApiError && error.code === 'unauthorized' ? held.insteadOf(bearer) : undefined
      if (other === undefined) throw error
      return await send(name, { ...request }, other)
    }
  }

  const sparing = async (name: RouteName, request: object) => {
    await keepTokenFresh()
    isSparing = true
    try {
      return await callWith(name, request)
    } finally {
      isSparing = false
    }
  }

  const callAndTake = async (name: RouteName, request: object) => {
    if (!ENDING.has(name) && !SPARING.has(name)) void keepTokenFresh()
    const answer = await (SPARING.has(name) ? sparing(name, request) : callWith(name, request))
    if (ENDING.has(name)) held.take(undefined)
    else if ('access_token' in answer && typeof answer.access_token === 'string') held.take(answer.access_token)
    return answer
  }

  const call = async <N extends RouteName>(name: N, request: SentOf<N>): Promise<AnswerOf<N>> => {
    const answer = await (isOfToken(name) ? inTurn(() => callAndTake(name, request)) : callAndTake(name, request))
    // The server parses what it sends in its own tests; parsing again here would bring the schemas into every page.
    return answer as AnswerOf<N>
  }

  return { origin, call, token: held.get, keepTokenFresh }
}
