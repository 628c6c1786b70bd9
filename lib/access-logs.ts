import { RemovalPolicy } from 'aws-cdk-lib'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { Settings } from './settings.ts'

type Named = { logGroupName?: string }

/** For how long a log is kept that names addresses. */
export const addressRetention = ({ addressDays, logRetentionDays }: Settings): RetentionDays =>
  Math.min(addressDays, logRetentionDays)

/** Where an API writes a line for each request. The lines name addresses, so they are kept for no longer than those. */
export const createAccessLogs = (scope: Construct, id: string, settings: Settings, named: Named = {}): LogGroup =>
  new LogGroup(scope, id, {
    ...named,
    retention: addressRetention(settings),
    removalPolicy: RemovalPolicy.DESTROY,
  })
