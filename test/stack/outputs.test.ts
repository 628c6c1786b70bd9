import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { raw, readStack } from './stack-reading.ts'

type Output = { Value: unknown; Description?: string }

const stack = readStack()
const text = readFileSync(inject('stack').templateFile, 'utf8')
const outputs = (JSON.parse(text) as { Outputs: Record<string, Output> }).Outputs
const value = (name: string): string => String(stack.resolve(outputs[name]?.Value))

describe('the outputs', () => {
  it('are the addresses of the service and the table, each with a word of explanation', () => {
    expect(Object.keys(outputs).sort()).toEqual([
      'CoreTableName',
      'DistributionDomainName',
      'DistributionId',
      'HttpApiUrl',
      'RealtimeApiUrl',
      'RoomUrl',
      'SigningSecretArn',
      'Url',
    ])
    for (const [name, output] of Object.entries(outputs)) expect(output.Description, name).toBeTruthy()
  })

  it('lead to the edge, to both APIs and to the core table', () => {
    expect(value('Url')).toMatch(/^https:\/\/edge\w+\.cloudfront\.net\/$/)
    expect(value('RoomUrl')).toMatch(/^wss:\/\/edge\w+\.cloudfront\.net\/ws\/room\/$/)
    expect(value('HttpApiUrl')).toMatch(/^https:\/\/httpapi\w+\.execute-api\.[\w.-]+\/api\/$/)
    expect(value('RealtimeApiUrl')).toMatch(/^wss:\/\/realtimeapi\w+\.execute-api\.[\w.-]+\/prod$/)
    expect(value('CoreTableName')).toContain('Core')
  })
})

describe('secrets', () => {
  const secrets = stack.all('AWS::SecretsManager::Secret')

  it('are made by Secrets Manager at deployment: the template holds how, never what', () => {
    expect(secrets.map(([id]) => id.slice(0, -8)).sort()).toEqual(['EdgeSecret', 'SigningSecret'])
    for (const [, { Properties }] of secrets) {
      expect(Properties).toMatchObject({ GenerateSecretString: { PasswordLength: 64 } })
      expect(Properties).not.toHaveProperty('SecretString')
    }
  })

  it('reach functions as an address to read from, and no value stands in an environment', () => {
    // The edge alone has one filled in: test/stack/edge.test.ts.
    for (const [, resource] of Object.entries(stack.template.Resources))
      if (resource.Type !== 'AWS::CloudFront::Distribution')
        expect(JSON.stringify(resource)).not.toContain('{{resolve:')
    const variables = stack
      .all('AWS::Lambda::Function')
      .flatMap(([, fn]) => Object.entries((raw(fn).Environment as { Variables: object } | undefined)?.Variables ?? {}))
    const telling = variables.filter(([name]) => /SECRET|KEY|PASSWORD|TOKEN/.test(name)).map(([name]) => name)
    expect([...new Set(telling)].sort()).toEqual(['EDGE_SECRET_ARN', 'SIGNING_SECRET_ARN', 'TOKEN_HOURS'])
  })
})

describe('synthesis', () => {
  it('of a wrong setting ends with one sentence, status 1 and no stack trace', () => {
    const run = () =>
      execFileSync(process.execPath, ['bin/streamit.ts'], {
        env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ tokenHours: '0' }) },
        stdio: 'pipe',
        encoding: 'utf8',
      })
    expect(run).toThrow(
      expect.objectContaining({
        status: 1,
        stderr: expect.stringMatching(/^A setting has a wrong value: "tokenHours" .+\.\n$/),
      }),
    )
  })
})
