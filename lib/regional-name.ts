import { Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Names of policies, of access controls and of dashboards are global in an account: a second region must not find them
 * taken.
 */
export const regionalName = (scope: Construct): string => `${Stack.of(scope).stackName}-${Stack.of(scope).region}`
