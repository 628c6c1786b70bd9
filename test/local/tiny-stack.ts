import type { Template } from '../../local/template/template.ts'

// A template in the shape that CDK writes, as small as the runtime's tests allow.

const sub = (text: string) => ({ 'Fn::Sub': text })
const ref = (name: string) => ({ Ref: name })
const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] })
const domainOf = (api: string) => sub(`\${${api}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}`)

const lambda = (name: string, variables: Record<string, unknown> = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: sub('assets'), S3Key: `${name}.zip` },
    Timeout: 29,
    MemorySize: 1024,
    Environment: { Variables: variables },
  },
})

const integration = (api: string, fn: string, uri: unknown) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { ApiId: ref(api), IntegrationType: 'AWS_PROXY', IntegrationUri: uri, PayloadFormatVersion: '2.0' },
  Metadata: { fn },
})

const lambdaUri = (fn: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      ref('AWS::Partition'),
      ':apigateway:',
      ref('AWS::Region'),
      ':lambda:path/2015-03-31/functions/',
      att(fn, 'Arn'),
      '/invocations',
    ],
  ],
})

/** A route and its integration, as two resources named after the key. */
export const httpRoute = (key: string, fn: string): Template['Resources'] => {
  const id = `Http${key.replace(/\W/g, '')}`
  return {
    [`${id}Integration`]: integration('HttpApi', fn, att(fn, 'Arn')),
    [`${id}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('HttpApi'),
        RouteKey: key,
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', ref(`${id}Integration`)]] },
      },
    },
  }
}

export const socketRoute = (key: string, fn: string, more: Record<string, unknown> = {}): Template['Resources'] => {
  const id = `Socket${key.replace(/\W/g, '')}`
  return {
    [`${id}Integration`]: integration('SocketApi', fn, lambdaUri(fn)),
    [`${id}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('SocketApi'),
        RouteKey: key,
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', ref(`${id}Integration`)]] },
        ...more,
      },
    },
  }
}

/** A route whose function's answer goes back to the sender. */
export const answeringRoute = (key: string, fn: string): Template['Resources'] => ({
  ...socketRoute(key, fn, { RouteResponseSelectionExpression: '$default' }),
  [`Socket${key}Response`]: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: { ApiId: ref('SocketApi'), RouteId: ref(`Socket${key}Route`), RouteResponseKey: '$default' },
  },
})

const table = (deletionPolicy: 'Retain' | 'Delete') => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    Replicas: [{ Region: ref('AWS::Region') }],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  },
  DeletionPolicy: deletionPolicy,
})

const stageUrl = { 'Fn::Join': ['', ['https://', domainOf('SocketApi'), '/prod']] }

/** Functions `Authorizer`, `Connect`, `Message`, `Disconnect`, `Http` and `Background`; socket routes with PING answering. */
export const tinyTemplate = (): Template => ({
  Resources: {
    Kept: table('Retain'),
    Fleeting: table('Delete'),
    Key: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
    },
    Authorizer: lambda('authorizer'),
    Connect: lambda('connect'),
    Message: lambda('message', {
      KEPT_TABLE: ref('Kept'),
      KEY_ARN: ref('Key'),
      BACKGROUND: ref('Background'),
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: stageUrl,
    }),
    Disconnect: lambda('disconnect'),
    Http: lambda('http'),
    Background: lambda('background'),
    SocketApi: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.type' },
    },
    SocketStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('SocketApi'), StageName: 'prod' } },
    SocketAuthorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('SocketApi'),
        AuthorizerType: 'REQUEST',
        AuthorizerUri: lambdaUri('Authorizer'),
        IdentitySource: ['route.request.querystring.token'],
      },
    },
    ...socketRoute('$connect', 'Connect', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('SocketAuthorizer') }),
    ...socketRoute('$disconnect', 'Disconnect'),
    ...socketRoute('$default', 'Message'),
    ...answeringRoute('PING', 'Message'),
    HttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    HttpStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('HttpApi'), StageName: '$default' } },
    ...httpRoute('ANY /api/{proxy+}', 'Http'),
    Pages: { Type: 'AWS::S3::Bucket', Properties: {} },
    DeployPages: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: { SourceObjectKeys: ['pages.zip'], DestinationBucketName: ref('Pages') },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          SecurityHeadersConfig: {
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
          },
          CustomHeadersConfig: { Items: [{ Header: 'X-House', Value: 'StreamIt', Override: true }] },
        },
      },
    },
    RoomFunction: {
      Type: 'AWS::CloudFront::Function',
      Properties: {
        FunctionCode: `function handler(event) {
          const request = event.request
          const match = /^\\/ws\\/room\\/([^/]+)\\/?$/.exec(request.uri)
          if (match === null) return { statusCode: 404, headers: { 'x-said': { value: 'no room' } }, body: 'none' }
          const query = { room: { value: match[1].toUpperCase() } }
          if (request.querystring.token) query.token = request.querystring.token
          request.uri = '/prod'
          request.querystring = query
          request.headers['x-viewer'] = { value: event.viewer.ip }
          return request
        }`,
      },
    },
    Edge: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          DefaultRootObject: 'index.html',
          DefaultCacheBehavior: { TargetOriginId: 'pages', ResponseHeadersPolicyId: ref('Headers') },
          CacheBehaviors: [
            { PathPattern: '/api/*', TargetOriginId: 'http', ...forwardAll },
            {
              PathPattern: '/ws/*',
              TargetOriginId: 'socket',
              ...forwardAll,
              FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: att('RoomFunction', 'FunctionARN') }],
            },
          ],
          Origins: [
            { Id: 'pages', DomainName: att('Pages', 'RegionalDomainName') },
            {
              Id: 'http',
              DomainName: domainOf('HttpApi'),
              OriginCustomHeaders: [{ HeaderName: 'x-edge-secret', HeaderValue: 'between us' }],
            },
            { Id: 'socket', DomainName: domainOf('SocketApi') },
          ],
        },
      },
    },
  },
})

const forwardAll = {
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
  OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
}
