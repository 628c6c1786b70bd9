import { describe, expect, it } from 'vitest'
import type { FunctionName } from '../../functions/middleware/configuration.ts'
import { functionNames, raw, readStack } from './stack-reading.ts'
import { stackWith } from './stack-with.ts'

const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/4f1c-22'
const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/streamit/4f1c-22'

type Read = ReturnType<typeof readStack>
const distributionOf = (stack: Read) =>
  raw(stack.resource('Edge', 'AWS::CloudFront::Distribution')).DistributionConfig as Record<string, unknown>
const environmentOf = (stack: Read, name: FunctionName) =>
  (stack.resolve(raw(stack.fn(name)).Environment) as { Variables: Record<string, string> }).Variables

const bare = readStack()
const given = stackWith({
  domain: 'watch.example',
  certificateArn,
  webAclArn,
  coreTable: 'streamit-restored',
  reservedConcurrency: '300',
  monthlyBudget: '20',
  alarmEmail: 'operator@example.com',
  helpContact: 'help@example.com',
})
const outputs = (stack: Read, name: string) => {
  const all = (stack.template as unknown as { Outputs: Record<string, { Value: unknown }> }).Outputs
  return stack.resolve(all[name]?.Value)
}

describe('a domain of its own', () => {
  it('is an alias of the distribution with its certificate, and TLS 1.2 of 2021 at least', () => {
    expect(distributionOf(given)).toMatchObject({
      Aliases: ['watch.example'],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    })
    expect(distributionOf(bare)).not.toHaveProperty('Aliases')
    expect(distributionOf(bare)).not.toHaveProperty('ViewerCertificate')
  })

  it('is the address that the outputs and the page name; where its record leads is an output of its own', () => {
    expect([outputs(given, 'Url'), outputs(given, 'RoomUrl')]).toEqual([
      'https://watch.example/',
      'wss://watch.example/ws/room/',
    ])
    expect(outputs(given, 'DistributionDomainName')).toMatch(/\.cloudfront\.net$/)
    const [, pages] = given.all('Custom::CDKBucketDeployment').find(([id]) => id.startsWith('DeployPages')) ?? []
    // Nothing is left that only the deployment could fill in.
    expect(pages).toBeDefined()
    expect(raw(pages)).not.toHaveProperty('SourceMarkers')
  })
})

describe('whom people may ask', () => {
  it('is told to the functions that say it, where the setting names somebody', () => {
    for (const name of ['api', 'admin'] as const) {
      expect(environmentOf(given, name).HELP_CONTACT).toBe('help@example.com')
      expect(environmentOf(bare, name)).not.toHaveProperty('HELP_CONTACT')
    }
  })
})

describe('a web ACL', () => {
  it('stands before the distribution where the setting names one', () => {
    expect(distributionOf(given).WebACLId).toBe(webAclArn)
    expect(distributionOf(bare)).not.toHaveProperty('WebACLId')
  })
})

describe('a core table that was restored', () => {
  it('takes the place of the own one, which leaves the stack and is kept', () => {
    expect(given.all('AWS::DynamoDB::GlobalTable').map(([id]) => id.slice(0, -8))).toEqual(['Connections'])
    expect(bare.resource('Core', 'AWS::DynamoDB::GlobalTable').DeletionPolicy).toBe('Retain')
    expect(outputs(given, 'CoreTableName')).toBe('streamit-restored')
  })

  it('is the one that every function is told', () => {
    const tables = functionNames.map((name) => environmentOf(given, name).CORE_TABLE)
    expect(new Set(tables)).toEqual(new Set(['streamit-restored']))
  })

  it.each(functionNames)('is granted to %s as the own one was, its index included', (name) => {
    const ownArn = /^arn:aws:dynamodb:[^:]+:[^:]+:table\/(?:\w+-)?Core\w*|^arn:[^/]+\/streamit-restored/
    const grants = (stack: Read) =>
      stack
        .statements(name)
        .map(({ actions, resources }) => ({ actions, resources: resources.map((one) => one.replace(ownArn, 'CORE')) }))
        .filter(({ resources }) => resources.some((one) => one.startsWith('CORE')))
    expect(grants(given).length).toBeGreaterThan(0)
    expect(grants(given)).toEqual(grants(bare))
  })
})

describe('reserved concurrency', () => {
  it('is kept for the function of frames, and for none where nothing is said', () => {
    const reserved = (stack: Read) => functionNames.map((name) => raw(stack.fn(name)).ReservedConcurrentExecutions)
    expect(raw(given.fn('message')).ReservedConcurrentExecutions).toBe(300)
    expect(reserved(given).filter((one) => one !== undefined)).toHaveLength(1)
    expect(reserved(bare).filter((one) => one !== undefined)).toEqual([])
  })
})

describe('a budget', () => {
  it('is of dollars a month, and tells the address of the alarms at 80 and 100 per cent and where 100 are to be expected', () => {
    const [[, budget] = []] = given.all('AWS::Budgets::Budget')
    expect(raw(budget).Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 20, Unit: 'USD' },
    })
    const told = raw(budget).NotificationsWithSubscribers as {
      Notification: Record<string, unknown>
      Subscribers: object[]
    }[]
    expect(told.map(({ Notification }) => [Notification.NotificationType, Notification.Threshold])).toEqual([
      ['ACTUAL', 80],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ])
    for (const { Subscribers } of told)
      expect(Subscribers).toEqual([{ SubscriptionType: 'EMAIL', Address: 'operator@example.com' }])
    expect(bare.all('AWS::Budgets::Budget')).toEqual([])
  })
})
