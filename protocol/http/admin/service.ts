import * as z from 'zod'
import { MAX_NOTICE_CHARACTERS } from '../../limits.ts'
import { nothing } from '../fields.ts'
import { route } from '../route.ts'

/** What everybody may know of the service. */
export const Service = z.object({
  notice: z.string().nullable().describe('what all pages show, in the words of whoever runs the service'),
  is_registration_open: z.boolean().describe('whether accounts can be opened'),
  are_guests_admitted: z.boolean().describe('whether one can come in without an account'),
  help_contact: z.string().nullable().describe('whom to ask about a forgotten password'),
})
export type Service = z.infer<typeof Service>

const count = z.number().describe('about')

/** How long commands took to their last viewer, milliseconds, rounded up. */
export const DeliveryTimes = z.object({
  p50: z.number().nullable().describe('within which half of them arrived'),
  p99: z.number().nullable().describe('within which 99 of 100 arrived'),
  slower_than: z
    .number()
    .optional()
    .describe('what is null took longer than that; where it is missing, there were no commands'),
})
export type DeliveryTimes = z.infer<typeof DeliveryTimes>

/** What happened in one span of time. */
export const StatsSpan = z.object({
  from: z.number().describe('when it began, epoch milliseconds'),
  counts: z
    .record(z.string(), count)
    .describe('by name, each missing where it is 0: the numbers of `STATS#` in docs/table.md'),
  delivery: DeliveryTimes.optional(),
})
export type StatsSpan = z.infer<typeof StatsSpan>

const notice = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_NOTICE_CHARACTERS, `must be at most ${MAX_NOTICE_CHARACTERS} characters`)
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')

/** The service as a whole. */
export const serviceRoutes = {
  service: route('service', {
    summary: 'What everybody may know of the service: its notice, and who may come.',
    auth: 'none',
    request: nothing,
    answer: Service,
    refusals: [],
  }),
  'admin/now': route('admin/now', {
    summary:
      'How the service is: who is there, and what happened in the last hour, day or month. Numbers are about right.',
    auth: 'required',
    request: z.object({ period: z.enum(['hour', 'day', 'month']).optional().describe('hour where it is left out') }),
    answer: z.object({
      at: z.number(),
      rooms: z.number().int().describe('with somebody in them, among the 200 latest active'),
      people: z.number().int().describe('connected to these'),
      sockets: z.number().int().describe('of these people'),
      is_more: z.boolean().describe('whether further rooms were active, which are not counted'),
      spans: z.array(StatsSpan).describe('by five minutes, hours or days, oldest first; the last is not over yet'),
      delivery: DeliveryTimes.describe('in the whole period'),
    }),
    refusals: ['not_admin', 'sign_in_again'],
  }),
  'admin/change-service': route('admin/change-service', {
    summary: 'Write or take down the notice; open or close registration, and the door to guests.',
    auth: 'required',
    request: z.object({
      notice: notice.nullable().optional(),
      is_registration_open: z.boolean().optional(),
      are_guests_admitted: z.boolean().optional(),
    }),
    answer: Service,
    refusals: ['not_admin', 'sign_in_again'],
  }),
} as const
