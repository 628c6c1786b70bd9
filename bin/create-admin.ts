import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { hashPassword } from '../functions/auth/passwords.ts'
import { openTables } from '../functions/table/client.ts'
import { makeAdmin, putAccount, userByEmail } from '../functions/table/users.ts'
import { AccountPassword, DisplayName, Email } from '../protocol/text.ts'

const USAGE = `Usage: npm run create-admin -- --email <address> [--name <display name>] [--table <core table>] [--promote]

Makes the account of an administrator. The password is asked for, or read from standard input.
  --table    a deployed table (output CoreTableName), with your AWS credentials; otherwise the running local runtime
  --promote  make an existing account an administrator; its password stays`

class Mistake extends Error {}

const runtimeFile = join(import.meta.dirname, '..', '.streamit', 'runtime.json')

type RuntimeState = { dynamodb: string; coreTable: string }

const readRuntime = (): RuntimeState => {
  try {
    return JSON.parse(readFileSync(runtimeFile, 'utf8')) as RuntimeState
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Mistake(
        'No local runtime is running. Start it with "npm start", or name a deployed table with --table.',
      )
    throw error
  }
}

/** The name of the core table: the one given, or the local runtime's, at which it then points the SDK. */
const chooseTable = (named: string | undefined): string => {
  if (named !== undefined) return named
  const { dynamodb, coreTable } = readRuntime()
  // The SDK reads these itself. The address lets in without a secret: where the runtime works on a table at AWS, it signs
  // with the developer's credentials.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  return coreTable
}

/** Asked for without showing it; from standard input where that is no terminal. */
const readPassword = async (): Promise<string> => {
  const interactive = process.stdin.isTTY === true
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (interactive) process.stderr.write('Password: ')
  const lines = createInterface({ input: process.stdin, output: silent, terminal: interactive })
  const password = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.close()
  if (interactive) process.stderr.write('\n')
  return password
}

const parse = () => {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: 'string' },
        name: { type: 'string', default: 'Administrator' },
        table: { type: 'string' },
        promote: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

const run = async (): Promise<string> => {
  const { email: typed, name, table, promote, help } = parse()
  if (help) return USAGE
  if (typed === undefined) throw new Mistake(USAGE)
  openTables({ core: chooseTable(table) })
  const email = Email.safeParse(typed)
  if (!email.success) throw new Mistake(`"${typed}" is not an e-mail address.`)
  const displayName = DisplayName.safeParse(name)
  if (!displayName.success) throw new Mistake(`The name ${displayName.error.issues[0]?.message}.`)
  const now = Date.now()
  const existing = await userByEmail(email.data, now)
  if (promote) {
    if (existing === undefined || !(await makeAdmin(existing.id)))
      throw new Mistake(`There is no account for ${email.data}.`)
    return `${email.data} is an administrator now.`
  }
  const taken = `There is already an account for ${email.data}. Make it an administrator with --promote.`
  if (existing !== undefined) throw new Mistake(taken)
  const password = AccountPassword.safeParse(await readPassword())
  if (!password.success) throw new Mistake(`The password ${password.error.issues[0]?.message}.`)
  const created = await putAccount({
    id: crypto.randomUUID(),
    display_name: displayName.data,
    is_guest: false,
    email: email.data,
    password_hash: await hashPassword(password.data),
    generation: 0,
    spared_token: null,
    is_admin: true,
    created_at: now,
  })
  if (!created) throw new Mistake(taken)
  return `${email.data} is an administrator now.`
}

/** What the SDK throws where the table cannot be reached as asked, in our words. */
const SENTENCES: [pattern: RegExp, sentence: string][] = [
  [/^ResourceNotFoundException/, 'There is no such table in this account and region: see the output CoreTableName.'],
  [/Region is missing/, 'Name the region of the table, for example with AWS_REGION=eu-central-1.'],
  [/^AccessDenied/, 'These credentials may not use the table: GetItem, PutItem and UpdateItem on it are needed.'],
  [
    /^(CredentialsProviderError|UnrecognizedClient|InvalidSignature|ExpiredToken|TokenProvider)/,
    'There are no AWS credentials, or they do not hold any more: sign in first.',
  ],
  [/ECONNREFUSED/, 'Nothing answers at the address of the table. Is the local runtime still running?'],
  [/ENOTFOUND|EAI_AGAIN/, 'The address of the table is not known: look at the region.'],
]

const sentenceFor = (error: unknown): string | undefined => {
  if (error instanceof Mistake) return error.message
  if (!(error instanceof Error)) return undefined
  const told = `${error.name}: ${error.message} ${'code' in error ? error.code : ''}`
  return SENTENCES.find(([pattern]) => pattern.test(told))?.[1]
}

try {
  console.log(await run())
} catch (error) {
  const sentence = sentenceFor(error)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exitCode = 1
}
