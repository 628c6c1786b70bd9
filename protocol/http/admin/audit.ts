import * as z from 'zod'
import { allDecisionNames } from '../../decisions.ts'
import { Id } from '../../ids.ts'
import { ShownDecision } from '../audit.ts'
import { cursor, next, roomCode } from '../fields.ts'
import { route } from '../route.ts'

/** A decision as the administration sees it: of every room, and about the service itself. */
export const AdminDecision = ShownDecision.extend({
  /** A newer server may know further ones. */
  what: z.enum(allDecisionNames),
  room: z.string().nullable().describe('the code of the room; null where it was about none'),
  detail: z
    .string()
    .optional()
    .describe(
      'which network (the beginning of its hash, and its note), or how the notice began; none in older entries',
    ),
  from: z.string().describe('the address that it came from, shortened: IPv4 to 24 bits, IPv6 to 48'),
})
export type AdminDecision = z.infer<typeof AdminDecision>

const time = z.coerce
  .number()
  .int()
  .min(0, 'must not be before 1970')
  .max(2 ** 48 - 1, 'is too late')

/** Who decided what, everywhere. */
export const adminAuditRoutes = {
  'admin/audit': route('admin/audit', {
    summary: 'What was decided, everywhere, newest first. A page may be empty although `next` leads on.',
    auth: 'required',
    request: z.object({
      by: Id.optional().describe('the id of who decided'),
      whom: Id.optional().describe('the id of whom it was about'),
      what: z.enum(allDecisionNames).optional(),
      room: roomCode.optional(),
      from: time.optional().describe('not before this time, epoch milliseconds'),
      to: time.optional().describe('before this time, epoch milliseconds'),
      cursor,
    }),
    answer: z.object({ entries: z.array(AdminDecision), next }),
    refusals: ['not_admin', 'sign_in_again'],
  }),
} as const
