import { Duration } from 'aws-cdk-lib'
import { type IMetric, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { type AlarmProps, alarm, type Told } from './alarm.ts'
import { accountMetric, apiMetric, brokenHandshakes, indexWriteThrottles, ourMetrics, PERIOD } from './metrics.ts'
import type { Watched } from './watched.ts'

const { BREACHING, NOT_BREACHING } = TreatMissingData

/** Added up; one of which there are no data counts as nothing. */
const sum = (metrics: readonly IMetric[], label: string): IMetric => {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]))
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ')
  return new MathExpression({ expression, usingMetrics, label, period: PERIOD })
}

/** What our own functions say. */
const ofViewers = ({ stage }: Watched): AlarmProps[] => {
  const { count, time } = ourMetrics(stage)
  return [
    {
      name: 'faults',
      metric: count('Faults'),
      ...{ when: 'over', threshold: 0, periods: 1, missing: NOT_BREACHING },
      hurts: 'Somebody asked for something and read "Something went wrong".',
      readMore: '#alarm-faults',
    },
    {
      name: 'deliveries',
      metric: time('CommandLastPost', 'p99'),
      // The lead of a command is 0.4 s. One start of a function may take this long by itself, but not three times.
      ...{ when: 'over', threshold: 1_500, periods: 3, missing: NOT_BREACHING },
      hurts: 'Viewers start, stop and jump more than a second after the others.',
      readMore: '#alarm-deliveries',
    },
    {
      name: 'greetings',
      metric: new MathExpression({
        expression: 'IF(failed >= 5, 100 * failed / (failed + FILL(greeted, 0)), 0)',
        usingMetrics: { failed: count('GreetingsFailed'), greeted: time('GreetingTime', Stats.SAMPLE_COUNT) },
        label: 'Greetings that failed, percent',
        period: PERIOD,
      }),
      ...{ when: 'over', threshold: 10, periods: 3, datapointsToAlarm: 2, missing: NOT_BREACHING },
      hurts: 'People who open a room see it connect again and again instead of the film.',
      readMore: '#alarm-greetings',
    },
  ]
}

/**
 * How much is in use of what all functions share, in percent. What is reserved is not shared: the others are refused when
 * the rest is used up, however little the reserved part is used. The quota is known of `ConcurrentExecutions` alone.
 */
const executionsInUse = (reserved: number | undefined): IMetric => {
  const period = Duration.minutes(1)
  const used = accountMetric('ConcurrentExecutions', Stats.MAXIMUM, period)
  if (reserved === undefined)
    return new MathExpression({
      expression: '100 * used / SERVICE_QUOTA(used)',
      usingMetrics: { used },
      label: "Executions at once, percent of the account's quota",
      period,
    })
  return new MathExpression({
    expression: `100 * shared / (SERVICE_QUOTA(used) - ${reserved})`,
    usingMetrics: { shared: accountMetric('UnreservedConcurrentExecutions', Stats.MAXIMUM, period), used },
    label: 'Executions at once, percent of what is not reserved',
    period,
  })
}

/** What Lambda says of the functions. */
const ofFunctions = (watched: Watched): AlarmProps[] => {
  const { sweep, welcome, repair } = watched.functions
  const hour = { period: Duration.hours(1) }
  return [
    {
      name: 'throttles',
      metric: accountMetric('Throttles', Stats.SUM),
      ...{ when: 'over', threshold: 0, periods: 1, missing: NOT_BREACHING },
      hurts: 'Calls, frames and greetings are refused, because the executions of the account are used up.',
      readMore: '#alarm-throttles',
    },
    {
      name: 'concurrency',
      metric: executionsInUse(watched.reservedConcurrency),
      ...{ when: 'over', threshold: 70, periods: 5, datapointsToAlarm: 3, missing: NOT_BREACHING },
      hurts: 'Nobody yet, but soon everybody: at 100 percent calls and frames are refused.',
      readMore: '#alarm-concurrency',
    },
    {
      name: 'handshakes',
      metric: brokenHandshakes(watched),
      ...{ when: 'over', threshold: 2, periods: 1, missing: NOT_BREACHING },
      hurts: 'Nobody can open a room: the function that lets sockets in fails.',
      readMore: '#alarm-handshakes',
    },
    {
      name: 'background',
      metric: sum(
        [welcome, repair].map((fn) => fn.metricErrors({ period: PERIOD })),
        'Greetings and repairs that ended early',
      ),
      ...{ when: 'over', threshold: 2, periods: 1, missing: NOT_BREACHING },
      hurts: 'Newcomers are not greeted, or viewers miss what did not arrive at once.',
      readMore: '#alarm-background',
    },
    {
      name: 'sweep',
      metric: new MathExpression({
        expression: 'runs - FILL(failed, 0)',
        usingMetrics: { runs: sweep.metricInvocations(hour), failed: sweep.metricErrors(hour) },
        label: 'Sweeps that went well',
        ...hour,
      }),
      // It runs every hour. No data is no run.
      ...{ when: 'under', threshold: 1, periods: 3, missing: BREACHING },
      hurts: 'What people deleted stays in the table, with their names, and rooms that nobody comes to never end.',
      readMore: '#alarm-sweep',
    },
  ]
}

/** What the tables and the APIs say. */
const ofServices = ({ core, connections, httpApi, realtimeApi }: Watched): AlarmProps[] => [
  {
    name: 'tables',
    metric: sum(
      [
        ...[core, connections].flatMap((table) =>
          ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
            table.metric(name, { statistic: Stats.SUM, period: PERIOD }),
          ),
        ),
        // An index that takes no more writes holds up those of the table. A refused read of one hurts who asked alone.
        ...indexWriteThrottles(core),
      ],
      'Throttled reads and writes',
    ),
    ...{ when: 'over', threshold: 10, periods: 1, missing: NOT_BREACHING },
    hurts: 'Everybody in the rooms concerned waits longer, and then reads "Something went wrong".',
    readMore: '#alarm-tables',
  },
  {
    name: 'answers',
    metric: sum(
      [apiMetric(httpApi, '5xx', 'HTTP 5xx'), apiMetric(realtimeApi, 'ExecutionError', 'Frames without an answer')],
      'Answers that failed',
    ),
    ...{ when: 'over', threshold: 4, periods: 1, missing: NOT_BREACHING },
    hurts: 'People cannot sign in, join or send: the functions give no answer, or a wrong one.',
    readMore: '#alarm-answers',
  },
]

/** Every alarm of the stage: at most ten, each with the sentence who is hurt. Without a topic they tell nobody. */
export const createAlarms = (scope: Construct, watched: Watched, told: Told) =>
  [...ofViewers(watched), ...ofServices(watched), ...ofFunctions(watched)].map((props) => alarm(scope, told, props))
