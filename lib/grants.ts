import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { coreTable } from '../functions/table/schema.ts'
import type { Functions, Secrets } from './functions.ts'
import { allowTable } from './lambda-function.ts'
import { allowConnections } from './realtime-api.ts'
import type { Settings } from './settings.ts'

type Targets = {
  settings: Settings
  core: ITableV2
  connections: ITableV2
  secrets: Secrets
  realtimeApi: Parameters<typeof allowConnections>[1]
}

/** Lets every function that posts use the methods with which it does. */
const grantPosting = (functions: Functions, { settings, realtimeApi }: Targets): void => {
  allowConnections(functions.auth, realtimeApi, settings, ['DELETE', 'POST'])
  allowConnections(functions.api, realtimeApi, settings, ['DELETE', 'POST'])
  allowConnections(functions.admin, realtimeApi, settings, ['DELETE', 'POST'])
  allowConnections(functions.connect, realtimeApi, settings, ['GET', 'POST'])
  allowConnections(functions.welcome, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
  allowConnections(functions.message, realtimeApi, settings, ['DELETE', 'POST'])
  allowConnections(functions.disconnect, realtimeApi, settings, ['POST'])
  allowConnections(functions.repair, realtimeApi, settings, ['DELETE', 'GET', 'POST'])
}

/** Lets every function do what its source does, and nothing else: test/stack/least-privilege.test.ts compares the two. */
export const grantCalls = (functions: Functions, targets: Targets): void => {
  const { core, connections, secrets } = targets
  const { sweep, repair, auth, api, admin, authorizer, welcome, connect, message, disconnect } = functions
  for (const fn of [auth, api, admin, authorizer]) for (const secret of Object.values(secrets)) secret.grantRead(fn)
  // grantInvoke would add every version and alias of it.
  const allowStarting = (starter: typeof connect, started: readonly (typeof connect)[]) =>
    starter.addToRolePolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: started.map((fn) => fn.functionArn) }),
    )
  for (const fn of [api, admin, welcome, message, disconnect]) allowStarting(fn, [repair])
  allowStarting(auth, [repair, sweep])
  allowStarting(connect, [welcome, repair])

  const { roomsByActivity: activity, directory } = coreTable.indexes
  allowTable(auth, core, [
    'BatchGetItem',
    'ConditionCheckItem',
    'DeleteItem',
    'GetItem',
    'PutItem',
    'Query',
    'UpdateItem',
  ])
  allowTable(auth, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(
    api,
    core,
    ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    [activity],
  )
  allowTable(api, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(
    admin,
    core,
    ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    [activity, directory],
  )
  allowTable(admin, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(authorizer, core, ['BatchGetItem'])
  allowTable(connect, core, ['UpdateItem'])
  allowTable(connect, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(welcome, core, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(welcome, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(message, core, ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'])
  allowTable(message, connections, ['BatchGetItem', 'DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(disconnect, core, ['UpdateItem'])
  allowTable(disconnect, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(repair, core, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(repair, connections, ['DeleteItem', 'GetItem', 'Query', 'UpdateItem'])
  allowTable(
    sweep,
    core,
    ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    [activity],
  )
  grantPosting(functions, targets)
}
