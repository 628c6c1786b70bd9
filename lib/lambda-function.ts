import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { EnvironmentOf, FunctionName } from '../functions/middleware/configuration.ts'
import { addressRetention } from './access-logs.ts'
import type { Settings } from './settings.ts'

export type FunctionProps<F extends FunctionName> = {
  name: F
  description: string
  bundles: (name: FunctionName) => string
  settings: Settings
  environment: Omit<EnvironmentOf<F>, 'STAGE'>
  memoryMegabytes?: number
  timeoutSeconds?: number
  reservedConcurrency?: number | undefined
}

/** Only who knows the secret of the edge can tell from where a call comes, and then says so in its log. */
const logRetention = <F extends FunctionName>({ environment, settings }: FunctionProps<F>): RetentionDays =>
  'EDGE_SECRET_ARN' in environment ? addressRetention(settings) : settings.logRetentionDays

/** A function with the house's defaults. 29 s is the longest that API Gateway waits. */
export const createFunction = <F extends FunctionName>(scope: Construct, props: FunctionProps<F>): LambdaFunction => {
  const id = props.name.charAt(0).toUpperCase() + props.name.slice(1)
  const logGroup = new LogGroup(scope, `${id}Logs`, {
    retention: logRetention(props),
    removalPolicy: RemovalPolicy.DESTROY,
  })
  return new LambdaFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(props.bundles(props.name)),
    memorySize: props.memoryMegabytes ?? 1024,
    timeout: Duration.seconds(props.timeoutSeconds ?? 29),
    reservedConcurrentExecutions: props.reservedConcurrency,
    loggingFormat: LoggingFormat.JSON,
    logGroup,
    environment: { ...props.environment, STAGE: props.settings.stage, POWERTOOLS_SERVICE_NAME: props.name },
  })
}

type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem'

/** Lets `fn` call exactly these actions on the table, and Query on these indexes of it. */
export const allowTable = (
  fn: LambdaFunction,
  table: ITableV2,
  actions: TableAction[],
  indexes: readonly { name: string }[] = [],
): void => {
  fn.addToRolePolicy(
    new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [table.tableArn] }),
  )
  if (indexes.length === 0) return
  const resources = indexes.map(({ name }) => `${table.tableArn}/index/${name}`)
  fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources }))
}
