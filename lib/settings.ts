import * as z from 'zod'
import { nearestName } from './nearest-name.ts'
import {
  certificateArn,
  countFrom,
  documentsUrl,
  emailAddress,
  flag,
  hostName,
  numberFrom,
  origins,
  retentionDays,
  tableName,
  webAclArn,
  words,
} from './setting-values.ts'

const STAGE = /^[a-z][a-z0-9]{1,15}$/
const STAGE_RULE = 'must be 2 to 16 lower-case letters and digits, a letter first'

/** What differs between deployments. Every one may stand in the stage's file, or be given as CDK context, `-c name=value`. */
export const Settings = z.strictObject({
  stage: z.string(STAGE_RULE).regex(STAGE, STAGE_RULE),
  /** Browser origins, other than our own edge, that may call the two APIs directly. */
  allowedOrigins: origins,
  /** `existing` uses the account's API Gateway logging role (bin/account.ts makes it); `create` makes one in this stack. */
  apiGatewayLogRole: z.enum(['create', 'existing'], 'must be "create" or "existing"'),
  logRetentionDays: retentionDays,
  /** Days for which the logs that name addresses are kept; never longer than the others. */
  addressDays: retentionDays,
  /** Refuses to delete the core table, which stays when the stack goes in any case. */
  protectData: flag,
  guestsMayHost: flag,
  tokenHours: numberFrom(1, 72),
  /** Seconds for which a room plays on to nobody: whoever comes back within them goes on as if nothing had been. */
  emptyRoomGraceSeconds: countFrom(0, 600),
  /** A room to which nobody connects disappears after this. */
  roomIdleDays: countFrom(1, 365),
  messageDays: countFrom(1, 365),
  /** For how long new guests from the network of somebody who was banned wait for the host; 0: not at all. */
  banShadowHours: countFrom(0, 720),
  /** How long it is kept who decided what about whom. */
  auditDays: countFrom(1, 365),
  /** Messages that a member may send at once; one more comes back every `chatRefillMilliseconds`. */
  chatBurst: countFrom(1, 100),
  chatRefillMilliseconds: countFrom(50, 60_000),
  /** How far ahead PLAY and SEEK are anchored, so that all players start together. */
  startLeadMilliseconds: countFrom(0, 1000),
  /** Requests a second, and at once, that each of the two APIs accepts. */
  throttleRate: countFrom(1, 10_000),
  throttleBurst: countFrom(1, 5_000),
  /** A host name of one's own for the service, and the certificate that proves it. */
  domain: hostName.optional(),
  certificateArn: certificateArn.optional(),
  webAclArn: webAclArn.optional(),
  /** A table that was restored, in place of one that the stack makes. */
  coreTable: tableName.optional(),
  /** Executions that the account keeps for `message` alone, and the most that it gets. */
  reservedConcurrency: countFrom(1, 10_000).optional(),
  /** Who is told of alarms. */
  alarmEmail: emailAddress.optional(),
  /** Where the files of this repository can be read: mails of alarms link to what to do. */
  documentsUrl: documentsUrl.optional(),
  /** Whom people may ask, as the sign-in page says: an address, or a few words. */
  helpContact: words.optional(),
  /** US dollars. */
  monthlyBudget: countFrom(1, 1_000_000).optional(),
})
export type Settings = z.infer<typeof Settings>

const everywhere: Omit<Settings, 'stage'> = {
  allowedOrigins: [],
  apiGatewayLogRole: 'existing',
  logRetentionDays: 30,
  addressDays: 7,
  protectData: true,
  guestsMayHost: true,
  tokenHours: 12,
  emptyRoomGraceSeconds: 30,
  roomIdleDays: 30,
  messageDays: 30,
  banShadowHours: 24,
  auditDays: 90,
  chatBurst: 10,
  chatRefillMilliseconds: 600,
  startLeadMilliseconds: 400,
  throttleRate: 1000,
  throttleBurst: 2000,
}

/** What a stage changes of the above. A stage not named here takes everything as it stands. */
const byStage: Record<string, Partial<Settings>> = {
  dev: { protectData: false, logRetentionDays: 7 },
  prod: { logRetentionDays: 90 },
}

/** Settings that mean nothing without another. */
const TOGETHER = [
  ['domain', 'certificateArn'],
  ['certificateArn', 'domain'],
  ['monthlyBudget', 'alarmEmail'],
] as const
const missingIn = (settings: Settings) =>
  TOGETHER.filter(([given, needed]) => settings[given] !== undefined && settings[needed] === undefined).map(
    ([given, needed]) => [needed, `must be given beside "${given}"`] as const,
  )

/** A wrong setting: its message is for whoever typed it. */
export class SettingsError extends Error {}

const DEFAULT_STAGE = 'prod'

type Given = Record<string, unknown>
/** What a stage keeps, and what the file is called in which it stands. */
export type SettingsFile = { name: string; settings: Given }

/** CDK keeps its own switches in the same place. All but these two have a colon, a slash or an @ in their names. */
const CDK_NAMES = ['acknowledged-issue-numbers', 'cli-telemetry']
const isCdks = (name: string): boolean => /[@:/]/.test(name) || CDK_NAMES.includes(name)

const settingsAmong = (given: Given, where = ''): Given => {
  const named = Object.entries(given).filter(([name, value]) => value !== undefined && !isCdks(name))
  const names = Object.keys(Settings.shape)
  const unknown = named.map(([name]) => name).filter((name) => !names.includes(name))
  if (unknown.length === 0) return Object.fromEntries(named)
  const sentences = unknown.map((name) => {
    const near = nearestName(name, names)
    const advice = near === undefined ? 'docs/operations.md lists them all.' : `did you mean ${near}?`
    return `Unknown setting "${name}"${where}: ${advice}`
  })
  throw new SettingsError(sentences.join(' '))
}

/**
 * Settings of one deployment: the defaults, changed by the stage, changed by the stage's file, changed by context.
 * @throws SettingsError with one sentence that names every wrong value, or one for each name that is no setting's
 */
export const readSettings = (context: Given, fileOf?: (stage: string) => SettingsFile | undefined): Settings => {
  const { stage = DEFAULT_STAGE, ...given } = settingsAmong(context)
  const named = String(stage)
  const file = STAGE.test(named) ? fileOf?.(named) : undefined
  const kept = file === undefined ? {} : settingsAmong(file.settings, ` in ${file.name}`)
  const parsed = Settings.safeParse({ ...everywhere, ...byStage[named], ...kept, ...given, stage })
  const wrong = new Map(
    parsed.success
      ? missingIn(parsed.data)
      : parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]),
  )
  if (parsed.success && wrong.size === 0) return parsed.data
  throw new SettingsError(
    `A setting has a wrong value: ${[...wrong].map(([name, rule]) => `"${name}" ${rule}`).join('; ')}.`,
  )
}
