import * as z from 'zod'
import { Id } from './ids.ts'

export const MembershipStatus = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'LEFT', 'KICKED', 'BANNED'])
export type MembershipStatus = z.infer<typeof MembershipStatus>

/** A member of a room, as the list of members shows them. */
export const Member = z.object({
  id: Id,
  display_name: z.string(),
  status: MembershipStatus,
  is_host: z.boolean(),
  is_guest: z.boolean(),
  online: z.boolean(),
  /** Epoch milliseconds; null when not muted. */
  muted_until: z.number().nullable(),
  /** Epoch milliseconds: when the status became what it is. Servers of 0.1.0 do not say it. */
  status_at: z.number().optional(),
  /** Of somebody who waits: they came from the network or the browser of somebody who was banned (docs/protocol.md, R42). */
  reason: z.enum(['recent_ban']).optional(),
})
