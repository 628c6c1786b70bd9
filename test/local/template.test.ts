import { expect, test } from 'vitest'
import { createResolver } from '../../local/template/intrinsics.ts'
import { startTiny } from './tiny-runtime.ts'
import { tinyTemplate } from './tiny-stack.ts'

const resolve = createResolver(tinyTemplate())

test.each<[string, unknown, unknown]>([
  ['Ref of a table', { Ref: 'Kept' }, 'streamit-Kept'],
  ['Ref of a function', { Ref: 'Http' }, 'streamit-Http'],
  ['Ref of a secret', { Ref: 'Key' }, 'arn:aws:secretsmanager:us-east-1:000000000000:secret:streamit-Key-LoCaL0'],
  ['Ref of an API', { Ref: 'HttpApi' }, 'httpapi'],
  ['a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
  ['an attribute', { 'Fn::GetAtt': ['Kept', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/streamit-Kept'],
  [
    'an attribute in one text',
    { 'Fn::GetAtt': 'HttpApi.ApiEndpoint' },
    'https://httpapi.execute-api.us-east-1.amazonaws.com',
  ],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-us-east-1-1'],
  [
    'Sub',
    { 'Fn::Sub': `\${Kept} \${Http.Arn} \${!Kept}` },
    `streamit-Kept arn:aws:lambda:us-east-1:000000000000:function:streamit-Http \${Kept}`,
  ],
  ['Sub with variables', { 'Fn::Sub': [`\${a}/\${AWS::Partition}`, { a: { Ref: 'Kept' } }] }, 'streamit-Kept/aws'],
  ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
  ['AWS::NoValue', { kept: 1, dropped: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  ['depth', { a: [{ b: { Ref: 'Kept' } }] }, { a: [{ b: 'streamit-Kept' }] }],
])('%s is resolved', (_, value, expected) => {
  expect(resolve(value)).toEqual(expected)
})

test.each<[unknown, RegExp]>([
  [{ 'Fn::ImportValue': 'x' }, /does not know Fn::ImportValue/],
  [{ Ref: 'Nothing' }, /no such resource/],
  [{ 'Fn::GetAtt': ['Kept', 'Size'] }, /does not know the attribute Size of Kept/],
  ['{{resolve:ssm:/a}}', /cannot resolve/],
])('%o, which it does not know, is a clear error', (value, message) => {
  expect(() => resolve(value)).toThrow(message)
})

test('a template that cannot be played is refused with the name of what is wrong', async () => {
  const wrong = startTiny({
    edit: { 'SocketdefaultIntegration.Properties.IntegrationType': 'MOCK' },
  })
  await expect(wrong).rejects.toThrow(/cannot play SocketdefaultIntegration/)
  const twice = startTiny({
    edit: { Second: tinyTemplate().Resources.SocketApi },
  })
  await expect(twice).rejects.toThrow(/exactly one WebSocket API/)
  const lost = startTiny({ edit: { Http: undefined } })
  await expect(lost).rejects.toThrow(/no such resource/)
})

test('a variable added to the template is in the environment', async () => {
  const { environment } = await startTiny({
    edit: { 'Http.Properties.Environment.Variables': { FLEETING: { Ref: 'Fleeting' } } },
  })
  expect(environment('Http').FLEETING).toBe('streamit-Fleeting')
})
