import { CfnOutput, Stack, Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { createLogRole, LOG_ROLE_FINDING } from './gateway-logs.ts'

/** Lets API Gateway write logs. No stage can be called so, because stages have no dash in their names. */
export class GatewayLogsStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'Lets API Gateway write logs in this account and region' })
    const { cloudWatchRoleArn = '' } = createLogRole(this)
    const { rule, reason } = LOG_ROLE_FINDING
    Validations.of(this.node.findChild('LogRole').node.findChild('Resource')).acknowledge({
      id: `AwsSolutions::${rule}`,
      reason,
    })
    new CfnOutput(this, 'LogRoleArn', { value: cloudWatchRoleArn, description: 'Named by the account setting' })
  }
}
