import { type CfnElement, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { FunctionName } from '../functions/middleware/configuration.ts'
import { coreTable } from '../functions/table/schema.ts'
import { createEdge } from './edge.ts'
import { createHttpApi } from './http-api.ts'
import { allowTable, createFunction, type FunctionProps } from './lambda-function.ts'
import { acknowledgeFindings } from './nag-acknowledgements.ts'
import { addRealtimeRoutes, allowConnections, createRealtimeApi } from './realtime-api.ts'
import type { Settings } from './settings.ts'
import { createSigningSecret } from './signing-secret.ts'
import { createConnectionsTable, createCoreTable } from './tables.ts'

export type StreamitStackProps = { settings: Settings; bundles: (name: FunctionName) => string }

/** All of StreamIt's backend in one stack, so that a bare `cdk deploy` does it. */
export class StreamitStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundles }: StreamitStackProps) {
    super(scope, id, {
      description: 'StreamIt: watch together',
      // A stack that is made anew has a new address: every invitation ever sent would be dead.
      terminationProtection: settings.protectData,
      tags: { 'streamit:stage': settings.stage },
    })
    const core = createCoreTable(this, settings)
    const connections = createConnectionsTable(this)
    const secret = createSigningSecret(this)
    const realtimeApi = createRealtimeApi(this)

    const tables = { CORE_TABLE: core.tableName, CONNECTIONS_TABLE: connections.tableName }
    const tokens = { SIGNING_SECRET_ARN: secret.secretArn, TOKEN_HOURS: String(settings.tokenHours) }
    const idle = { ROOM_IDLE_DAYS: String(settings.roomIdleDays) }
    const create = <F extends FunctionName>(props: Omit<FunctionProps<F>, 'bundles' | 'settings'>) =>
      createFunction(this, { ...props, bundles, settings })

    const sweep = create({
      name: 'sweep',
      description: 'Removes what deleted and idle rooms leave behind',
      environment: { CORE_TABLE: core.tableName, ...idle },
      timeoutSeconds: 900,
    })
    const auth = create({
      name: 'auth',
      description: 'Accounts and tokens',
      environment: { ...tables, ...tokens },
      // One whole vCPU: bcrypt is CPU.
      memoryMegabytes: 1769,
    })
    const api = create({
      name: 'api',
      description: 'Rooms',
      environment: { ...tables, ...tokens, ...idle, GUESTS_MAY_HOST: String(settings.guestsMayHost) },
    })
    const authorizer = create({
      name: 'authorizer',
      description: 'Who may open a socket',
      environment: { CORE_TABLE: core.tableName, ...tokens },
    })
    const welcome = create({
      name: 'welcome',
      description: 'Greets a new connection',
      environment: { ...tables, ...idle },
    })
    // A late greeting is worse than none: the client reconnects.
    welcome.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })
    const connect = create({
      name: 'connect',
      description: 'Records a new connection',
      environment: { CONNECTIONS_TABLE: connections.tableName, WELCOME_FUNCTION: welcome.functionName },
    })
    const message = create({
      name: 'message',
      description: 'Chat, playback and clock',
      // Posting is CPU-bound.
      memoryMegabytes: 1769,
      environment: {
        ...tables,
        ...idle,
        MESSAGE_DAYS: String(settings.messageDays),
        START_LEAD_MILLISECONDS: String(settings.startLeadMilliseconds),
        CHAT_BURST: String(settings.chatBurst),
        CHAT_REFILL_MILLISECONDS: String(settings.chatRefillMilliseconds),
      },
    })
    const disconnect = create({
      name: 'disconnect',
      description: 'Removes a closed connection',
      environment: tables,
    })

    for (const fn of [auth, api, authorizer]) secret.grantRead(fn)
    // grantInvoke would add every version and alias of it.
    connect.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [welcome.functionArn] }),
    )

    const activity = coreTable.indexes.roomsByActivity.name
    allowTable(auth, core, ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'])
    allowTable(auth, connections, ['DeleteItem', 'Query', 'UpdateItem'])
    allowTable(
      api,
      core,
      ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      activity,
    )
    allowTable(api, connections, ['DeleteItem', 'Query', 'UpdateItem'])
    allowTable(authorizer, core, ['BatchGetItem'])
    allowTable(connect, connections, ['DeleteItem', 'UpdateItem'])
    allowTable(welcome, core, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'])
    allowTable(welcome, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
    allowTable(message, core, ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'])
    allowTable(message, connections, ['BatchGetItem', 'DeleteItem', 'Query', 'UpdateItem'])
    allowTable(disconnect, core, ['GetItem', 'UpdateItem'])
    allowTable(disconnect, connections, ['DeleteItem', 'Query', 'UpdateItem'])
    allowTable(sweep, core, ['BatchWriteItem', 'Query', 'UpdateItem'], activity)
    allowConnections(auth, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
    allowConnections(api, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
    allowConnections(connect, realtimeApi, settings, ['GET', 'POST'])
    allowConnections(welcome, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
    allowConnections(message, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
    allowConnections(disconnect, realtimeApi, settings, ['POST'])

    new Rule(this, 'SweepHourly', {
      description: 'Ends idle rooms and removes what ended rooms leave behind',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(sweep)],
    })

    const httpApi = createHttpApi(this, { settings, auth, api })
    const stage = addRealtimeRoutes(realtimeApi, { authorizer, connect, message, disconnect }, settings)
    const edge = createEdge(this, { settings, httpApi, realtimeApi })

    new CfnOutput(this, 'Url', { value: `https://${edge.distributionDomainName}/`, description: 'The service' })
    new CfnOutput(this, 'RoomUrl', {
      value: `wss://${edge.distributionDomainName}/ws/room/`,
      description: 'Rooms: add the code, a slash and ?token=',
    })
    new CfnOutput(this, 'HttpApiUrl', { value: `${httpApi.apiEndpoint}/api/`, description: 'The HTTP API itself' })
    new CfnOutput(this, 'RealtimeApiUrl', {
      value: stage.url,
      description: 'The WebSocket API itself: add ?room=&token=',
    })
    new CfnOutput(this, 'SigningSecretArn', { value: secret.secretArn, description: 'For rotating it' })
    new CfnOutput(this, 'DistributionId', { value: edge.distributionId, description: 'The edge' })
    new CfnOutput(this, 'CoreTableName', { value: core.tableName, description: 'For create-admin' })
    acknowledgeFindings(this, settings, {
      realtimeApi: this.getLogicalId(realtimeApi.node.defaultChild as CfnElement),
      pages: this.getLogicalId(this.node.findChild('Pages').node.defaultChild as CfnElement),
    })
  }
}
