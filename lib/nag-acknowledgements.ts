import { DefaultStackSynthesizer, type Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import { LOG_ROLE_FINDING } from './gateway-logs.ts'
import type { Settings } from './settings.ts'

type LogicalIds = { realtimeApi: string; pages: string }

/** One finding of cdk-nag that stands, on one resource, and why. `unless` is true where a setting removes the finding. */
type Acknowledgement = { path: string; rule: string; reason: string; unless?: boolean }

const HTTP_AUTHORIZED_INSIDE =
  'Our tokens are HS256; JWT authorizers take RSA only. Each function verifies the token itself, and some routes are open.'
const SOCKET_AUTHORIZED_ON_CONNECT =
  'A WebSocket API authorizes on $connect only; every later event carries what that authorizer passed on.'
const BASIC_EXECUTION =
  "AWS's policy for a function's own logs: creating and writing log streams. Scoping it would need the same wildcard behind the log group."
const EVERY_CONNECTION =
  'Connection ids are made by API Gateway when a socket opens. The resource is one method of one stage of this API.'
const PAGES_DEPLOYMENT =
  "CDK's own custom resource, which copies the pages into the bucket during deployment. Nothing else can invoke it."

const DEPLOYMENT = 'Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C'
const BASIC_EXECUTION_POLICY =
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'

const posting: Record<string, string[]> = {
  Auth: ['DELETE', 'POST'],
  Api: ['DELETE', 'POST'],
  Admin: ['DELETE', 'POST'],
  Connect: ['GET', 'POST'],
  Welcome: ['DELETE', 'GET', 'POST'],
  Message: ['DELETE', 'POST'],
  Disconnect: ['POST'],
  Repair: ['DELETE', 'GET', 'POST'],
}

const FUNCTIONS = [...Object.keys(posting), 'Authorizer', 'Sweep']

const acknowledgements = (
  { stage, apiGatewayLogRole, webAclArn, domain }: Settings,
  { realtimeApi: realtimeApiId, pages: pagesBucketId }: LogicalIds,
  qualifier: string,
): Acknowledgement[] => [
  {
    path: 'EdgeSecret/Resource',
    rule: 'AwsSolutions-SMG4',
    reason:
      'Rotated by hand (docs/operations.md): it is in the distribution as well, which takes a deployment to change.',
  },
  {
    path: 'SigningSecret/Resource',
    rule: 'AwsSolutions-SMG4',
    reason:
      'Rotated by hand (docs/operations.md): the functions take the previous version for as long as its tokens live.',
  },
  ...['$disconnect', '$default', 'PING', 'SYNC_REQUEST'].map((key) => ({
    path: `RealtimeApi/${key}-Route/Resource`,
    rule: 'AwsSolutions-APIG4',
    reason: SOCKET_AUTHORIZED_ON_CONNECT,
  })),
  ...['ANY--api--auth--{proxy+}', 'ANY--api--admin--{proxy+}', 'ANY--api--{proxy+}'].map((id) => ({
    path: `HttpApi/${id}/Resource`,
    rule: 'AwsSolutions-APIG4',
    reason: HTTP_AUTHORIZED_INSIDE,
  })),
  ...FUNCTIONS.map((id) => ({
    path: `${id}/ServiceRole/Resource`,
    rule: BASIC_EXECUTION_POLICY,
    reason: BASIC_EXECUTION,
  })),
  ...Object.entries(posting).flatMap(([id, methods]) =>
    methods.map((method) => ({
      path: `${id}/ServiceRole/DefaultPolicy/Resource`,
      rule: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${realtimeApiId}>/${stage}/${method}/@connections/*]`,
      reason: EVERY_CONNECTION,
    })),
  ),
  {
    path: 'RealtimeApi/LogRole/Resource',
    ...LOG_ROLE_FINDING,
    unless: apiGatewayLogRole === 'existing',
  },
  {
    path: 'Pages/Resource',
    rule: 'AwsSolutions-S1',
    reason: 'Public pages, read by the distribution alone: a log of who read them has no use and a cost.',
  },
  {
    path: 'Edge/Resource',
    rule: 'AwsSolutions-CFR1',
    reason: 'People watch from everywhere; there is nothing here to keep from a country.',
  },
  {
    path: 'Edge/Resource',
    rule: 'AwsSolutions-CFR2',
    reason: 'A web application firewall costs a fixed sum a month; the APIs throttle, and nothing costs while idle.',
    unless: webAclArn !== undefined,
  },
  {
    path: 'Edge/Resource',
    rule: 'AwsSolutions-CFR3',
    reason: 'Its access logs would hold the query string, and so the token of every socket. The APIs log without it.',
  },
  {
    path: 'Edge/Resource',
    rule: 'AwsSolutions-CFR4',
    reason: 'On the default *.cloudfront.net certificate the minimum TLS version cannot be chosen.',
    unless: domain !== undefined,
  },
  { path: `${DEPLOYMENT}/ServiceRole/Resource`, rule: BASIC_EXECUTION_POLICY, reason: PAGES_DEPLOYMENT },
  ...[
    'Action::s3:GetObject*',
    'Action::s3:GetBucket*',
    'Action::s3:List*',
    'Action::s3:DeleteObject*',
    'Action::s3:Abort*',
    `Resource::arn:<AWS::Partition>:s3:::cdk-${qualifier}-assets-<AWS::AccountId>-<AWS::Region>/*`,
    `Resource::<${pagesBucketId}.Arn>/*`,
  ].map((finding) => ({
    path: `${DEPLOYMENT}/ServiceRole/DefaultPolicy/Resource`,
    rule: `AwsSolutions-IAM5[${finding}]`,
    reason: PAGES_DEPLOYMENT,
  })),
  { path: `${DEPLOYMENT}/Resource`, rule: 'AwsSolutions-L1', reason: PAGES_DEPLOYMENT },
]

const find = (stack: Stack, path: string): IConstruct | undefined =>
  path.split('/').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), stack)

/** Tells cdk-nag which of its findings stand. A path that leads nowhere is an error: nothing is acknowledged in advance. */
export const acknowledgeFindings = (stack: Stack, settings: Settings, logicalIds: LogicalIds): void => {
  const qualifier = stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER
  const standing = acknowledgements(settings, logicalIds, qualifier).filter(({ unless }) => unless !== true)
  for (const { path, rule, reason } of standing) {
    const construct = find(stack, path)
    if (construct === undefined) throw new Error(`There is nothing at ${path} to acknowledge ${rule} on.`)
    Validations.of(construct).acknowledge({ id: `AwsSolutions::${rule}`, reason })
  }
}
