import * as z from 'zod'
import { changedSettings, decisionNames } from '../decisions.ts'
import { Id } from '../ids.ts'
import { cursor, next, roomCode } from './fields.ts'
import { route } from './route.ts'

/** A decision as those who moderate see it. */
export const ShownDecision = z.object({
  id: z.string(),
  /** A newer server may know further ones. */
  what: z.enum(decisionNames),
  /** The name of who decided, as it was then. */
  by: z.string(),
  by_id: Id,
  /** Whom it was about; null where it was about nobody in particular. */
  whom: z.string().nullable(),
  whom_id: Id.nullable(),
  /** When, epoch milliseconds. */
  at: z.number(),
  /**
   * `intended`: begun, and not known whether it was carried out. `done`: carried out. `refused`: not carried out, for the
   * reason that `code` says.
   */
  outcome: z.enum(['intended', 'done', 'refused']),
  /** Of the refusal. */
  code: z.string().optional(),
  /** Of `settings`: what of the room changed. */
  changed: z.array(z.enum(changedSettings)).optional(),
  /** Of whoever runs the service: they have no part in the room. */
  is_admin: z.literal(true).optional(),
})
export type ShownDecision = z.infer<typeof ShownDecision>

/** Who decided what about whom. */
export const auditRoutes = {
  'rooms/audit': route('rooms/audit', {
    summary: 'What was decided about the people and the settings of a room, newest first.',
    auth: 'required',
    request: z.object({ room_id: roomCode, cursor }),
    answer: z.object({ entries: z.array(ShownDecision), next }),
    refusals: ['not_host', 'room_not_found'],
  }),
} as const
