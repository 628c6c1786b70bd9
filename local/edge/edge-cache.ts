import { type ApiRequest, type ApiResponse, headerOf } from '../http/request.ts'
import type { CachePolicy } from '../template/edge.ts'

type Kept = { response: ApiResponse; at: number; seconds: number }

/** Whole seconds for which the origin lets anybody keep its answer, within the policy's bounds. */
const secondsToKeep = (policy: CachePolicy, response: ApiResponse): number => {
  const control = headerOf(response.headers, 'cache-control')
  if (control === undefined) return policy.DefaultTTL
  if (/\b(no-store|no-cache|private)\b/.test(control)) return policy.MinTTL
  const [, shared] = /\bs-maxage=(\d+)/.exec(control) ?? []
  const [, own] = /\bmax-age=(\d+)/.exec(control) ?? []
  return Math.max(policy.MinTTL, Math.min(policy.MaxTTL, Number(shared ?? own ?? policy.DefaultTTL)))
}

/** Two requests are one to the cache when path, named query fields and named headers agree. */
const keyOf = ({ queryFields, headers }: CachePolicy, { path, query, ...request }: ApiRequest): string => {
  const fields = [...new URLSearchParams(query)].filter(([name]) => queryFields.includes(name))
  return JSON.stringify([path, fields, headers.map((name) => headerOf(request.headers, name))])
}

/** What CloudFront keeps of a behaviour's answers: successes of GET, for as long as the origin allows. */
export const createEdgeCache = (policy: CachePolicy) => {
  const kept = new Map<string, Kept>()
  return {
    find: (request: ApiRequest): ApiResponse | undefined => {
      const found = request.method === 'GET' ? kept.get(keyOf(policy, request)) : undefined
      if (found === undefined) return undefined
      const age = Math.floor((performance.now() - found.at) / 1000)
      if (age >= found.seconds) return undefined
      const { status, headers, body } = found.response
      const added: [string, string][] = [
        ['age', String(age)],
        ['x-cache', 'Hit from cloudfront'],
      ]
      return { status, headers: [...headers, ...added], body }
    },
    keep: (request: ApiRequest, response: ApiResponse): void => {
      const seconds = response.status === 200 ? secondsToKeep(policy, response) : 0
      if (request.method !== 'GET') return
      const now = performance.now()
      for (const [key, { at, seconds: lasts }] of kept) if (now - at >= lasts * 1000) kept.delete(key)
      if (seconds > 0) kept.set(keyOf(policy, request), { response, at: now, seconds })
    },
  }
}
