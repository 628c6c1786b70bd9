import { describe, expect, it } from 'vitest'
import { raw, readStack } from './stack-reading.ts'
import { stackWith } from './stack-with.ts'

describe('a stage of its own', () => {
  const stack = stackWith({
    stage: 'review42',
    protectData: 'false',
    logRetentionDays: '3',
    throttleRate: '7',
    throttleBurst: '9',
    guestsMayHost: 'false',
    allowedOrigins: 'https://watch.example',
  })
  const core = stack.resource('Core', 'AWS::DynamoDB::GlobalTable')

  it('is a stack and a WebSocket stage of that name', () => {
    expect(stack.name).toBe('streamit-review42')
    const stage = stack.resource('RealtimeApiStage', 'AWS::ApiGatewayV2::Stage')
    expect(stage.Properties?.StageName).toBe('review42')
    const code = stack.resource('RealtimeFunction', 'AWS::CloudFront::Function').Properties?.FunctionCode
    expect(code).toContain("'/review42'")
  })

  it('is told apart by its tag and by the names of its APIs and logs, and may be deleted', () => {
    expect(stack.tags).toEqual({ 'streamit:stage': 'review42' })
    expect(stack.isProtected).toBe(false)
    const names = stack.all('AWS::ApiGatewayV2::Api').map(([, api]) => api.Properties?.Name)
    expect(names.sort()).toEqual(['streamit-review42-http', 'streamit-review42-realtime'])
    const groups = stack.all('AWS::Logs::LogGroup').map(([, group]) => group.Properties?.LogGroupName)
    expect(groups.filter(Boolean)).toEqual(['/aws/vendedlogs/streamit-review42/http-access'])
  })

  it('lets its core table be deleted by hand, yet keeps it when the stack goes', () => {
    const [replica] = raw(core).Replicas as Record<string, unknown>[]
    expect(replica?.DeletionProtectionEnabled ?? false).toBe(false)
    expect(core.DeletionPolicy).toBe('Retain')
  })

  it('keeps every log of ours for three days', () => {
    const days = stack.all('AWS::Logs::LogGroup').map(([, group]) => group.Properties?.RetentionInDays)
    expect(days.length).toBeGreaterThan(0)
    expect(new Set(days)).toEqual(new Set([3]))
  })

  it('throttles both APIs as told', () => {
    const throttles = stack.all('AWS::ApiGatewayV2::Stage').map(([, stage]) => stage.Properties?.DefaultRouteSettings)
    expect(throttles).toEqual(Array(2).fill({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 }))
  })

  it('admits the origin named, with the headers that our calls need, and tells the function about guests', () => {
    const http = stack.all('AWS::ApiGatewayV2::Api').find(([, api]) => api.Properties?.ProtocolType === 'HTTP')?.[1]
    expect(http?.Properties?.CorsConfiguration).toEqual({
      AllowOrigins: ['https://watch.example'],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['authorization', 'content-type'],
      AllowCredentials: true,
      ExposeHeaders: ['retry-after'],
      MaxAge: 7200,
    })
    expect(stack.fn('api').Properties?.Environment).toMatchObject({ Variables: { GUESTS_MAY_HOST: 'false' } })
  })
})

describe('production, in an account with a bootstrap qualifier of its own', () => {
  const stack = stackWith({ '@aws-cdk/core:bootstrapQualifier': 'acme1' })

  it('can be made, and is protected from being deleted', () => {
    expect(stack.name).toBe('streamit-prod')
    expect(stack.isProtected).toBe(true)
  })
})

describe("API Gateway's logging role", () => {
  const making = stackWith({ apiGatewayLogRole: 'create' })

  it("is the account's: the stack makes none, and its stage waits for none", () => {
    const stack = readStack()
    expect(stack.all('AWS::ApiGateway::Account')).toEqual([])
    expect(stack.all('AWS::IAM::Role').filter(([id]) => id.includes('LogRole'))).toEqual([])
    expect(stack.resource('RealtimeApiStage', 'AWS::ApiGatewayV2::Stage')).not.toHaveProperty('DependsOn')
  })

  it('is made where the setting says so, stays when the stack goes, and is there before the WebSocket stage', () => {
    const [account] = making.all('AWS::ApiGateway::Account')
    expect(account?.[1]).toMatchObject({ DeletionPolicy: 'Retain' })
    expect(making.resource('RealtimeApiLogRole', 'AWS::IAM::Role')).toMatchObject({ DeletionPolicy: 'Retain' })
    const stage = making.resource('RealtimeApiStage', 'AWS::ApiGatewayV2::Stage') as { DependsOn?: string[] }
    expect(stage.DependsOn).toContain(account?.[0])
  })
})
