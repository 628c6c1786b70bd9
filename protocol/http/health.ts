import * as z from 'zod'
import { nothing } from './fields.ts'
import { route } from './route.ts'

/** For monitors. */
export const healthRoutes = {
  health: route('health', {
    summary: 'Whether the service answers, and which version.',
    request: nothing,
    answer: z.object({ status: z.literal('ok'), version: z.string() }),
    status: 200,
    refusals: [],
  }),
} as const
