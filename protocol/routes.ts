import type * as z from 'zod'
import type { addresses, RouteName } from './addresses.ts'
import { adminAuditRoutes } from './http/admin/audit.ts'
import { adminPeopleRoutes } from './http/admin/people.ts'
import { adminRoomRoutes } from './http/admin/rooms.ts'
import { serviceRoutes } from './http/admin/service.ts'
import { auditRoutes } from './http/audit.ts'
import { authRoutes } from './http/auth.ts'
import { chatRoutes } from './http/chat.ts'
import { documentRoutes } from './http/documents.ts'
import { healthRoutes } from './http/health.ts'
import { listRoutes } from './http/lists.ts'
import { memberRoutes } from './http/members.ts'
import { roomRoutes } from './http/rooms.ts'

/**
 * Every HTTP route, as data: the router, the client library, the documents and the tests read this. An address without a
 * route, or a route at the address of another, does not compile.
 */
export const routes = {
  ...authRoutes,
  ...roomRoutes,
  ...memberRoutes,
  ...chatRoutes,
  ...listRoutes,
  ...auditRoutes,
  ...adminRoomRoutes,
  ...adminPeopleRoutes,
  ...adminAuditRoutes,
  ...serviceRoutes,
  ...healthRoutes,
  ...documentRoutes,
} as const satisfies typeof addresses

export type { RouteName }

type Routes = typeof routes
/** What a handler reads, with defaults filled in. */
export type RequestOf<N extends RouteName> = z.infer<Routes[N]['request']>
/** What a caller sends: fields with defaults may be left out. */
export type SentOf<N extends RouteName> = z.input<Routes[N]['request']>
export type AnswerOf<N extends RouteName> = z.infer<Routes[N]['answer']>
