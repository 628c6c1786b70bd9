import * as z from 'zod'
import { nothing } from './fields.ts'
import { route } from './route.ts'

/** The contract itself, for programs. */
export const documentRoutes = {
  openapi: route('openapi', {
    summary: 'These calls, as an OpenAPI document.',
    auth: 'none',
    request: nothing,
    answer: z.looseObject({ openapi: z.string().describe('the version of OpenAPI') }),
    refusals: [],
  }),
  asyncapi: route('asyncapi', {
    summary: "The frames of a room's WebSocket, as an AsyncAPI document.",
    auth: 'none',
    request: nothing,
    answer: z.looseObject({ asyncapi: z.string().describe('the version of AsyncAPI') }),
    refusals: [],
  }),
} as const
