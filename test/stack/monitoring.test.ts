import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countNames, METRICS_NAMESPACE, STAGE_DIMENSION, timeNames } from '../../functions/metrics/names.ts'
import { coreTable } from '../../functions/table/schema.ts'
import { root } from '../repository.ts'
import { raw, readStack } from './stack-reading.ts'
import { stackWith } from './stack-with.ts'

type Read = ReturnType<typeof readStack>
type Named = { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: unknown }[] }
type AlarmProperties = Partial<Named> & {
  AlarmName: string
  AlarmDescription: string
  TreatMissingData: string
  AlarmActions?: unknown[]
  OKActions?: unknown[]
  Metrics?: { Expression?: string; MetricStat?: { Metric: Named } }[]
}

const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const alarmsOf = (stack: Read): AlarmProperties[] =>
  stack
    .all('AWS::CloudWatch::Alarm')
    .map(([, resource]) => stack.resolve(resource.Properties) as unknown as AlarmProperties)
const named = (stack: Read, name: string): AlarmProperties => {
  const found = alarmsOf(stack).find(({ AlarmName }) => AlarmName === `streamit-prod-${name}`)
  if (found === undefined) throw new Error(`There is no alarm ${name}.`)
  return found
}
const expressionOf = ({ Metrics = [] }: AlarmProperties): string | undefined =>
  Metrics.find(({ Expression }) => Expression !== undefined)?.Expression
const metricsOf = ({ Namespace, MetricName, Dimensions, Metrics = [] }: AlarmProperties): Named[] => [
  ...(Namespace === undefined || MetricName === undefined
    ? []
    : [{ Namespace, MetricName, ...(Dimensions && { Dimensions }) }]),
  ...Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric])),
]

/** A metric in a dashboard: namespace, name, dimensions and their values, one after the other, then how to draw it. */
type Drawn = [namespace: string, name: string, ...rest: unknown[]]
type Widget = { type: string; properties: { title?: string; markdown?: string; metrics?: Drawn[] } }
const widgetsOf = (stack: Read): Widget[] => {
  const [[, dashboard] = []] = stack.all('AWS::CloudWatch::Dashboard')
  return (JSON.parse(String(stack.resolve(raw(dashboard).DashboardBody))) as { widgets: Widget[] }).widgets
}
const drawnIn = (stack: Read): Drawn[] => widgetsOf(stack).flatMap(({ properties }) => properties.metrics ?? [])

const stack = readStack()
const told = stackWith({ alarmEmail: 'operator@example.com' })
const alarms = alarmsOf(stack)
const emitted: readonly string[] = [...countNames, ...timeNames]

