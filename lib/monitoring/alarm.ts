import { Stack } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  type IMetric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

/** Where each alarm has its section: what it means, who is hurt, what to do. */
const DOCUMENT = 'docs/operations.md'

export type AlarmProps = Pick<CreateAlarmOptions, 'datapointsToAlarm' | 'threshold'> & {
  /** What the alarm is called behind the stack's name. */
  name: string
  metric: IMetric
  /** It rings where the metric is over the threshold, or where it is under it. */
  when: 'over' | 'under'
  /** How many periods are looked at. */
  periods: number
  /** What it means that there are no data: nobody was there, or nothing ran. */
  missing: TreatMissingData
  /** Who is hurt, as one sentence. An alarm that hurts nobody is none. */
  hurts: `${string}.`
  /** The section that says what to do. */
  readMore: `#alarm-${string}`
}

export type Told = {
  /** Without one nobody is told. */
  topic: ITopic | undefined
  /** Where the documents can be read. Without it the mail names the file in the repository. */
  documentsUrl: string | undefined
}

/** An alarm of ours. Its description, which the mail quotes, says who is hurt, and where it stands what to do. */
export const alarm = (scope: Construct, { topic, documentsUrl }: Told, props: AlarmProps): Alarm => {
  const { name, metric, when, periods, missing, hurts, readMore, threshold, datapointsToAlarm } = props
  const made = new Alarm(scope, `${name.charAt(0).toUpperCase()}${name.slice(1)}Alarm`, {
    alarmName: `${Stack.of(scope).stackName}-${name}`,
    alarmDescription: `${hurts} What to do: ${documentsUrl === undefined ? '' : `${documentsUrl}/`}${DOCUMENT}${readMore}`,
    metric,
    threshold,
    comparisonOperator:
      when === 'over' ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods,
    datapointsToAlarm: datapointsToAlarm ?? periods,
    treatMissingData: missing,
  })
  if (topic !== undefined) {
    made.addAlarmAction(new SnsAction(topic))
    made.addOkAction(new SnsAction(topic))
  }
  return made
}
