import type * as z from 'zod'
import type { RefusalCode } from '../refusals.ts'

/** Who may call: anybody, anybody but a token is honoured when sent, or only with a token. */
export type RouteAuth = 'none' | 'optional' | 'required'

type RouteData = {
  method: 'GET' | 'POST'
  /** Path below the origin; a trailing slash is optional on every one. */
  path: `/api/${string}`
  summary: string
  auth: RouteAuth
  /** What is read: the body of a POST, the query string and path parameters of a GET. */
  request: z.ZodType
  answer: z.ZodType
  /** HTTP status of the answer. */
  status: 200 | 201
  /** Refusals of its own, beside those that every route has (400 invalid_*, 401 where a token is required, 413). */
  refusals: readonly RefusalCode[]
}

/** One route, as data. Its schemas keep their own types. */
export const route = <const R extends RouteData>(data: R): R => data
