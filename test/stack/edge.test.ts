import { describe, expect, it } from 'vitest'
import { EDGE_HEADER, VIEWER_HEADER } from '../../functions/auth/edge-headers.ts'
import { raw, readStack } from './stack-reading.ts'

// AWS's own policies, by the ids that its documentation gives them.
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

type Behavior = Record<string, unknown> & {
  PathPattern?: string
  TargetOriginId: string
  FunctionAssociations?: { EventType: string; FunctionARN: string }[]
}
type Origin = {
  Id: string
  DomainName: string
  CustomOriginConfig?: { OriginProtocolPolicy: string }
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[]
}
type Config = {
  CacheBehaviors: Behavior[]
  DefaultCacheBehavior: Behavior
  Origins: Origin[]
}

const stack = readStack()
const { DistributionConfig } = stack.properties(
  stack.resource('Edge', 'AWS::CloudFront::Distribution'),
  'DistributionConfig',
)
const config = DistributionConfig as Config & Record<string, unknown>
const behaviour = (path: string): Behavior => {
  const found = config.CacheBehaviors.find((one) => one.PathPattern === path)
  if (found === undefined) throw new Error(`There is no behaviour for ${path}.`)
  return found
}
const originOf = ({ TargetOriginId }: Behavior) => config.Origins.find((origin) => origin.Id === TargetOriginId)
const codeOf = (id: string) => String(stack.resource(id, 'AWS::CloudFront::Function').Properties?.FunctionCode)

describe.each(['/api/*', '/ws/*'])('the behaviour %s', (path) => {
  it('caches nothing, passes every header but Host, every query string and every method, over https only', () => {
    expect(behaviour(path)).toMatchObject({
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: expect.arrayContaining(['GET', 'POST', 'OPTIONS']),
    })
  })

  it('leads to its own API over https', () => {
    const protocol = path === '/ws/*' ? 'WEBSOCKET' : 'HTTP'
    const [id = ''] =
      stack.all('AWS::ApiGatewayV2::Api').find(([, api]) => api.Properties?.ProtocolType === protocol) ?? []
    expect(originOf(behaviour(path))).toMatchObject({
      DomainName: `${id.toLowerCase()}.execute-api.us-east-1.amazonaws.com`,
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
    })
    expect(originOf(behaviour(path))).not.toHaveProperty('OriginPath')
  })
})

describe('the behaviour of what everybody asks for', () => {
  it('goes before /api/*, and lets one answer serve everybody for as long as it says, twenty seconds at most', () => {
    expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/api/rooms/public',
      '/api/service',
      '/api/*',
      '/ws/*',
    ])
    const { CachePolicyId, ...list } = behaviour('/api/rooms/public')
    expect(behaviour('/api/service').CachePolicyId).toEqual(CachePolicyId)
    expect(list).toMatchObject({
      TargetOriginId: behaviour('/api/*').TargetOriginId,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
      ViewerProtocolPolicy: 'https-only',
      AllowedMethods: expect.arrayContaining(['GET', 'POST', 'OPTIONS']),
    })
    const policy = stack.resource('PublicRoomsCache', 'AWS::CloudFront::CachePolicy')
    expect(CachePolicyId).toContain('PublicRoomsCache')
    expect(raw(policy).CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 20,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['cursor'] },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
      },
    })
  })
})

describe('the rewriting of /ws/room/<code>/', () => {
  it('happens on the viewer request of /ws/*, to the stage of this deployment', () => {
    expect(behaviour('/ws/*').FunctionAssociations).toEqual([
      { EventType: 'viewer-request', FunctionARN: expect.stringContaining('RealtimeFunction') },
    ])
    expect(codeOf('RealtimeFunction')).toContain("'/prod'")
    expect(codeOf('RealtimeFunction')).not.toContain('__STAGE__')
  })
})

