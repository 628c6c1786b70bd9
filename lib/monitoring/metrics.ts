import { Duration } from 'aws-cdk-lib'
import type { IApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { type CountName, METRICS_NAMESPACE, STAGE_DIMENSION, type TimeName } from '../../functions/metrics/names.ts'
import { coreTable } from '../../functions/table/schema.ts'
import type { Watched } from './watched.ts'

export const PERIOD = Duration.minutes(5)

/** The metrics that our functions emit on this stage. */
export const ourMetrics = (stage: string) => {
  const named = (metricName: CountName | TimeName, statistic: string, label?: string) =>
    new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { [STAGE_DIMENSION]: stage },
      statistic,
      period: PERIOD,
      ...(label !== undefined && { label }),
    })
  return {
    count: (name: CountName) => named(name, Stats.SUM),
    time: (name: TimeName, statistic: string) => named(name, statistic, `${name} ${statistic}`),
  }
}

/** Of all functions in the account and region: they share its executions, so others may take ours. */
export const accountMetric = (
  metricName: 'ConcurrentExecutions' | 'Throttles' | 'UnreservedConcurrentExecutions',
  statistic: string,
  period = PERIOD,
): Metric => new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period })

/** Runs of the authorizer that ended by themselves. It throws where a token does not hold, which is no failure. */
export const brokenHandshakes = ({ stage, functions: { authorizer } }: Pick<Watched, 'functions' | 'stage'>): IMetric =>
  new MathExpression({
    expression: 'FILL(errors, 0) - FILL(unauthorized, 0)',
    usingMetrics: {
      errors: authorizer.metricErrors({ period: PERIOD }),
      unauthorized: ourMetrics(stage).count('HandshakesUnauthorized'),
    },
    label: 'authorizer',
    period: PERIOD,
  })

/** Writes that the core table's indexes refused. What DynamoDB says of the table does not hold that. */
export const indexWriteThrottles = (core: ITableV2): IMetric[] =>
  Object.values(coreTable.indexes).map(({ name }) =>
    core.metric('WriteThrottleEvents', {
      dimensionsMap: { TableName: core.tableName, GlobalSecondaryIndexName: name },
      statistic: Stats.SUM,
      period: PERIOD,
      label: name,
    }),
  )

type ApiMetric = '4xx' | '5xx' | 'ClientError' | 'ConnectCount' | 'Count' | 'ExecutionError' | 'MessageCount'

/** API Gateway's own, of one API. */
export const apiMetric = (api: IApi, metricName: ApiMetric, label: string): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: api.apiId },
    statistic: Stats.SUM,
    period: PERIOD,
    label,
  })
