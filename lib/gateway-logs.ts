import { RemovalPolicy } from 'aws-cdk-lib'
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'

/**
 * The role through which API Gateway writes the logs of every API of an account and region, and the setting that names it.
 * There is one of each, so both stay when the stack goes that made them: other APIs may log through them by then.
 */
export const createLogRole = (scope: Construct): CfnAccount => {
  const role = new Role(scope, 'LogRole', {
    assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  })
  role.applyRemovalPolicy(RemovalPolicy.RETAIN)
  const account = new CfnAccount(scope, 'LogAccount', { cloudWatchRoleArn: role.roleArn })
  account.applyRemovalPolicy(RemovalPolicy.RETAIN)
  return account
}

/** cdk-nag's finding on the role, which stands. */
export const LOG_ROLE_FINDING = {
  rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
  reason: "The policy that API Gateway's documentation names for the account's logging role.",
}
