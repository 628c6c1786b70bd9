import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import { refusals } from '../../protocol/refusals.ts'
import type { RouteName, routes } from '../../protocol/routes.ts'

type Route = (typeof routes)[RouteName]

/** Every refusal that a call may meet: its own, and those that come with its method, its token and its fields. */
const refusalsOf = ({ method, path, auth, refusals: own }: Route, hasFields: boolean): RefusalCode[] => [
  ...(method === 'POST' ? (['invalid_json', 'too_large'] as const) : []),
  ...(hasFields ? (['invalid_field'] as const) : []),
  ...(auth === 'none' ? [] : (['unauthorized'] as const)),
  ...own,
  // A word in the place of a code (H5).
  ...(path.endsWith('}') ? (['not_found'] as const) : []),
  'fault',
]

const inList = new Intl.ListFormat('en', { type: 'disjunction' })

const response = (codes: readonly RefusalCode[]) => ({
  description: `Refused: ${inList.format(codes.map((code) => `\`${code}\``))}`,
  headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
  content: {
    'application/json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Refusal' }], properties: { code: { enum: codes } } },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
})

/**
 * One response for each status with which a call is refused, and one for whatever did not come from a function. Calls
 * that are refused alike share a response, named after its codes.
 */
export const refusalResponses = (route: Route, hasFields: boolean, components: Record<string, unknown>) => {
  const byStatus = Map.groupBy(refusalsOf(route, hasFields), (code) => refusals[code][0])
  const named = [...byStatus].map(([status, codes]) => {
    const name = codes.join('.')
    components[name] = response(codes)
    return [status, { $ref: `#/components/responses/${name}` }]
  })
  return { ...Object.fromEntries(named), default: { $ref: '#/components/responses/elsewhere' } }
}

/** What these responses refer to. */
export const refusalComponents = {
  schemas: {
    Refusal: {
      type: 'object',
      description: 'An expected no. `code` is for programs, `error` for people.',
      properties: {
        error: { type: 'string', description: 'a sentence for people' },
        code: { type: 'string', description: 'a newer server may have more' },
        retry_after: { type: 'integer', description: 'whole seconds, where waiting helps' },
      },
      required: ['error', 'code'],
    },
  },
  responses: {
    elsewhere: {
      description: 'API Gateway, CloudFront or a network on the way, in a form of its own. It is no refusal (H8).',
    },
  },
  examples: Object.fromEntries(
    Object.entries(refusals).map(([code, [, error]]) => [code, { value: { error, code } }] as const),
  ),
  headers: {
    'Retry-After': { description: 'whole seconds, where waiting helps', schema: { type: 'integer' } },
  },
}
