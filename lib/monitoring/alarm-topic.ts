import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'

/**
 * Where alarms are told: to one e-mail address, which has to say yes to a first mail. Encrypted on every way. A key of
 * its own would cost 1 USD a month, and alarms cannot use the one that AWS gives away; they hold nothing private.
 */
export const createAlarmTopic = (scope: Construct, email: string): ITopic => {
  const topic = new Topic(scope, 'AlarmTopic', { displayName: Stack.of(scope).stackName, enforceSSL: true })
  topic.addSubscription(new EmailSubscription(email))
  // A policy of our own replaces the one that lets the account's services in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  )
  return topic
}
