import type { Resource } from './template.ts'

/** The account in which everything local lives. Derived names are the same at every start, so that persisted data is found again. */
export const account = {
  region: 'us-east-1',
  id: '000000000000',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
  stackName: 'streamit-local',
} as const

const NAME_PROPERTIES: Record<string, string> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
}

/** Table, function, bucket and secret names; bucket names and API ids also stand in host names, so those are lower case. */
export const physicalName = (logicalId: string, resource: Resource): string => {
  const given = resource.Properties?.[NAME_PROPERTIES[resource.Type] ?? '']
  if (typeof given === 'string') return given
  if (resource.Type === 'AWS::ApiGatewayV2::Api') return logicalId.toLowerCase()
  if (resource.Type === 'AWS::S3::Bucket') return `streamit-${logicalId.toLowerCase()}`
  return resource.Type in NAME_PROPERTIES ? `streamit-${logicalId}` : logicalId
}

const arn = (service: string, rest: string): string =>
  `arn:${account.partition}:${service}:${account.region}:${account.id}:${rest}`

/** What `Ref` gives. */
export const physicalId = (logicalId: string, resource: Resource): string =>
  resource.Type === 'AWS::SecretsManager::Secret' ? secretArn(logicalId, resource) : physicalName(logicalId, resource)

export const functionArn = (name: string): string => arn('lambda', `function:${name}`)

// Secrets Manager adds a hyphen and six characters to the name.
export const secretArn = (logicalId: string, resource: Resource): string =>
  arn('secretsmanager', `secret:${physicalName(logicalId, resource)}-LoCaL0`)

export const apiDomain = (apiId: string): string => `${apiId}.execute-api.${account.region}.${account.urlSuffix}`

type Attributes = Record<string, (logicalId: string, resource: Resource) => string>

const ATTRIBUTES: Record<string, Attributes> = {
  'AWS::DynamoDB::GlobalTable': { Arn: (id, resource) => arn('dynamodb', `table/${physicalName(id, resource)}`) },
  'AWS::Lambda::Function': { Arn: (id, resource) => functionArn(physicalName(id, resource)) },
  'AWS::SecretsManager::Secret': { Id: secretArn },
  'AWS::ApiGatewayV2::Api': {
    ApiId: physicalName,
    ApiEndpoint: (id, resource) => `https://${apiDomain(physicalName(id, resource))}`,
  },
  'AWS::S3::Bucket': {
    Arn: (id, resource) => `arn:${account.partition}:s3:::${physicalName(id, resource)}`,
    DomainName: (id, resource) => `${physicalName(id, resource)}.s3.${account.urlSuffix}`,
    RegionalDomainName: (id, resource) => `${physicalName(id, resource)}.s3.${account.region}.${account.urlSuffix}`,
  },
  'AWS::CloudFront::Function': { FunctionARN: (id) => arn('cloudfront', `function/${id}`) },
  'AWS::CloudFront::Distribution': { Id: (id) => id, DomainName: (id) => `${id.toLowerCase()}.cloudfront.net` },
}

/** What `Fn::GetAtt` gives. */
export const resourceAttribute = (logicalId: string, resource: Resource, name: string): string => {
  const attribute = ATTRIBUTES[resource.Type]?.[name]
  if (attribute !== undefined) return attribute(logicalId, resource)
  // Everything that only IAM or CloudFront itself looks at: roles, log groups, access controls.
  if (name === 'Arn') return arn('local', logicalId)
  if (name === 'Id') return logicalId
  throw new Error(`The local runtime does not know the attribute ${name} of ${logicalId} (${resource.Type}).`)
}
