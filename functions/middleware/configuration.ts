import * as z from 'zod'

const text = z.string('is not set').min(1, 'is empty')
const number = text.regex(/^\d+(\.\d+)?$/, 'must be a number').transform(Number)
const wholeNumber = text.regex(/^\d+$/, 'must be a whole number').transform(Number)
const flag = text.regex(/^(true|false)$/, 'must be true or false').transform((value) => value === 'true')

const tables = { CORE_TABLE: text, CONNECTIONS_TABLE: text }
const tokens = { SIGNING_SECRET_ARN: text, TOKEN_HOURS: number }
const edge = { EDGE_SECRET_ARN: text }
const repair = { REPAIR_FUNCTION: text }
const sweep = { SWEEP_FUNCTION: text }
const idle = { ROOM_IDLE_DAYS: wholeNumber }
const audit = { AUDIT_DAYS: wholeNumber }
const messages = { MESSAGE_DAYS: wholeNumber }
/** Whom people may ask, if anybody. */
const help = { HELP_CONTACT: text.optional().transform((contact) => contact ?? null) }
/** Every function has it: metrics say of which stage they are. */
const stage = { STAGE: text }

/**
 * The environment variables of each function. The stack gives a function exactly these (lib/ takes its types from here),
 * and a handler reads them under the same names, so that one search finds where a setting comes from and where it acts.
 */
export const environments = {
  auth: z.object({ ...tables, ...tokens, ...edge, ...audit, ...repair, ...sweep, ...stage }),
  api: z.object({
    ...tables,
    ...tokens,
    ...edge,
    ...audit,
    ...idle,
    ...messages,
    ...repair,
    ...help,
    ...stage,
    GUESTS_MAY_HOST: flag,
    BAN_SHADOW_HOURS: wholeNumber,
  }),
  admin: z.object({ ...tables, ...tokens, ...edge, ...audit, ...messages, ...repair, ...help, ...stage }),
  authorizer: z.object({ CORE_TABLE: text, ...tokens, ...edge, ...stage }),
  connect: z.object({ ...tables, ...repair, ...stage, WELCOME_FUNCTION: text }),
  welcome: z.object({ ...tables, ...idle, ...messages, ...repair, ...stage, EMPTY_ROOM_GRACE_SECONDS: wholeNumber }),
  message: z.object({
    ...tables,
    ...idle,
    ...messages,
    ...repair,
    ...stage,
    // Names keep for ever: a deployment changes a function's code and its environment one after the other.
    START_LEAD_MILLISECONDS: wholeNumber,
    CHAT_BURST: wholeNumber,
    CHAT_REFILL_MILLISECONDS: wholeNumber,
  }),
  disconnect: z.object({ ...tables, ...repair, ...stage }),
  repair: z.object({ ...tables, ...stage }),
  sweep: z.object({ CORE_TABLE: text, ...idle, ...stage }),
}

export type FunctionName = keyof typeof environments

/** What a function's handlers may read of its configuration. */
export type SettingsOf<F extends FunctionName> = z.infer<(typeof environments)[F]>

/** What the stack must put into a function's environment. */
export type EnvironmentOf<F extends FunctionName> = z.input<(typeof environments)[F]>

/**
 * A function's configuration out of its environment.
 * @throws Error with one sentence that names every variable that is missing or malformed. It quotes no value.
 */
export const readSettings = <F extends FunctionName>(
  name: F,
  environment: Readonly<Record<string, string | undefined>>,
): SettingsOf<F> => {
  const parsed = environments[name].safeParse(environment)
  if (parsed.success) return parsed.data as SettingsOf<F>
  const wrong = new Map<string, string>()
  for (const { path, message } of parsed.error.issues)
    if (!wrong.has(String(path[0]))) wrong.set(String(path[0]), message)
  const list = [...wrong].map(([variable, rule]) => `${variable} ${rule}`).join('; ')
  throw new Error(`The function ${name} cannot start, because of its environment: ${list}.`)
}
