import type { FunctionName } from '../../functions/middleware/configuration.ts'
import { functionEntries } from '../../lib/bundle.ts'
import { createResolver, type Resolve } from '../../local/template/intrinsics.ts'
import type { Resource, Template } from '../../local/template/template.ts'
import { readTemplate } from '../staging/stage.ts'

export const functionNames = Object.keys(functionEntries) as FunctionName[]

export type Statement = { effect: string; actions: string[]; resources: string[] }

/** A resource's properties as the template has them, references and all. */
export const raw = (resource: Resource | undefined): Record<string, unknown> => resource?.Properties ?? {}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** Questions about one synthesised template. Values come resolved, as CloudFormation would fill them in. */
export const readStack = (template: Template = readTemplate()) => {
  // What CloudFormation fills in at deployment stays as it stands.
  const resolve: Resolve = createResolver(template, (service, parts) => `{{resolve:${service}:${parts.join(':')}}}`)

  const all = (type: string): [logicalId: string, resource: Resource][] =>
    Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)

  const properties = (resource: Resource, ...names: string[]): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, resolve(resource.Properties?.[name])]))

  /** CDK's logical ids are our ids and eight characters of hash. */
  const resource = (id: string, type: string): Resource => {
    const found = all(type).filter(([logicalId]) => logicalId.slice(0, -8) === id)
    const [only] = found
    if (only === undefined || found.length > 1)
      throw new Error(`${found.length} resources of ${type} are called ${id}.`)
    return only[1]
  }

  const fn = (name: FunctionName): Resource =>
    resource(name.charAt(0).toUpperCase() + name.slice(1), 'AWS::Lambda::Function')

  /** Every statement of every policy in the template, or of the policies of one function. */
  const statements = (name?: FunctionName): Statement[] => {
    const role = name === undefined ? undefined : JSON.stringify(fn(name).Properties?.Role)
    return all('AWS::IAM::Policy')
      .filter(
        ([, policy]) =>
          role === undefined ||
          listOf(policy.Properties?.Roles).some((one) => role.includes(String((one as { Ref: string }).Ref))),
      )
      .flatMap(([, policy]) => {
        const document = raw(policy).PolicyDocument as { Statement: Record<string, unknown>[] }
        return document.Statement.map((statement) => ({
          effect: String(statement.Effect),
          actions: listOf(statement.Action).map(String),
          resources: listOf(statement.Resource).map((one) => String(resolve(one))),
        }))
      })
  }

  return { template, resolve, all, properties, resource, fn, statements }
}