describe('every alarm', () => {
  const each = alarms.map((one) => [one.AlarmName, one] as const)

  it('is one of at most ten, named after the stack', () => {
    expect(alarms.length).toBeGreaterThanOrEqual(8)
    expect(alarms.length).toBeLessThanOrEqual(10)
    for (const { AlarmName } of alarms) expect(AlarmName).toMatch(/^streamit-prod-[a-z]+$/)
  })

  it.each(each)('%s says in a sentence who is hurt, and where it stands what to do', (_name, { AlarmDescription }) => {
    const parts = /^([A-Z].{20,}\.) What to do: docs\/operations\.md#(alarm-[a-z]+)$/.exec(AlarmDescription)
    expect(parts).not.toBeNull()
    const [, , anchor = ''] = parts ?? []
    const [section = ''] = operations.split(`### ${anchor.replace('-', ' ').replace('a', 'A')}\n`).slice(1)
    const [text = ''] = section.split(/^#{2,3} /m)
    for (const part of ['What it means:', 'Who is hurt:', 'What to do:'])
      expect(text, `${anchor} ${part}`).toContain(part)
  })

  it('links to what to do, where the documents can be read at an address', () => {
    const documentsUrl = 'https://github.com/owner/name/blob/HEAD'
    const link = / What to do: https:\/\/github\.com\/owner\/name\/blob\/HEAD\/docs\/operations\.md#alarm-[a-z]+$/
    for (const { AlarmDescription } of alarmsOf(stackWith({ documentsUrl }))) expect(AlarmDescription).toMatch(link)
  })

  it.each(each)('%s is told where somebody is named, when it begins and when it ends', (name) => {
    const one = alarmsOf(told).find(({ AlarmName }) => AlarmName === name)
    expect(one?.AlarmActions).toHaveLength(1)
    expect(one?.OKActions).toHaveLength(1)
    const silent = alarms.find(({ AlarmName }) => AlarmName === name)
    expect([silent?.AlarmActions, silent?.OKActions]).toEqual([undefined, undefined])
  })

  it('takes no data for nobody there, but for the sweep, which always runs', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching')
    expect(breaching.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      ['streamit-prod-sweep', 'breaching'],
    ])
  })

  it('and no section of an alarm is without one', () => {
    const sections = [...operations.matchAll(/^### Alarm (\w+)$/gm)].map(([, name]) => `streamit-prod-${name}`)
    expect(sections.sort()).toEqual(alarms.map(({ AlarmName }) => AlarmName).sort())
  })
})

describe('what alarms and dashboard look at', () => {
  const watched: Named[] = [
    ...alarms.flatMap(metricsOf),
    ...drawnIn(stack).map(([Namespace, MetricName, ...rest]) => ({
      Namespace,
      MetricName,
      Dimensions: [{ Name: String(rest[0]), Value: rest[1] }],
    })),
  ]
  const ours = watched.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE)

  it('is, of our own, only what functions emit, of this stage', () => {
    expect(ours.length).toBeGreaterThan(emitted.length)
    expect(ours.filter(({ MetricName }) => !emitted.includes(MetricName))).toEqual([])
    for (const { Dimensions } of ours) expect(Dimensions).toEqual([{ Name: STAGE_DIMENSION, Value: 'prod' }])
  })

  it('is everything that functions emit: what nobody looks at would cost for nothing', () => {
    expect(emitted.filter((name) => !ours.some(({ MetricName }) => MetricName === name))).toEqual([])
  })

  it('is a dashboard of one region: its name is not the one of the same stage in another', () => {
    const [[, dashboard] = []] = stack.all('AWS::CloudWatch::Dashboard')
    expect(JSON.stringify(raw(dashboard).DashboardName)).toContain('AWS::Region')
  })

  it('is one dashboard, of at most fifty metrics, which is what CloudWatch gives away', () => {
    expect(stack.all('AWS::CloudWatch::Dashboard')).toHaveLength(1)
    const isName = (part: unknown) => typeof part === 'string'
    // An expression has no names: what it is made of has.
    const drawn = drawnIn(stack).map((row) => row.filter(isName))
    const different = new Set(drawn.filter(({ length }) => length > 0).map((names) => JSON.stringify(names)))
    expect(different.size).toBeLessThanOrEqual(50)
    const headings = widgetsOf(stack).flatMap(({ properties: { markdown } }) => (markdown ? [markdown] : []))
    expect(headings[0]).toMatch(/tell nobody/)
    expect(headings[1]).toBe('## What viewers feel')
    expect(
      widgetsOf(told)
        .flatMap(({ properties: { markdown } }) => markdown ?? [])
        .join(),
    ).not.toMatch(/tell nobody/)
  })
})

describe('the alarm of handshakes', () => {
  it('looks at the errors of the authorizer, less the refusals that it throws', () => {
    const one = named(stack, 'handshakes')
    expect(expressionOf(one)).toBe('FILL(errors, 0) - FILL(unauthorized, 0)')
    const [errors, unauthorized] = metricsOf(one)
    expect(errors).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' })
    expect(JSON.stringify(errors?.Dimensions)).toMatch(/FunctionName.*Authorizer/)
    expect(unauthorized).toMatchObject({ Namespace: METRICS_NAMESPACE, MetricName: 'HandshakesUnauthorized' })
  })
})

