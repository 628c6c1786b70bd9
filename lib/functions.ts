import { Duration } from 'aws-cdk-lib'
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb'
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import type { FunctionName } from '../functions/middleware/configuration.ts'
import { createFunction, type FunctionProps } from './lambda-function.ts'
import type { Settings } from './settings.ts'

export type Bundles = (name: FunctionName) => string
export type Secrets = { signing: ISecret; edge: ISecret }
type FunctionsProps = {
  settings: Settings
  bundles: Bundles
  core: ITableV2
  connections: ITableV2
  secrets: Secrets
}

type Scoped = { scope: Construct; settings: Settings; bundles: Bundles }
const createIn =
  ({ scope, settings, bundles }: Scoped) =>
  <F extends FunctionName>(props: Omit<FunctionProps<F>, 'bundles' | 'settings'>) =>
    createFunction(scope, { ...props, bundles, settings })

/** The functions for which nobody waits. */
const createBackground = (
  create: ReturnType<typeof createIn>,
  environments: { tables: Record<'CONNECTIONS_TABLE' | 'CORE_TABLE', string>; idle: { ROOM_IDLE_DAYS: string } },
) => {
  const { tables, idle } = environments
  const sweep = create({
    name: 'sweep',
    description: 'Removes what deleted and idle rooms leave behind, and the names of deleted accounts',
    environment: { CORE_TABLE: tables.CORE_TABLE, ...idle },
    timeoutSeconds: 900,
  })
  const repair = create({
    name: 'repair',
    description: 'Repeats what did not arrive, and looks for connections that are gone',
    environment: tables,
    // Whom it finds gone it tells of itself, and repeats that as well: one round after the other, where posts hang.
    timeoutSeconds: 120,
  })
  // A late repetition is worse than none: clients ask for what they lack.
  repair.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })
  return { sweep, repair }
}

/** What several functions are told. */
const toldToMany = ({ settings, core, connections, secrets }: FunctionsProps) => ({
  tables: { CORE_TABLE: core.tableName, CONNECTIONS_TABLE: connections.tableName },
  /** Who calls, and from where. */
  callers: {
    SIGNING_SECRET_ARN: secrets.signing.secretArn,
    TOKEN_HOURS: String(settings.tokenHours),
    EDGE_SECRET_ARN: secrets.edge.secretArn,
  },
  audit: { AUDIT_DAYS: String(settings.auditDays) },
  idle: { ROOM_IDLE_DAYS: String(settings.roomIdleDays) },
  messages: { MESSAGE_DAYS: String(settings.messageDays) },
  help: settings.helpContact === undefined ? {} : { HELP_CONTACT: settings.helpContact },
})

type Told = ReturnType<typeof toldToMany> & {
  repairing: { REPAIR_FUNCTION: string }
  sweeping: { SWEEP_FUNCTION: string }
}

/** The functions of the HTTP API. */
const createForHttp = (
  create: ReturnType<typeof createIn>,
  { tables, callers, audit, idle, messages, help, repairing, sweeping }: Told,
  settings: Settings,
) => {
  const auth = create({
    name: 'auth',
    description: 'Accounts and tokens',
    environment: { ...tables, ...callers, ...audit, ...repairing, ...sweeping },
    // One whole vCPU: bcrypt is CPU.
    memoryMegabytes: 1769,
  })
  const api = create({
    name: 'api',
    description: 'Rooms',
    environment: {
      ...tables,
      ...callers,
      ...audit,
      ...idle,
      ...messages,
      ...repairing,
      ...help,
      GUESTS_MAY_HOST: String(settings.guestsMayHost),
      BAN_SHADOW_HOURS: String(settings.banShadowHours),
    },
  })
  const admin = create({
    name: 'admin',
    description: 'What those who run the service see and decide',
    environment: { ...tables, ...callers, ...audit, ...messages, ...repairing, ...help },
  })
  return { auth, api, admin }
}

/** The ten functions, each with what it is told. What each may do is in grants.ts. */
export const createFunctions = (scope: Construct, props: FunctionsProps) => {
  const { settings, bundles } = props
  const told = toldToMany(props)
  const { tables, callers, idle, messages } = told
  const create = createIn({ scope, settings, bundles })
  const { sweep, repair } = createBackground(create, { tables, idle })
  const repairing = { REPAIR_FUNCTION: repair.functionName }
  const sweeping = { SWEEP_FUNCTION: sweep.functionName }
  const { auth, api, admin } = createForHttp(create, { ...told, repairing, sweeping }, settings)
  const authorizer = create({
    name: 'authorizer',
    description: 'Who may open a socket',
    environment: { CORE_TABLE: tables.CORE_TABLE, ...callers },
  })
  const welcome = create({
    name: 'welcome',
    description: 'Greets a new connection',
    environment: {
      ...tables,
      ...idle,
      ...messages,
      ...repairing,
      EMPTY_ROOM_GRACE_SECONDS: String(settings.emptyRoomGraceSeconds),
    },
  })
  // A late greeting is worse than none: the client reconnects.
  welcome.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })
  const connect = create({
    name: 'connect',
    description: 'Records a new connection',
    environment: { ...tables, ...repairing, WELCOME_FUNCTION: welcome.functionName },
  })
  const message = create({
    name: 'message',
    description: 'Chat, playback and clock',
    // Posting is CPU-bound.
    memoryMegabytes: 1769,
    // A flood of calls elsewhere must not stop the rooms that play.
    reservedConcurrency: settings.reservedConcurrency,
    environment: {
      ...tables,
      ...idle,
      ...messages,
      ...repairing,
      START_LEAD_MILLISECONDS: String(settings.startLeadMilliseconds),
      CHAT_BURST: String(settings.chatBurst),
      CHAT_REFILL_MILLISECONDS: String(settings.chatRefillMilliseconds),
    },
  })
  const disconnect = create({
    name: 'disconnect',
    description: 'Removes a closed connection',
    environment: { ...tables, ...repairing },
  })
  return { sweep, repair, auth, api, admin, authorizer, welcome, connect, message, disconnect }
}

export type Functions = ReturnType<typeof createFunctions>
