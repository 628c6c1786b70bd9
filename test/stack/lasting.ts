import type { Template } from '../../local/template/template.ts'

export type Indexes = Record<string, unknown[]>

/** The indexes of each table. An update of a deployed table may add or remove one of them, and change none. */
export const indexesIn = (template: Template): Indexes =>
  Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable')
      .map(([id, { Properties = {} }]) => [id, (Properties.GlobalSecondaryIndexes ?? []) as unknown[]]),
  )

/** What cannot be made again once it is gone, with the properties that no update can change: another value is another resource. */
const FIXED: Record<string, string[]> = {
  'AWS::ApiGateway::Account': [],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::CloudFront::Distribution': [],
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'TableName'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SecretsManager::Secret': ['Name'],
}

export type Lasting = Record<string, { Type: string; DeletionPolicy?: string; Fixed: Record<string, unknown> }>

/** The resources of a template that hold something: data, an address that people know, a setting of the account. */
export const lastingIn = (template: Template): Lasting =>
  Object.fromEntries(
    Object.entries(template.Resources).flatMap(([id, { Type, DeletionPolicy, Properties = {} }]) => {
      const fixed = FIXED[Type]
      if (fixed === undefined && DeletionPolicy !== 'Retain') return []
      const given = (fixed ?? []).filter((name) => name in Properties).map((name) => [name, Properties[name]])
      const Fixed = Object.fromEntries(given)
      return [[id, { Type, ...(DeletionPolicy !== undefined && { DeletionPolicy }), Fixed }]]
    }),
  )