describe('the alarm of concurrency', () => {
  /** What it shows, where so many executions are in use of a quota of 1,000. */
  const shownBy = (one: AlarmProperties, used: number, shared: number): number => {
    const formula = (expressionOf(one) ?? '').replace('SERVICE_QUOTA(used)', '1000')
    expect(formula).toMatch(/^[\d\s*/()\-a-z]+$/)
    return new Function('used', 'shared', `return ${formula}`)(used, shared)
  }

  it('rings before the account has no execution left', () => {
    expect(shownBy(named(stack, 'concurrency'), 700, 700)).toBe(70)
    expect(metricsOf(named(stack, 'concurrency'))).toEqual([
      { Namespace: 'AWS/Lambda', MetricName: 'ConcurrentExecutions' },
    ])
  })

  it('rings, where executions are reserved, before those that are left are used up', () => {
    const reserving = named(stackWith({ reservedConcurrency: '300' }), 'concurrency')
    // The others have 700, of which all are in use, and message is idle.
    expect(shownBy(reserving, 700, 700)).toBe(100)
    // The rooms use all that is kept for them, which hurts nobody else.
    expect(shownBy(reserving, 500, 200)).toBeLessThan(70)
    expect(metricsOf(reserving).map(({ MetricName }) => MetricName)).toEqual([
      'UnreservedConcurrentExecutions',
      'ConcurrentExecutions',
    ])
  })
})

describe('the alarm of tables', () => {
  it('looks at both tables, and at the writes of every index: what is said of a table leaves its indexes out', () => {
    const seen = metricsOf(named(stack, 'tables')).map(({ MetricName, Dimensions = [] }) => {
      const index = Dimensions.find(({ Name }) => Name === 'GlobalSecondaryIndexName')
      return `${MetricName} ${index?.Value ?? 'table'}`
    })
    const ofTable = ['ReadThrottleEvents table', 'WriteThrottleEvents table']
    const ofIndexes = Object.values(coreTable.indexes).map(({ name }) => `WriteThrottleEvents ${name}`)
    expect(seen).toEqual([...ofTable, ...ofTable, ...ofIndexes])
  })
})

describe('where alarms are told', () => {
  it('is one e-mail address, over encrypted ways, and only alarms of this account may speak', () => {
    expect(stack.all('AWS::SNS::Topic')).toEqual([])
    expect(told.all('AWS::SNS::Subscription').map(([, one]) => told.properties(one, 'Protocol', 'Endpoint'))).toEqual([
      { Protocol: 'email', Endpoint: 'operator@example.com' },
    ])
    const [[, policy] = []] = told.all('AWS::SNS::TopicPolicy')
    const { Statement } = told.resolve(raw(policy).PolicyDocument) as unknown as { Statement: object[] }
    expect(Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': expect.any(String) } },
      }),
    ])
  })
})

describe('what watching costs, by the table of docs/operations.md', () => {
  const rows = [...operations.matchAll(/^\| (metrics of ours|metrics in alarms|dashboards) \| (.+) \|$/gm)].map(
    ([, what = '', cells = '']) => [what, cells.split(' | ').map(Number.parseFloat)] as const,
  )
  const table = new Map(rows)
  const month = (column: 0 | 1) =>
    rows.reduce((sum, [, [idle = 0, busy = 0, free = 0, price = 0]]) => {
      const paid = Math.max(0, [idle, busy][column] as number) - free
      return sum + Math.max(0, paid) * price
    }, 0)

  it('counts what there is', () => {
    const inAlarms = alarms.flatMap(metricsOf).length
    expect(table.get('metrics of ours')?.slice(0, 2)).toEqual([0, emitted.length])
    expect(table.get('metrics in alarms')?.slice(0, 2)).toEqual([inAlarms, inAlarms])
    expect(table.get('dashboards')?.slice(0, 2)).toEqual([1, 1])
    expect(emitted.length).toBeLessThanOrEqual(25)
  })

  it('is at most one dollar a month while nobody is there, and what the document says', () => {
    expect(month(0)).toBeLessThanOrEqual(1)
    expect(operations).toContain(`${month(0).toFixed(2)} USD in a month in which nobody comes`)
    expect(operations).toContain(`${month(1).toFixed(2)} USD in a month in which somebody is always there`)
  })

  it('is with the secrets what the document says of an idle month', () => {
    const { length } = stack.all('AWS::SecretsManager::Secret')
    const [, secrets = ''] = /^\| the (?:\w+) secrets \| ([\d.]+) USD \|$/m.exec(operations) ?? []
    // 0.40 USD a month for each: https://aws.amazon.com/secrets-manager/pricing/
    expect(Number(secrets)).toBeCloseTo(length * 0.4)
    expect(operations).toContain(`an idle month costs ${(month(0) + Number(secrets)).toFixed(2)} USD`)
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(
      'costs less than 2 USD a month while nobody watches',
    )
    expect(month(0) + Number(secrets)).toBeLessThan(2)
  })
})
