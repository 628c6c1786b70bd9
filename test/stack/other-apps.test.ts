import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../repository.ts'
import { raw, readStack } from './stack-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'streamit-apps-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Manifest = {
  artifacts: Record<string, { type: string; environment: string; properties: { templateFile: string } }>
}

/** What `cdk deploy --app "npx node bin/<app>.ts"` would deploy; synthesis fails where cdk-nag finds something. */
const synthesised = (app: string) => {
  const outdir = join(folder, app)
  const env = { ...process.env, CDK_OUTDIR: outdir }
  execFileSync(process.execPath, [join('bin', `${app}.ts`)], { cwd: root, env, stdio: 'pipe' })
  const manifest: Manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'))
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack')
  const [[name, artifact] = []] = stacks
  if (name === undefined || artifact === undefined || stacks.length > 1) throw new Error(`${stacks.length} stacks.`)
  const template = JSON.parse(readFileSync(join(outdir, artifact.properties.templateFile), 'utf8'))
  return { name, environment: artifact.environment, ...readStack(template), outputs: Object.keys(template.Outputs) }
}

const documents = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const command = (app: string) => `npx cdk deploy --app "npx node bin/${app}.ts"`

describe('bin/account.ts', () => {
  const stack = synthesised('account')

  it('makes the role that writes logs and the setting that names it; both stay when the stack goes', () => {
    expect(stack.name).toBe('streamit-gateway-logs')
    const [[, account] = []] = stack.all('AWS::ApiGateway::Account')
    const [[role, { DeletionPolicy } = {}] = []] = stack.all('AWS::IAM::Role')
    expect(raw(account).CloudWatchRoleArn).toEqual({ 'Fn::GetAtt': [role, 'Arn'] })
    expect([account?.DeletionPolicy, DeletionPolicy]).toEqual(['Retain', 'Retain'])
    expect(stack.outputs).toEqual(['LogRoleArn'])
  })

  it('is one line in the documents', () => {
    expect(documents).toContain(command('account'))
  })
})

describe('bin/web-acl.ts', () => {
  const stack = synthesised('web-acl')
  const [[, acl] = []] = stack.all('AWS::WAFv2::WebACL')
  const rules = raw(acl).Rules as {
    Name: string
    Action?: object
    Statement: Record<string, Record<string, unknown>>
  }[]
  const rule = (name: string) => rules.find(({ Name }) => Name === name)

  it('is for distributions, in us-east-1, and needs no bootstrap there', () => {
    expect(raw(acl).Scope).toBe('CLOUDFRONT')
    expect(stack.environment).toBe('aws://unknown-account/us-east-1')
    expect(stack.template).not.toHaveProperty('Rules')
    expect(stack.outputs).toEqual(['WebAclArn'])
  })

  it('lets through what no rule is against, and takes the rules of AWS but for those that judge what people write', () => {
    expect(raw(acl).DefaultAction).toEqual({ Allow: {} })
    const managed = rules.flatMap(({ Statement }) => Statement.ManagedRuleGroupStatement ?? [])
    expect(managed.map(({ Name, RuleActionOverrides }) => [Name, RuleActionOverrides])).toEqual([
      ['AWSManagedRulesAmazonIpReputationList', []],
      ['AWSManagedRulesKnownBadInputsRuleSet', []],
      [
        'AWSManagedRulesCommonRuleSet',
        ['NoUserAgent_HEADER', 'GenericRFI_BODY', 'GenericLFI_BODY', 'CrossSiteScripting_BODY'].map((Name) => ({
          Name,
          ActionToUse: { Count: {} },
        })),
      ],
    ])
  })

  it('limits each address, so high that a school behind one router is none the worse, and answers 429', () => {
    const limit = (name: string) => rule(name)?.Statement.RateBasedStatement
    expect(limit('Requests')).toEqual({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 20_000 })
    expect(limit('SignIns')).toMatchObject({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 300 })
    const paths = JSON.stringify(limit('SignIns')?.ScopeDownStatement).match(/"\/api\/[^"]+"/g)
    expect(paths).toEqual(['"/api/auth/login"', '"/api/auth/register"', '"/api/auth/password"'])
    for (const name of ['Requests', 'SignIns'])
      expect(rule(name)?.Action).toMatchObject({ Block: { CustomResponse: { ResponseCode: 429 } } })
  })

  it('is one line in the documents', () => {
    expect(documents).toContain(command('web-acl'))
  })
})
