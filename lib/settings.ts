import * as z from 'zod'

const STAGE = /^[a-z][a-z0-9]{1,15}$/

/** `-c name=value` on the command line always arrives as text. */
const number = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number('must be a number'),
)
const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean('must be true or false'),
)
const list = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value,
  z.array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'must be origins such as https://watch.example')),
)

/** What differs between deployments. Every one may be given as CDK context, `-c name=value`. */
export const Settings = z.strictObject({
  stage: z.string().regex(STAGE, 'must be 2 to 16 lower-case letters and digits, a letter first'),
  /** Browser origins, other than our own edge, that may call the two APIs directly. */
  allowedOrigins: list,
  /** `create` makes the account's API Gateway logging role (one per account and region); `existing` uses what is there. */
  apiGatewayLogRole: z.enum(['create', 'existing']),
  logRetentionDays: number.pipe(
    z.union([
      z.literal(1),
      z.literal(3),
      z.literal(5),
      z.literal(7),
      z.literal(14),
      z.literal(30),
      z.literal(60),
      z.literal(90),
      z.literal(180),
      z.literal(365),
    ]),
  ),
  /** Keeps the core table, and refuses to delete it, when the stack goes. */
  protectData: flag,
  guestsMayHost: flag,
  tokenHours: number.pipe(z.number().min(1).max(72)),
  /** A room to which nobody connects disappears after this. */
  roomIdleDays: number.pipe(z.number().int().min(1).max(365)),
  messageDays: number.pipe(z.number().int().min(1).max(365)),
  /** Messages that a member may send at once; one more comes back every `chatRefillMilliseconds`. */
  chatBurst: number.pipe(z.number().int().min(1).max(100)),
  chatRefillMilliseconds: number.pipe(z.number().int().min(50).max(60_000)),
  /** How far ahead PLAY, and SEEK while playing, are anchored, so that all players start together. */
  startLeadMilliseconds: number.pipe(z.number().int().min(0).max(1000)),
  /** Requests a second, and at once, that each of the two APIs accepts. */
  throttleRate: number.pipe(z.number().int().min(1).max(10_000)),
  throttleBurst: number.pipe(z.number().int().min(1).max(5_000)),
})
export type Settings = z.infer<typeof Settings>

const everywhere: Omit<Settings, 'stage'> = {
  allowedOrigins: [],
  apiGatewayLogRole: 'create',
  logRetentionDays: 30,
  protectData: true,
  guestsMayHost: true,
  tokenHours: 12,
  roomIdleDays: 30,
  messageDays: 30,
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

/** A wrong setting: its message is for whoever typed it. */
export class SettingsError extends Error {}

const DEFAULT_STAGE = 'prod'

/**
 * Settings of one deployment: the defaults, changed by the stage, changed by context.
 * @throws SettingsError with one sentence that names every wrong value.
 */
export const readSettings = (context: (name: string) => unknown): Settings => {
  const stage = context('stage') ?? DEFAULT_STAGE
  const given = Object.keys(everywhere)
    .map((name) => [name, context(name)] as const)
    .filter(([, value]) => value !== undefined)
  const parsed = Settings.safeParse({ ...everywhere, ...byStage[String(stage)], ...Object.fromEntries(given), stage })
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `"${issue.path.join('.')}" ${issue.message}`)
  throw new SettingsError(`A setting has a wrong value: ${wrong.join('; ')}.`)
}