describe('from where a call comes', () => {
  const secret = stack.resource('EdgeSecret', 'AWS::SecretsManager::Secret')
  const [secretId] = stack.all('AWS::SecretsManager::Secret').find(([, one]) => one === secret) ?? []

  it('is told to both APIs with a secret that no template holds: CloudFormation fills it in', () => {
    expect(raw(secret)).toMatchObject({ GenerateSecretString: { PasswordLength: 64 } })
    expect(raw(secret)).not.toHaveProperty('SecretString')
    const { DistributionConfig: declared } = raw(stack.resource('Edge', 'AWS::CloudFront::Distribution'))
    const origins = (declared as Config).Origins
    const reference = ['', ['{{resolve:secretsmanager:', { Ref: secretId }, ':SecretString:::}}']]
    for (const path of ['/api/*', '/api/rooms/public', '/ws/*'])
      expect(origins.find(({ Id }) => Id === behaviour(path).TargetOriginId)?.OriginCustomHeaders, path).toEqual([
        { HeaderName: EDGE_HEADER, HeaderValue: { 'Fn::Join': reference } },
      ])
    expect(origins.filter(({ OriginCustomHeaders }) => OriginCustomHeaders !== undefined)).toHaveLength(2)
  })

  it('is written over what a viewer sends, on every way to the APIs', () => {
    const written = `request.headers['${VIEWER_HEADER}'] = { value: event.viewer.ip }`
    expect(codeOf('ViewerFunction')).toContain(written)
    expect(codeOf('RealtimeFunction')).toContain(written)
    for (const path of ['/api/*', '/api/rooms/public'])
      expect(behaviour(path).FunctionAssociations, path).toEqual([
        { EventType: 'viewer-request', FunctionARN: expect.stringContaining('ViewerFunction') },
      ])
  })
})

describe('the pages', () => {
  const bucket = stack.resource('Pages', 'AWS::S3::Bucket')

  it('come from a private bucket over https, and any path is the one document', () => {
    expect(bucket.Properties?.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    expect(config.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https',
      FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: expect.stringContaining('PagesFunction') }],
    })
    expect(codeOf('PagesFunction')).toContain('/index.html')
  })

  it('name the domain of their distribution, which the deployment fills in', () => {
    const [, deployed] = stack.all('Custom::CDKBucketDeployment').find(([id]) => id.startsWith('DeployPages')) ?? []
    const [distribution] = stack.all('AWS::CloudFront::Distribution').map(([id]) => id)
    const filledIn = (raw(deployed ?? {}).SourceMarkers as object[]).flatMap((markers) => Object.values(markers))
    expect(filledIn).toEqual([{ 'Fn::GetAtt': [distribution, 'DomainName'] }])
  })

  it('never stand in for an error of the APIs, and no fault is kept for others', () => {
    const responses = config.CustomErrorResponses as Record<string, unknown>[]
    expect(responses).toEqual([500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })))
    for (const response of responses) expect(response).not.toHaveProperty('ResponsePagePath')
  })

  it('that are not there are 404: the edge may list the bucket', () => {
    const policy = stack.resource('PagesPolicy', 'AWS::S3::BucketPolicy')
    expect(JSON.stringify(policy.Properties)).toContain('"s3:ListBucket"')
  })

  it('are deployed without waiting for an invalidation', () => {
    const deployments = stack.all('Custom::CDKBucketDeployment')
    expect(deployments.length).toBeGreaterThan(0)
    for (const [, { Properties }] of deployments) expect(Properties).not.toHaveProperty('DistributionId')
  })

  it('have policies whose names another region of the account does not take', () => {
    const names = [
      ...stack.all('AWS::CloudFront::ResponseHeadersPolicy').map(([, one]) => raw(one).ResponseHeadersPolicyConfig),
      ...stack.all('AWS::CloudFront::OriginAccessControl').map(([, one]) => raw(one).OriginAccessControlConfig),
    ].map((policy) => stack.resolve((policy as { Name: unknown }).Name))
    expect(names).toEqual(['streamit-prod-us-east-1', 'streamit-prod-us-east-1'])
  })

  it('carry a content security policy that starts from nothing, and may not be framed or sniffed', () => {
    const policy = stack.resource('PageHeaders', 'AWS::CloudFront::ResponseHeadersPolicy')
    const { SecurityHeadersConfig } = raw(policy).ResponseHeadersPolicyConfig as {
      SecurityHeadersConfig: Record<string, Record<string, unknown>>
    }
    const csp = String(SecurityHeadersConfig.ContentSecurityPolicy?.ContentSecurityPolicy)
    expect(csp).toMatch(/default-src 'none'/)
    expect(csp).toMatch(/frame-ancestors 'none'/)
    expect(csp).toMatch(/base-uri 'none'/)
    expect(csp).not.toMatch(/script-src[^;]*('unsafe|\*)/)
    // Of a host that serves many scripts, only the paths that a player comes from.
    for (const source of /script-src ([^;]+)/.exec(csp)?.[1]?.split(' ') ?? [])
      expect(source).toMatch(/^('self'|https:\/\/[\w.]+\/.+)$/)
    // Every picture is ours: nothing can be carried out in the address of one.
    expect(csp).toMatch(/img-src 'self' data:(;|$)/)
    expect(SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
    })
    expect(config.DefaultCacheBehavior.ResponseHeadersPolicyId).toContain('PageHeaders')
  })
})

describe('the edge', () => {
  it('keeps no access log, which would hold the token of every socket', () => {
    expect(config).not.toHaveProperty('Logging')
  })
})
