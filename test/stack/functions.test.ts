import { describe, expect, it } from 'vitest'
import { environments, type FunctionName, readSettings } from '../../functions/middleware/configuration.ts'
import { callsOf } from './source-calls.ts'
import { functionNames, raw, readStack } from './stack-reading.ts'

const stack = readStack()
const variablesOf = (name: FunctionName): Record<string, string> => {
  const { Environment } = stack.properties(stack.fn(name), 'Environment')
  return (Environment as { Variables: Record<string, string> }).Variables
}
/** The longest that API Gateway waits for an answer. */
const GATEWAY_SECONDS = 29

describe.each(functionNames)('the function %s', (name) => {
  const fn = stack.fn(name)

  it('runs bundled code on Node 24 on arm64, with its log in JSON', () => {
    expect(fn.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON' },
    })
  })

  it('ends before API Gateway stops waiting, unless nobody waits', () => {
    const timeout = Number(fn.Properties?.Timeout)
    if (name === 'sweep') expect(timeout).toBe(900)
    else if (name === 'repair') expect(timeout).toBe(120)
    else expect(timeout).toBeLessThanOrEqual(GATEWAY_SECONDS)
    expect(timeout).toBeGreaterThan(0)
  })

  it('keeps its log for as long as the setting says: where the log names addresses, the setting about those', () => {
    const { LogGroup } = raw(fn).LoggingConfig as { LogGroup: { Ref: string } }
    const namesAddresses = ['auth', 'api', 'admin', 'authorizer'].includes(name)
    expect(stack.template.Resources[LogGroup.Ref]).toMatchObject({
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: namesAddresses ? 7 : 90 },
    })
  })

  it('has the environment that its configuration asks for, and nothing else of ours', () => {
    expect(() => readSettings(name, variablesOf(name))).not.toThrow()
    const { POWERTOOLS_SERVICE_NAME, AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: _sdk, ...ours } = variablesOf(name)
    expect(POWERTOOLS_SERVICE_NAME).toBe(name)
    // What a deployment may leave out is not there where it does: see stack-settings.test.ts.
    const needed = Object.entries(environments[name].shape).filter(([, schema]) => !schema.safeParse(undefined).success)
    expect(Object.keys(ours).sort()).toEqual(needed.map(([variable]) => variable).sort())
  })

  it('knows the names of the tables that it calls, and no other', () => {
    const { core, index, connections } = callsOf(name)
    const variables = Object.keys(environments[name].shape)
    expect(variables.includes('CORE_TABLE')).toBe(core.length + index.length > 0)
    expect(variables.includes('CONNECTIONS_TABLE')).toBe(connections.length > 0)
  })
})

describe('memory', () => {
  it('is a whole vCPU where bcrypt or posting keeps it busy, and less elsewhere', () => {
    const memory = (name: FunctionName) => stack.fn(name).Properties?.MemorySize
    expect([memory('auth'), memory('message')]).toEqual([1769, 1769])
    for (const name of functionNames.filter((one) => one !== 'auth' && one !== 'message'))
      expect(memory(name)).toBe(1024)
  })
})

describe('asynchronous work', () => {
  it('is never repeated: a late greeting or repair is worse than none', () => {
    const configurations = stack
      .all('AWS::Lambda::EventInvokeConfig')
      .map(([, config]) => stack.properties(config, 'FunctionName', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds'))
    const once = (name: string) => ({
      FunctionName: expect.stringContaining(name),
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    })
    expect(configurations).toEqual([once('Repair'), once('Welcome')])
    expect(variablesOf('connect').WELCOME_FUNCTION).toContain('Welcome')
  })

  it('sweeps every hour', () => {
    const [[, rule] = []] = stack.all('AWS::Events::Rule')
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', State: 'ENABLED' })
    expect(JSON.stringify(rule?.Properties?.Targets)).toContain('Sweep')
  })
})

describe('the callback endpoint', () => {
  const realtime = stack.all('AWS::ApiGatewayV2::Api').find(([, api]) => api.Properties?.ProtocolType === 'WEBSOCKET')
  const endpoint = `https://${realtime?.[0].toLowerCase()}.execute-api.us-east-1.amazonaws.com/prod`

  it('is the stage of the WebSocket API, for every function that posts and no other', () => {
    const posting = functionNames.filter((name) =>
      stack.statements(name).some((statement) => statement.actions.includes('execute-api:ManageConnections')),
    )
    expect(posting).toEqual(['auth', 'api', 'admin', 'connect', 'welcome', 'message', 'disconnect', 'repair'])
    for (const name of functionNames)
      expect(variablesOf(name).AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI, name).toBe(
        posting.includes(name) ? endpoint : undefined,
      )
  })
})
