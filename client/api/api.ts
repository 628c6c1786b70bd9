import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import { globalRuntime, type HttpAnswer, type Runtime } from '../runtime.ts'
import { refreshDueIn } from './access-token.ts'
import { ApiError, errorFromAnswer } from './api-error.ts'
import { requestFor } from './http-request.ts'

export type ApiOptions = {
  /** Scheme and host, without a trailing slash; a page served by StreamIt says `location.origin`. */
  origin: string
  /** A token kept from before. */
  token?: string
  /** Told of every new token (undefined after signing out), so that a page can keep it. */
  onToken?: (token: string | undefined) => void
  runtime?: Runtime
}

export type Api = {
  origin: string
  /**
   * Calls a route. Signing in adopts the token of the answer, signing out drops it.
   * @throws ApiError with the refusal's `code`, `status` and `retryAfter`; status 0 where no answer came within 15 s
   * @example const { code } = await api.call('rooms/create', { is_private: false })
   */
  call: <N extends RouteName>(name: N, request: SentOf<N>) => Promise<AnswerOf<N>>
  token: () => string | undefined
  /** Renews the token if half its life is over. Every call does this by itself; a long silence should too. Never throws. */
  keepTokenFresh: () => Promise<void>
}

const CALL_TIMEOUT_MS = 15_000
const REFRESH_RETRY_MS = 60_000

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const exchange = async (
  runtime: Runtime,
  url: string,
  init: Omit<Parameters<Runtime['fetch']>[1], 'signal'>,
): Promise<{ answer: HttpAnswer; body: unknown }> => {
  const abort = new AbortController()
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

/**
 * Typed calls of every route, holding the token.
 * @example
 * const api = createApi({ origin: 'https://streamit.example' })
 * await api.call('auth/guest', { display_name: 'Ana' })
 */
export const createApi = (options: ApiOptions): Api => {
  const runtime = options.runtime ?? globalRuntime
  let token = options.token
  let refreshAt = token === undefined ? Number.POSITIVE_INFINITY : runtime.now() + refreshDueIn(token, runtime.wall())
  let refreshing: Promise<void> | undefined

  const adopt = (next: string | undefined) => {
    token = next
    refreshAt = next === undefined ? Number.POSITIVE_INFINITY : runtime.now() + refreshDueIn(next, runtime.wall())
    options.onToken?.(next)
  }

  const send = async (name: RouteName, request: Record<string, unknown>, bearer: string | undefined) => {
    const { method, path, body } = requestFor(name, request)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`
    const init = { method, headers, ...(body === undefined ? {} : { body }) }
    const { answer, body: answered } = await exchange(runtime, `${options.origin}${path}`, init)
    if (answer.status < 200 || answer.status > 299 || typeof answered !== 'object' || answered === null)
      throw errorFromAnswer(answer.status, answered, answer.headers.get('retry-after'))
    return answered
  }

  const refresh = async (old: string) => {
    try {
      const answer = await send('auth/refresh', {}, old)
      // The token was replaced meanwhile, by signing out or in: the answer is about the old one.
      if (token === old && 'access_token' in answer && typeof answer.access_token === 'string')
        adopt(answer.access_token)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // The token in hand is good for the other half of its life: try again in a while.
      refreshAt = runtime.now() + REFRESH_RETRY_MS
    } finally {
      refreshing = undefined
    }
  }

  const keepTokenFresh = async () => {
    if (token === undefined || runtime.now() < refreshAt) return
    refreshing ??= refresh(token)
    await refreshing
  }

  const call = async <N extends RouteName>(name: N, request: SentOf<N>): Promise<AnswerOf<N>> => {
    if (name !== 'auth/logout' && name !== 'auth/delete') void keepTokenFresh()
    const answer = await send(name, { ...request }, token)
    if (name === 'auth/logout' || name === 'auth/delete') adopt(undefined)
    else if ('access_token' in answer && typeof answer.access_token === 'string') adopt(answer.access_token)
    // The server parses what it sends in its own tests; parsing again here would bring the schemas into every page.
    return answer as AnswerOf<N>
  }

  return { origin: options.origin, call, token: () => token, keepTokenFresh }
}
