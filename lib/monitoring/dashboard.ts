import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { regionalName } from '../regional-name.ts'
import { accountMetric, apiMetric, brokenHandshakes, ourMetrics, PERIOD } from './metrics.ts'
import type { Watched } from './watched.ts'

/** A dashboard is 24 wide. */
const WIDTH = 24

const graph = (title: string, width: number, left: IMetric[], right: IMetric[] = []): IWidget =>
  new GraphWidget({ title, width, height: 6, left, right, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } })
const heading = (markdown: string): IWidget[] => [new TextWidget({ markdown, width: WIDTH, height: 1 })]

const viewers = ({ stage }: Watched): IWidget[][] => {
  const { count, time } = ourMetrics(stage)
  return [
    heading('## What viewers feel'),
    [
      graph('Commands: from the gateway to the first and the last viewer, ms', 12, [
        time('CommandFirstPost', 'p50'),
        time('CommandLastPost', 'p50'),
        time('CommandLastPost', 'p99'),
      ]),
      graph('Messages and greetings, ms', 12, [
        time('MessageLastPost', 'p99'),
        time('GreetingTime', 'p50'),
        time('GreetingTime', 'p99'),
      ]),
    ],
    [
      graph('Faults and greetings that failed', 8, [count('Faults'), count('GreetingsFailed')]),
      graph(
        'Refusals',
        8,
        (['RefusalsMalformed', 'RefusalsNotAllowed', 'RefusalsNotThere', 'RefusalsTooFast'] as const).map(count),
      ),
      graph(
        'What did not arrive at once',
        8,
        (['PostsDropped', 'RepairsAsked', 'SocketsBehind', 'SocketsLost', 'SyncRequests', 'ToldLate'] as const).map(
          count,
        ),
      ),
    ],
  ]
}

const functions = (watched: Watched): IWidget[][] => {
  const { functions: all } = watched
  const { authorizer: _refusesByFailing, ...others } = all
  // How long welcome takes is GreetingTime, above.
  const { message, api, connect } = all
  const named = Object.entries(others)
  const durations = { message, api, connect }
  return [
    heading('## Functions'),
    [
      graph('Errors: runs that ended by themselves', 8, [
        ...named.map(([label, fn]) => fn.metricErrors({ label, period: PERIOD })),
        brokenHandshakes(watched),
      ]),
      graph(
        'Duration p99, ms',
        8,
        Object.entries(durations).map(([label, fn]) => fn.metricDuration({ label, statistic: 'p99', period: PERIOD })),
      ),
      graph(
        'Executions at once, and throttles, of the whole account',
        8,
        [accountMetric('ConcurrentExecutions', Stats.MAXIMUM)],
        [accountMetric('Throttles', Stats.SUM)],
      ),
    ],
  ]
}

const tables = ({ core, connections }: Watched): IWidget[][] => {
  const both = (metricName: string) =>
    Object.entries({ core, connections }).map(([label, table]) =>
      table.metric(metricName, { statistic: Stats.SUM, period: PERIOD, label: `${label} ${metricName}` }),
    )
  const latency = (label: string, table: Watched['core'], Operation: string) =>
    table.metric('SuccessfulRequestLatency', {
      dimensionsMap: { TableName: table.tableName, Operation },
      statistic: Stats.AVERAGE,
      period: PERIOD,
      label: `${label} ${Operation}`,
    })
  return [
    heading('## Tables'),
    [
      graph('Throttled reads and writes', 8, [...both('ReadThrottleEvents'), ...both('WriteThrottleEvents')]),
      graph('Units consumed', 8, both('ConsumedReadCapacityUnits'), both('ConsumedWriteCapacityUnits')),
      graph('Latency, ms', 8, [latency('core', core, 'UpdateItem'), latency('connections', connections, 'Query')]),
    ],
  ]
}

const apisAndCost = ({ stage, httpApi, realtimeApi, core, connections }: Watched): IWidget[][] => {
  const writes = Object.entries({ core, connections }).map(([label, table]) =>
    table.metric('ConsumedWriteCapacityUnits', {
      statistic: Stats.SUM,
      period: PERIOD,
      label: `${label}: write units`,
    }),
  )
  return [
    heading('## APIs, and what costs'),
    [
      graph('HTTP: refused and failed', 8, [apiMetric(httpApi, '4xx', '4xx'), apiMetric(httpApi, '5xx', '5xx')]),
      graph(
        'Sockets: opened, and frames that failed',
        8,
        [apiMetric(realtimeApi, 'ConnectCount', 'opened')],
        [
          apiMetric(realtimeApi, 'ClientError', 'refused by the gateway'),
          apiMetric(realtimeApi, 'ExecutionError', 'without an answer'),
        ],
      ),
      graph('Cost: calls, frames, posts and writes', 8, [
        apiMetric(httpApi, 'Count', 'HTTP calls'),
        apiMetric(realtimeApi, 'MessageCount', 'frames, in and out'),
        ourMetrics(stage).count('Posts'),
        ...writes,
      ]),
    ],
  ]
}

const TOLD_NOBODY = 'These alarms tell nobody: set `alarmEmail` (docs/operations.md).'

/** The one dashboard of the stage: first what viewers feel, then what it is made of. */
export const createDashboard = (scope: Construct, watched: Watched, alarms: Alarm[], isTold: boolean): Dashboard =>
  new Dashboard(scope, 'Dashboard', {
    dashboardName: regionalName(scope),
    widgets: [
      ...(isTold ? [] : [heading(TOLD_NOBODY)]),
      [new AlarmStatusWidget({ title: 'Alarms', width: WIDTH, height: 3, alarms })],
      ...viewers(watched),
      ...functions(watched),
      ...tables(watched),
      ...apisAndCost(watched),
    ],
  })
