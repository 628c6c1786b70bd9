import * as z from 'zod'
import { type ApiRequest, headerOf } from '../http/request.ts'
import type { Invocations } from '../lambda/invocations.ts'
import type { Limits } from '../limits.ts'
import type { Api, Authorizer } from '../template/apis.ts'
import { account } from '../template/identity.ts'
import { matchesWildcard } from '../template/wildcard.ts'
import { type AuthorizerContext, type Handshake, handshakeParts, requestContext } from './events.ts'

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())])
const Policy = z.object({
  principalId: z.string(),
  policyDocument: z.object({
    Statement: z
      .union([z.array(z.unknown()), z.unknown().transform((one) => [one])])
      .pipe(z.array(z.object({ Effect: z.enum(['Allow', 'Deny']), Action: texts, Resource: texts }))),
  }),
  // Flat: API Gateway refuses lists and objects inside.
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
})
type Policy = z.infer<typeof Policy>

export type Authorization = { ok: true; context: AuthorizerContext } | { ok: false; status: 401 | 403 | 500 }

const allows = ({ policyDocument }: Policy, methodArn: string): boolean => {
  const effects = policyDocument.Statement.filter(
    (statement) =>
      statement.Action.some((action) => matchesWildcard(action, 'execute-api:Invoke')) &&
      statement.Resource.some((resource) => matchesWildcard(resource, methodArn)),
  ).map((statement) => statement.Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

const identity = (source: string, request: ApiRequest): string | undefined => {
  const [, place, name] = /^route\.request\.(querystring|header)\.(.+)$/.exec(source) ?? []
  if (place === 'querystring') return new URLSearchParams(request.query).get(name ?? '') ?? undefined
  if (place === 'header') return headerOf(request.headers, name ?? '')
  throw new Error(`The local runtime does not know the identity source ${source}.`)
}

/** Asks the REQUEST authorizer of $connect. It is never cached and, without its identity sources, never asked. */
export const authorize = async (
  authorizer: Authorizer,
  api: Api,
  request: ApiRequest,
  handshake: Handshake,
  invocations: Invocations,
  limits: Limits,
): Promise<Authorization> => {
  if (authorizer.identitySources.some((source) => !identity(source, request))) return { ok: false, status: 401 }
  const methodArn = `arn:${account.partition}:execute-api:${account.region}:${account.id}:${api.id}/${api.stage}/$connect`
  const asked = Date.now()
  const outcome = await invocations.call(authorizer.functionName, {
    type: 'REQUEST',
    methodArn,
    ...handshakeParts(api, request),
    stageVariables: {},
    requestContext: requestContext(api, handshake, '$connect', 'CONNECT'),
  })
  // The one message that API Gateway knows; every other failure is a fault.
  if (!outcome.ok) return { ok: false, status: outcome.error.errorMessage === 'Unauthorized' ? 401 : 500 }
  const policy = Policy.safeParse(outcome.result)
  if (!policy.success) return { ok: false, status: 500 }
  const context = Object.entries(policy.data.context).map(([name, value]) => [name, String(value)] as const)
  if (Buffer.byteLength(JSON.stringify(policy.data.context)) > limits.authorizerContextBytes)
    return { ok: false, status: 500 }
  if (!allows(policy.data, methodArn)) return { ok: false, status: 403 }
  const { principalId } = policy.data
  return { ok: true, context: { ...Object.fromEntries(context), principalId, integrationLatency: Date.now() - asked } }
}
