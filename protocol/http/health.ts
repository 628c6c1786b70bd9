import * as z from 'zod'
import { nothing } from './fields.ts'
import { route } from './route.ts'

/** For monitors. */
export const healthRoutes = {
  health: route('health', {
    summary: 'Whether the service answers, and which version.',
    auth: 'none',
    request: nothing,
    answer: z.object({
      status: z.literal('ok'),
      /** Of the software, as `0.1.0`. */
      version: z.string(),
      /** Of the protocol; servers of 0.1.0 do not say. */
      protocol: z.number().int().optional(),
    }),
    refusals: [],
  }),
} as const
