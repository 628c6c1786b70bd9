import { type CfnElement, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import type { Construct } from 'constructs'
import { createBudget } from './budget.ts'
import { createEdge } from './edge.ts'
import { hostOf } from './edge-address.ts'
import { type Bundles, createFunctions } from './functions.ts'
import { grantCalls } from './grants.ts'
import { createHttpApi } from './http-api.ts'
import { createMonitoring } from './monitoring/monitoring.ts'
import { acknowledgeFindings } from './nag-acknowledgements.ts'
import { addRealtimeRoutes, createRealtimeApi } from './realtime-api.ts'
import { createSecrets } from './secrets.ts'
import type { Settings } from './settings.ts'
import { createConnectionsTable, openCoreTable } from './tables.ts'

export type StreamitStackProps = { settings: Settings; bundles: Bundles }

/** All of StreamIt's backend in one stack, so that a bare `cdk deploy` does it. */
export class StreamitStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles }: StreamitStackProps) {
    super(scope, id, {
      description: 'StreamIt: watch together',
      // A stack that is made anew has a new address: every invitation ever sent would be dead.
      terminationProtection: settings.protectData,
      tags: { 'streamit:stage': settings.stage },
    })
    const core = openCoreTable(this, settings)
    const connections = createConnectionsTable(this)
    const secrets = createSecrets(this)
    const realtimeApi = createRealtimeApi(this)

    const functions = createFunctions(this, { settings, bundles, core, connections, secrets })
    grantCalls(functions, { settings, core, connections, secrets, realtimeApi })
    const { sweep, auth, api, admin, authorizer, connect, message, disconnect } = functions

    new Rule(this, 'SweepHourly', {
      description: 'Ends idle rooms, removes what ended rooms leave behind, erases the names of deleted accounts',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(sweep)],
    })

    const httpApi = createHttpApi(this, { settings, auth, api, admin })
    const stage = addRealtimeRoutes(realtimeApi, { authorizer, connect, message, disconnect }, settings)
    const edge = createEdge(this, { settings, httpApi, realtimeApi, secret: secrets.edge })

    createBudget(this, settings)
    createMonitoring(this, settings, { functions, core, connections, httpApi, realtimeApi })

    const host = hostOf(edge, settings)
    new CfnOutput(this, 'Url', { value: `https://${host}/`, description: 'The service' })
    new CfnOutput(this, 'RoomUrl', {
      value: `wss://${host}/ws/room/`,
      description: 'Rooms: add the code, a slash and ?token=',
    })
    new CfnOutput(this, 'HttpApiUrl', { value: `${httpApi.apiEndpoint}/api/`, description: 'The HTTP API itself' })
    new CfnOutput(this, 'RealtimeApiUrl', {
      value: stage.url,
      description: 'The WebSocket API itself: add ?room=&token=',
    })
    new CfnOutput(this, 'SigningSecretArn', { value: secrets.signing.secretArn, description: 'For rotating it' })
    new CfnOutput(this, 'DistributionDomainName', {
      value: edge.distributionDomainName,
      description: 'Where the record of a domain of your own leads',
    })
    new CfnOutput(this, 'DistributionId', { value: edge.distributionId, description: 'The edge' })
    new CfnOutput(this, 'CoreTableName', { value: core.tableName, description: 'For create-admin' })
    acknowledgeFindings(this, settings, {
      realtimeApi: this.getLogicalId(realtimeApi.node.defaultChild as CfnElement),
      pages: this.getLogicalId(this.node.findChild('Pages').node.defaultChild as CfnElement),
    })
  }
}
