import { describe, expect, it } from 'vitest'
import { readApis } from '../../local/template/apis.ts'
import { raw, readStack } from './stack-reading.ts'

const stack = readStack()
const apis = readApis(stack.template, stack.resolve)
const api = (protocol: 'HTTP' | 'WEBSOCKET') => {
  const found = apis.filter((one) => one.protocol === protocol)
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} APIs of ${protocol}.`)
  return only
}
const servedBy = (protocol: 'HTTP' | 'WEBSOCKET') =>
  Object.fromEntries(
    api(protocol).routes.map((route) => [route.key, route.functionName.replace(/^streamit-/, '').slice(0, -8)]),
  )

describe('the HTTP API', () => {
  it('has greedy routes only, so that a trailing slash is optional', () => {
    expect(servedBy('HTTP')).toEqual({
      'ANY /api/admin/{proxy+}': 'Admin',
      'ANY /api/auth/{proxy+}': 'Auth',
      'ANY /api/{proxy+}': 'Api',
    })
  })

  it('allows no other origin unless a setting names it', () => {
    expect(api('HTTP').cors).toBeUndefined()
  })
})

describe('the WebSocket API', () => {
  it('leads every route to its function', () => {
    expect(servedBy('WEBSOCKET')).toEqual({
      $connect: 'Connect',
      $disconnect: 'Disconnect',
      $default: 'Message',
      PING: 'Message',
      SYNC_REQUEST: 'Message',
    })
  })

  it('selects the route by the type of a frame', () => {
    expect(api('WEBSOCKET').selectionExpression).toBe('$request.body.type')
  })

  it('answers on the route of PING and SYNC_REQUEST only, since a route response also sends an empty frame', () => {
    const answering = api('WEBSOCKET').routes.filter((route) => route.hasResponse)
    expect(answering.map((route) => route.key).sort()).toEqual(['PING', 'SYNC_REQUEST'])
    expect(stack.all('AWS::ApiGatewayV2::RouteResponse')).toHaveLength(2)
  })

  it('authorizes $connect, by the token in the query string, and never from a cache', () => {
    const authorized = api('WEBSOCKET').routes.filter((route) => route.authorizer !== undefined)
    expect(authorized.map((route) => route.key)).toEqual(['$connect'])
    const [[, authorizer] = []] = stack.all('AWS::ApiGatewayV2::Authorizer')
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.token'],
    })
    expect(authorizer?.Properties?.AuthorizerResultTtlInSeconds ?? 0).toBe(0)
    expect(authorized[0]?.authorizer?.functionName).toContain('Authorizer')
  })
})

describe.each(stack.all('AWS::ApiGatewayV2::Stage'))('the stage %s', (_id, stage) => {
  it('throttles as the settings say and deploys by itself', () => {
    expect(stage.Properties).toMatchObject({
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    })
  })

  it('logs identifiers and outcomes, never a query string, a header or a token', () => {
    const { Format } = raw(stage).AccessLogSettings as { Format: string }
    const fields = Object.values(JSON.parse(Format) as Record<string, string>)
    expect(fields).toContain('$context.requestId')
    expect(fields).toContain('$context.status')
    const telling =
      /query|header|token|authorizer|authorization|cookie|body|\$input|\$request|protocol|context\.path\b.*\?/i
    // The one thing out of the authorizer's context: from where the socket comes.
    const others = fields.filter((field) => field !== '$context.authorizer.address')
    expect(others.filter((field) => telling.test(field))).toEqual([])
    expect(fields.filter((field) => !/^\$context\.[\w.]+$/.test(field))).toEqual([])
  })

  it('keeps its log, which names addresses, for as long as the setting about those says', () => {
    const { DestinationArn } = raw(stage).AccessLogSettings as { DestinationArn: { 'Fn::GetAtt': [string] } }
    expect(stack.template.Resources[DestinationArn['Fn::GetAtt'][0]]?.Properties).toMatchObject({ RetentionInDays: 7 })
  })
})

describe("the WebSocket API's log", () => {
  it('names the address of the viewer, out of what the authorizer passes on', () => {
    const formats = stack.all('AWS::ApiGatewayV2::Stage').map(([, stage]) => {
      const { Format } = raw(stage).AccessLogSettings as { Format: string }
      return (JSON.parse(Format) as Record<string, string>).viewer
    })
    expect(formats.filter((viewer) => viewer !== undefined)).toEqual(['$context.authorizer.address'])
  })
})
