import { account, physicalId, resourceAttribute } from './identity.ts'
import type { Template } from './template.ts'

/** Replaces every intrinsic function inside a value of the template by what CloudFormation would put there. */
export type Resolve = (value: unknown) => unknown

export type DynamicReference = (service: string, parts: string[]) => string

const NO_VALUE = 'AWS::NoValue'

const PSEUDO_PARAMETERS: Record<string, string> = {
  [NO_VALUE]: NO_VALUE,
  'AWS::Region': account.region,
  'AWS::AccountId': account.id,
  'AWS::Partition': account.partition,
  'AWS::URLSuffix': account.urlSuffix,
  'AWS::StackName': account.stackName,
  'AWS::StackId': `arn:aws:cloudformation:${account.region}:${account.id}:stack/${account.stackName}/local`,
}

const noDynamicReferences: DynamicReference = (service) => {
  throw new Error(`The local runtime cannot resolve {{resolve:${service}:...}} here.`)
}

/** @param dynamic gives the text of `{{resolve:service:parts}}` */
export const createResolver = (template: Template, dynamic: DynamicReference = noDynamicReferences): Resolve => {
  const text = (value: unknown, where: string): string => {
    const resolved = resolve(value)
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean')
      return String(resolved)
    throw new Error(`${where} needs a text and got ${JSON.stringify(resolved)}.`)
  }
  const list = (value: unknown, where: string): unknown[] => {
    const resolved = resolve(value)
    if (Array.isArray(resolved)) return resolved
    throw new Error(`${where} needs a list and got ${JSON.stringify(resolved)}.`)
  }
  const reference = (name: string): string => {
    const pseudo = PSEUDO_PARAMETERS[name]
    if (pseudo !== undefined) return pseudo
    const resource = template.Resources[name]
    if (resource === undefined) throw new Error(`Ref ${name}: the template has no such resource.`)
    return physicalId(name, resource)
  }
  const attribute = (logicalId: string, name: string): string => {
    const resource = template.Resources[logicalId]
    if (resource === undefined) throw new Error(`Fn::GetAtt ${logicalId}.${name}: the template has no such resource.`)
    return resourceAttribute(logicalId, resource, name)
  }
  const substitute = (argument: unknown): string => {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}]
    const given = new Map(Object.entries(variables ?? {}))
    return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (given.has(name)) return text(given.get(name), 'Fn::Sub')
      const [logicalId = '', ...path] = name.split('.')
      return path.length === 0 ? reference(name) : attribute(logicalId, path.join('.'))
    })
  }

  const intrinsics: Record<string, (argument: unknown) => unknown> = {
    Ref: (name) => reference(text(name, 'Ref')),
    'Fn::GetAtt': (argument) => {
      const [logicalId = '', ...path] =
        typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt')
      return attribute(text(logicalId, 'Fn::GetAtt'), path.join('.'))
    },
    'Fn::Join': (argument) => {
      const [separator, values] = list(argument, 'Fn::Join')
      return list(values, 'Fn::Join').join(text(separator, 'Fn::Join'))
    },
    'Fn::Select': (argument) => {
      const [index, values] = list(argument, 'Fn::Select')
      return list(values, 'Fn::Select')[Number(index)]
    },
    'Fn::Split': (argument) => {
      const [separator, value] = list(argument, 'Fn::Split')
      return text(value, 'Fn::Split').split(text(separator, 'Fn::Split'))
    },
    'Fn::Sub': substitute,
  }

  const resolve: Resolve = (value) => {
    if (typeof value === 'string') return resolveDynamicReferences(value, dynamic)
    if (Array.isArray(value)) return value.map(resolve).filter((inner) => inner !== NO_VALUE)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [only] = entries
    if (only !== undefined && entries.length === 1 && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
      const intrinsic = intrinsics[only[0]]
      if (intrinsic === undefined) throw new Error(`The local runtime does not know ${only[0]}.`)
      const resolved = intrinsic(only[1])
      return typeof resolved === 'string' ? resolveDynamicReferences(resolved, dynamic) : resolved
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, resolve(inner)] as const).filter(([, inner]) => inner !== NO_VALUE),
    )
  }
  return resolve
}

const resolveDynamicReferences = (value: string, dynamic: DynamicReference): string =>
  value.replace(/\{\{resolve:([^:}]+):([^}]+)\}\}/g, (_, service: string, rest: string) =>
    dynamic(service, rest.split(':')),
  )
