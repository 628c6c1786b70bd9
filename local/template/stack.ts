import type { SecretStore } from '../services/secrets.ts'
import { type Api, readApis } from './apis.ts'
import { type Bucket, readBuckets } from './buckets.ts'
import { type Distribution, readDistribution } from './edge.ts'
import { type DeclaredFunction, readFunctions } from './functions.ts'
import { createResolver, type DynamicReference } from './intrinsics.ts'
import type { Template } from './template.ts'

/** Everything in the template that the runtime plays; tables and secrets are read where they are made. */
export type Stack = {
  functions: DeclaredFunction[]
  httpApis: Api[]
  realtime: Api
  buckets: Bucket[]
  distribution: Distribution | undefined
}

// {{resolve:secretsmanager:<id>:SecretString:::}}, where an ARN as id brings colons of its own.
const secretReference =
  (secrets: SecretStore): DynamicReference =>
  (service, parts) => {
    const end = parts.indexOf('SecretString')
    const id = (end === -1 ? parts : parts.slice(0, end)).join(':')
    const isWhole = end === -1 || !parts[end + 1]
    const secret = service === 'secretsmanager' && isWhole ? secrets.find(id) : undefined
    if (secret === undefined)
      throw new Error(`The local runtime cannot resolve {{resolve:${[service, ...parts].join(':')}}}.`)
    return secret.current.value
  }

export const readStack = (template: Template, assets: string, secrets: SecretStore): Stack => {
  const resolve = createResolver(template, secretReference(secrets))
  const apis = readApis(template, resolve)
  const [realtime, second] = apis.filter((api) => api.protocol === 'WEBSOCKET')
  if (realtime === undefined || second !== undefined)
    throw new Error('The local runtime plays templates with exactly one WebSocket API.')
  const functions = readFunctions(template, assets, resolve)
  for (const { key, functionName, authorizer } of apis.flatMap((api) => api.routes))
    for (const name of [functionName, ...(authorizer ? [authorizer.functionName] : [])])
      if (!functions.some((fn) => fn.name === name))
        throw new Error(`Route ${key} leads to ${name}, which is no Node.js function of the template.`)
  return {
    functions,
    httpApis: apis.filter((api) => api.protocol === 'HTTP'),
    realtime,
    buckets: readBuckets(template, assets, resolve),
    distribution: readDistribution(template, resolve),
  }
}
