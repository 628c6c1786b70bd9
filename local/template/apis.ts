import * as z from 'zod'
import { apiDomain, physicalId } from './identity.ts'
import type { Resolve } from './intrinsics.ts'
import { resourcesOf, type Template } from './template.ts'

const ApiProperties = z.object({
  ProtocolType: z.enum(['HTTP', 'WEBSOCKET']),
  RouteSelectionExpression: z.string().optional(),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      AllowCredentials: z.boolean().default(false),
      MaxAge: z.number().optional(),
    })
    .optional(),
})
const RouteProperties = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteResponseSelectionExpression: z.string().optional(),
})
const IntegrationProperties = z.object({ IntegrationType: z.literal('AWS_PROXY'), IntegrationUri: z.string() })
const AuthorizerProperties = z.object({
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  IdentitySource: z.array(z.string()).default([]),
})
const StageProperties = z.object({ ApiId: z.string(), StageName: z.string() })
const RouteResponseProperties = z.object({ RouteId: z.string() })

export type Cors = NonNullable<z.infer<typeof ApiProperties>['CorsConfiguration']>
export type Authorizer = { functionName: string; identitySources: string[] }
export type Route = {
  key: string
  functionName: string
  authorizer: Authorizer | undefined
  /** Whether what the function returns goes back to the sender of a frame. */
  hasResponse: boolean
}
export type Api = {
  id: string
  domain: string
  protocol: 'HTTP' | 'WEBSOCKET'
  stage: string
  routes: Route[]
  selectionExpression: string
  cors: Cors | undefined
}

// An integration names its function by ARN, on its own or inside an API Gateway URI.
const functionIn = (uri: string): string => {
  const name = /:function:([^/:]+)/.exec(uri)?.[1]
  if (name === undefined) throw new Error(`The local runtime knows Lambda integrations only, not ${uri}.`)
  return name
}

/** The APIs that the template declares, with everything that hangs on them. */
export const readApis = (template: Template, resolve: Resolve): Api[] => {
  const all = <Shape extends z.ZodRawShape>(type: string, schema: z.ZodObject<Shape>) =>
    resourcesOf(template, resolve, `AWS::ApiGatewayV2::${type}`, schema)
  const integrations = new Map(all('Integration', IntegrationProperties).map((each) => [each.logicalId, each]))
  const authorizers = new Map(all('Authorizer', AuthorizerProperties).map((each) => [each.logicalId, each]))
  const answered = new Set(all('RouteResponse', RouteResponseProperties).map((each) => each.properties.RouteId))
  const routes = all('Route', RouteProperties)
  const stages = all('Stage', StageProperties)

  const readRoute = ({ logicalId, properties }: (typeof routes)[number]): Route => {
    const integration = integrations.get(properties.Target.replace(/^integrations\//, ''))
    if (integration === undefined) throw new Error(`Route ${properties.RouteKey} has no integration.`)
    const authorizer = authorizers.get(properties.AuthorizerId ?? '')
    if (properties.AuthorizationType === 'CUSTOM' && authorizer === undefined)
      throw new Error(`Route ${properties.RouteKey} has no authorizer.`)
    return {
      key: properties.RouteKey,
      functionName: functionIn(integration.properties.IntegrationUri),
      authorizer: authorizer && {
        functionName: functionIn(authorizer.properties.AuthorizerUri),
        identitySources: authorizer.properties.IdentitySource,
      },
      hasResponse: properties.RouteResponseSelectionExpression === '$default' && answered.has(logicalId),
    }
  }
  return all('Api', ApiProperties).map(({ logicalId, resource, properties }) => {
    const id = physicalId(logicalId, resource)
    const mine = <Item extends { properties: { ApiId: string } }>(item: Item) => item.properties.ApiId === id
    return {
      id,
      domain: apiDomain(id),
      protocol: properties.ProtocolType,
      stage: stages.find(mine)?.properties.StageName ?? '$default',
      routes: routes.filter(mine).map(readRoute),
      selectionExpression: properties.RouteSelectionExpression ?? '',
      cors: properties.CorsConfiguration,
    }
  })
}
