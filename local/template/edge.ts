import * as z from 'zod'
import { physicalId, resourceAttribute } from './identity.ts'
import type { Resolve } from './intrinsics.ts'
import { resourcesOf, type Template } from './template.ts'

const Behavior = z.object({
  PathPattern: z.string().default('*'),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
})
const Origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.literal('').default(''),
  OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]),
})
const DistributionProperties = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(''),
    DefaultCacheBehavior: Behavior,
    CacheBehaviors: z.array(Behavior).default([]),
    Origins: z.array(Origin),
  }),
})
const FunctionProperties = z.object({ FunctionCode: z.string() })

const overriding = { Override: z.boolean() }
const PolicyProperties = z.object({
  ResponseHeadersPolicyConfig: z.object({
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string(), ...overriding }).optional(),
        ContentTypeOptions: z.object(overriding).optional(),
        FrameOptions: z.object({ FrameOption: z.string(), ...overriding }).optional(),
        ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), ...overriding }).optional(),
        StrictTransportSecurity: z
          .object({
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: z.boolean().default(false),
            Preload: z.boolean().default(false),
            ...overriding,
          })
          .optional(),
      })
      .default({}),
    CustomHeadersConfig: z
      .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string(), ...overriding })) })
      .default({ Items: [] }),
    RemoveHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string() })) }).default({ Items: [] }),
  }),
})

const CachePolicyProperties = z.object({
  CachePolicyConfig: z.object({
    MinTTL: z.number(),
    DefaultTTL: z.number(),
    MaxTTL: z.number(),
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      QueryStringsConfig: z.object({ QueryStrings: z.array(z.string()).default([]) }),
      HeadersConfig: z.object({ Headers: z.array(z.string()).default([]) }),
    }),
  }),
})

/** Seconds, and which query fields and headers tell one answer from another. */
export type CachePolicy = Record<'MinTTL' | 'DefaultTTL' | 'MaxTTL', number> & {
  queryFields: string[]
  headers: string[]
}
export type ResponseHeaders = z.infer<typeof PolicyProperties>['ResponseHeadersPolicyConfig']
type Origin = z.infer<typeof Origin>
export type Behavior = {
  pattern: string
  allowedMethods: string[]
  /** Whether the viewer's headers (all but Host) and query string reach the origin. */
  forwardsViewer: boolean
  /** A policy of the template's own. What AWS's own policies keep is not played. */
  cache: CachePolicy | undefined
  origin: Origin
  functionCode: string | undefined
  responseHeaders: ResponseHeaders | undefined
}
export type Distribution = { domain: string; defaultRootObject: string; behaviors: Behavior[] }

/** CloudFront's managed policy AllViewerExceptHostHeader: an API refuses any Host but its own. */
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

/** The distribution in front of everything, or undefined where the template has none. Behaviors in the order in which they are tried. */
export const readDistribution = (template: Template, resolve: Resolve): Distribution | undefined => {
  const [declared, second] = resourcesOf(template, resolve, 'AWS::CloudFront::Distribution', DistributionProperties)
  if (second !== undefined) throw new Error('The local runtime plays one CloudFront distribution, not several.')
  if (declared === undefined) return undefined
  const functions = new Map(
    resourcesOf(template, resolve, 'AWS::CloudFront::Function', FunctionProperties).map((each) => [
      resourceAttribute(each.logicalId, each.resource, 'FunctionARN'),
      each.properties.FunctionCode,
    ]),
  )
  const policies = new Map(
    resourcesOf(template, resolve, 'AWS::CloudFront::ResponseHeadersPolicy', PolicyProperties).map((each) => [
      physicalId(each.logicalId, each.resource),
      each.properties.ResponseHeadersPolicyConfig,
    ]),
  )
  const cachePolicies = new Map(
    resourcesOf(template, resolve, 'AWS::CloudFront::CachePolicy', CachePolicyProperties).map((each) => {
      const { ParametersInCacheKeyAndForwardedToOrigin: key, ...seconds } = each.properties.CachePolicyConfig
      const policy = {
        ...seconds,
        queryFields: key.QueryStringsConfig.QueryStrings,
        headers: key.HeadersConfig.Headers,
      }
      return [physicalId(each.logicalId, each.resource), policy] as const
    }),
  )
  const { DefaultRootObject, DefaultCacheBehavior, CacheBehaviors, Origins } = declared.properties.DistributionConfig

  const readBehavior = (behavior: z.infer<typeof Behavior>): Behavior => {
    const origin = Origins.find((each) => each.Id === behavior.TargetOriginId)
    if (origin === undefined) throw new Error(`Behavior ${behavior.PathPattern} has no origin.`)
    const requestPolicy = behavior.OriginRequestPolicyId
    if (requestPolicy !== undefined && requestPolicy !== ALL_VIEWER_EXCEPT_HOST_HEADER)
      throw new Error(`The local runtime does not know the origin request policy ${requestPolicy}.`)
    const [association] = behavior.FunctionAssociations
    return {
      pattern: behavior.PathPattern,
      allowedMethods: behavior.AllowedMethods,
      forwardsViewer: requestPolicy !== undefined,
      cache: cachePolicies.get(behavior.CachePolicyId ?? ''),
      origin,
      functionCode: association && functions.get(association.FunctionARN),
      responseHeaders: policies.get(behavior.ResponseHeadersPolicyId ?? ''),
    }
  }
  return {
    domain: resourceAttribute(declared.logicalId, declared.resource, 'DomainName'),
    defaultRootObject: DefaultRootObject,
    behaviors: [...CacheBehaviors, DefaultCacheBehavior].map(readBehavior),
  }
}
