import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../repository.ts'
import { raw, readStack } from './stack-reading.ts'

const stack = readStack()
const resources = Object.entries(stack.template.Resources)
const [, section = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split(
  '### What a failed attempt leaves\n',
)
const documented = [...section.slice(0, section.indexOf('\n## ')).matchAll(/^\| `([^`]+)` \|/gm)].map(
  ([, name]) => name,
)

describe('a first deployment that fails', () => {
  it('leaves behind only what is retained, and the documents name it all', () => {
    const retained = resources
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
      .map(([id]) => id.slice(0, -8))
    expect(retained.sort()).toEqual(['Core', 'Pages'])
    expect(documented.sort()).toEqual(retained)
  })

  it('takes no name that the next attempt needs, but for one log group, which the documents name', () => {
    const NAMES = [
      'BucketName',
      'TableName',
      'FunctionName',
      'RoleName',
      'LogGroupName',
      'Name',
      'DBInstanceIdentifier',
    ]
    const lasting = ['AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable', 'AWS::IAM::Role', 'AWS::Logs::LogGroup']
    const named = resources
      .filter(([, { Type }]) => [...lasting, 'AWS::SecretsManager::Secret', 'AWS::Lambda::Function'].includes(Type))
      .flatMap(([id, resource]) => NAMES.filter((name) => name in raw(resource)).map((name) => [id.slice(0, -8), name]))
    expect(named).toEqual([['HttpAccessLogs', 'LogGroupName']])
    expect(section).toContain('/aws/vendedlogs/streamit-prod/http-access')
  })
})
