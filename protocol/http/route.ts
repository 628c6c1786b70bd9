import type * as z from 'zod'
import { addresses, type RouteName } from '../addresses.ts'
import type { RefusalCode } from '../refusal-codes.ts'

/** Who may call: anybody, anybody but a token is honoured when sent, or only with a token. */
export type RouteAuth = 'none' | 'optional' | 'required'

type RouteData = {
  summary: string
  auth: RouteAuth
  /** What is read: the body of a POST, the query string and path parameters of a GET. */
  request: z.ZodType
  answer: z.ZodType
  /** HTTP status of the answer, where it is not 200. */
  status?: 201
  /** Refusals of its own, beside those that every route has (400 invalid_*, 401 where a token is required, 413). */
  refusals: readonly RefusalCode[]
}

/** The route of this name, as data: its address, who may call, and what it reads and answers. Its schemas keep their own types. */
export const route = <N extends RouteName, const R extends RouteData>(
  name: N,
  data: R,
): (typeof addresses)[N] & { status: 200 | 201 } & R => ({ ...addresses[name], status: 200, ...data })
