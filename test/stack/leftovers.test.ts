import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../repository.ts'
import { raw, readStack } from './stack-reading.ts'
import { stackWith } from './stack-with.ts'

const stack = readStack()
const resources = Object.entries(stack.template.Resources)
const withRole = stackWith({ apiGatewayLogRole: 'create' })
type Read = typeof stack
const retainedIn = ({ template }: Read): string[] =>
  Object.entries(template.Resources)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
    .map(([id]) => id.slice(0, -8))
    .sort()
const [, section = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split(
  '### What a failed attempt leaves\n',
)
const rows = [...section.slice(0, section.indexOf('\n## ')).matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)]
/** Some are there only with a setting, which their row then names first. */
const documented = (isAlways: boolean) =>
  rows
    .filter(([, , how = '']) => isAlways !== how.startsWith('with `apiGatewayLogRole=create`'))
    .map(([, name]) => name)

describe('a first deployment that fails', () => {
  it('leaves behind only what is retained, and the documents name it all', () => {
    expect(retainedIn(stack)).toEqual(['Core', 'Pages'])
    expect(documented(true).sort()).toEqual(retainedIn(stack))
  })

  it('leaves the logging role and the setting that names it as well, where it made them', () => {
    const more = retainedIn(withRole).filter((id) => !retainedIn(stack).includes(id))
    expect(more).toEqual(['RealtimeApiLogAccount', 'RealtimeApiLogRole'])
    expect(documented(false).sort()).toEqual(more)
    // Neither has a name that the next attempt would need.
    expect(Object.keys(raw(withRole.resource('RealtimeApiLogRole', 'AWS::IAM::Role')))).not.toContain('RoleName')
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
