import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '../../lib/settings.ts'

const read = (context: Record<string, unknown>) => readSettings(context)
const messageOf = (context: Record<string, unknown>): string => {
  try {
    read(context)
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
  throw new Error(`${JSON.stringify(context)} was accepted.`)
}

describe('settings', () => {
  it('are those of production when nothing is said', () => {
    expect(read({})).toEqual({
      stage: 'prod',
      allowedOrigins: [],
      apiGatewayLogRole: 'existing',
      logRetentionDays: 90,
      addressDays: 7,
      protectData: true,
      guestsMayHost: true,
      tokenHours: 12,
      emptyRoomGraceSeconds: 30,
      roomIdleDays: 30,
      messageDays: 30,
      banShadowHours: 24,
      auditDays: 90,
      chatBurst: 10,
      chatRefillMilliseconds: 600,
      startLeadMilliseconds: 400,
      throttleRate: 1000,
      throttleBurst: 2000,
    })
  })

  it('differ on the stage dev, where data is not protected and logs are short', () => {
    expect(read({ stage: 'dev' })).toMatchObject({ stage: 'dev', protectData: false, logRetentionDays: 7 })
  })

  it('of a stage that nobody has named are the defaults', () => {
    expect(read({ stage: 'review42' })).toMatchObject({ stage: 'review42', protectData: true, logRetentionDays: 30 })
  })

  it.each(['constructor', 'valueof', 'tostring'])('are the defaults on a stage called %s, too', (stage) => {
    expect(read({ stage })).toEqual({ ...read({ stage: 'anything' }), stage })
  })

  it('arrive as text from the command line and win over the stage', () => {
    const given = {
      stage: 'dev',
      protectData: 'true',
      guestsMayHost: 'false',
      logRetentionDays: '14',
      tokenHours: '1.5',
      allowedOrigins: 'https://a.example, http://localhost:5173,',
    }
    expect(read(given)).toMatchObject({
      protectData: true,
      guestsMayHost: false,
      logRetentionDays: 14,
      tokenHours: 1.5,
      allowedOrigins: ['https://a.example', 'http://localhost:5173'],
    })
  })

  it('may be values, as cdk.json holds them', () => {
    expect(read({ protectData: false, throttleRate: 5, allowedOrigins: ['https://a.example'] })).toMatchObject({
      protectData: false,
      throttleRate: 5,
      allowedOrigins: ['https://a.example'],
    })
  })
})

const wrong: [name: string, value: unknown][] = [
  ['stage', 'Prod'],
  ['stage', 'x'],
  ['stage', 'a-b'],
  ['stage', 'seventeenletters1'],
  ['stage', 7],
  ['allowedOrigins', 'watch.example'],
  ['allowedOrigins', 'https://watch.example/path'],
  ['allowedOrigins', 7],
  ['apiGatewayLogRole', 'maybe'],
  ['logRetentionDays', 'ninety'],
  ['logRetentionDays', '8'],
  ['addressDays', '8'],
  ['protectData', 'yes'],
  ['guestsMayHost', '1'],
  ['tokenHours', '0'],
  ['tokenHours', '73'],
  ['tokenHours', ''],
  ['roomIdleDays', '1.5'],
  ['messageDays', '366'],
  ['chatBurst', '0'],
  ['chatRefillMilliseconds', '49'],
  ['startLeadMilliseconds', '1001'],
  ['throttleRate', '-1'],
  ['throttleBurst', 'Infinity'],
  ['domain', 'https://watch.example'],
  ['domain', 'watch'],
  ['domain', 'Watch.example'],
  ['certificateArn', 'watch.example'],
  ['certificateArn', 'arn:aws:acm:us-east-1:111122223333:certificate'],
  ['certificateArn', 'arn:aws:iam:us-east-1:111122223333:certificate/4f1c'],
  ['certificateArn', 'arn:aws:acm:eu-central-1:111122223333:certificate/4f1c'],
  ['webAclArn', 'streamit'],
  ['webAclArn', 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/streamit/4f1c'],
  ['webAclArn', 'arn:aws:wafv2:eu-west-1:111122223333:global/webacl/streamit/4f1c'],
  ['coreTable', 'my table'],
  ['coreTable', ''],
  ['alarmEmail', 'operator'],
  ['alarmEmail', 'a@b.example, c@d.example'],
  ['documentsUrl', 'github.com/owner/name'],
  ['documentsUrl', 'https://github.com/owner/name/blob/HEAD/'],
  ['monthlyBudget', '0'],
  ['monthlyBudget', '10 USD'],
  ['reservedConcurrency', '0'],
  ['reservedConcurrency', 'all'],
]

describe('a wrong setting', () => {
  it.each(wrong)('%s=%j is refused with one sentence that names it', (name, value) => {
    const message = messageOf({ [name]: value })
    expect(message).toMatch(/^A setting has a wrong value: .+[^.]\.$/)
    expect(message.split(`"${name}" `)).toHaveLength(2)
    // What is right, in our words, and nothing of the parser's.
    expect(message).toMatch(/" must be /)
    expect(message).not.toMatch(/\n|undefined|Zod|\[object|expected|Invalid/)
  })

  it('does not hide another: both are named', () => {
    const message = messageOf({ tokenHours: '0', chatBurst: 'many' })
    expect(message).toContain('"tokenHours"')
    expect(message).toContain('"chatBurst" must be a whole number from 1 to 100')
  })

  it('counts once where several of its parts are wrong', () => {
    expect(messageOf({ allowedOrigins: 'a,b', chatBurst: '-0.5' })).toBe(
      'A setting has a wrong value: "allowedOrigins" must be origins such as https://watch.example; "chatBurst" must be a whole number from 1 to 100.',
    )
  })
})

describe('settings that belong together', () => {
  const domain = 'watch.example'
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/4f1c-22'

  it('are taken together, and one alone is refused', () => {
    expect(read({ domain, certificateArn })).toMatchObject({ domain, certificateArn })
    expect(messageOf({ domain })).toBe('A setting has a wrong value: "certificateArn" must be given beside "domain".')
    expect(messageOf({ certificateArn })).toBe(
      'A setting has a wrong value: "domain" must be given beside "certificateArn".',
    )
  })

  it('are a budget and whom it tells', () => {
    expect(messageOf({ monthlyBudget: '20' })).toBe(
      'A setting has a wrong value: "alarmEmail" must be given beside "monthlyBudget".',
    )
    expect(read({ monthlyBudget: '20', alarmEmail: 'operator@example.com' })).toMatchObject({ monthlyBudget: 20 })
  })

  it.each(['certificateArn', 'webAclArn'])(
    '%s of another region is told where it has to be, and where it is',
    (name) => {
      const arns: Record<string, string> = {
        certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/4f1c-22',
        webAclArn: 'arn:aws:wafv2:eu-central-1:111122223333:global/webacl/streamit/4f1c-22',
      }
      expect(messageOf({ [name]: arns[name] })).toBe(
        `A setting has a wrong value: "${name}" must be in us-east-1, from where CloudFront takes it, whichever region the stack is in; this one is in eu-central-1.`,
      )
    },
  )
})

describe('a name that is no setting', () => {
  it.each([
    ['chatBrust', 'chatBurst'],
    ['chat-burst', 'chatBurst'],
    ['throttlerate', 'throttleRate'],
    ['Stage', 'stage'],
    ['allowedOrigin', 'allowedOrigins'],
    ['messagesDays', 'messageDays'],
  ])('%s is refused, and %s is offered', (typed, meant) => {
    expect(messageOf({ [typed]: '1' })).toBe(`Unknown setting "${typed}": did you mean ${meant}?`)
  })

  it('and that is like none is refused, beside the others', () => {
    expect(messageOf({ region: 'x', chatBrust: '1' })).toBe(
      'Unknown setting "region": docs/operations.md lists them all. Unknown setting "chatBrust": did you mean chatBurst?',
    )
  })

  it("is none where it is CDK's own", () => {
    const own = { '@aws-cdk/core:x': true, 'aws:cdk:y': [], 'availability-zones:account=1': [], 'cli-telemetry': false }
    expect(read(own)).toEqual(read({}))
  })
})
