import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { hashPassword } from '../functions/auth/passwords.ts'
import { newPerson, type User } from '../functions/domain/session.ts'
import { openTables } from '../functions/table/client.ts'
import { noteAdmin } from '../functions/table/people.ts'
import { makeAdmin, putAccount, setPassword, userByEmail } from '../functions/table/users.ts'
import { AccountPassword, DisplayName, Email } from '../protocol/text.ts'
import { chooseTable, Mistake, runCommand } from './core-table.ts'

const USAGE = `Usage: npm run create-admin -- --email <address> [--name <display name>] [--table <core table>] [--promote]

Makes the account of an administrator. The password is asked for, or read from standard input.
  --table    a deployed table (output CoreTableName), with your AWS credentials; otherwise the running local runtime
  --promote  make an existing account an administrator. Nobody proves that an address is theirs: whoever opened the account
             can sign in, unless you set a new password, which is asked for as well; without one the old one stays`

/** Asked for without showing it; from standard input where that is no terminal. */
const readPassword = async (question = 'Password: '): Promise<string> => {
  const interactive = process.stdin.isTTY === true
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (interactive) process.stderr.write(question)
  const lines = createInterface({ input: process.stdin, output: silent, terminal: interactive })
  const password = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(''))
  })
  lines.close()
  if (interactive) process.stderr.write('\n')
  return password
}

const checked = (password: string): string => {
  const parsed = AccountPassword.safeParse(password)
  if (!parsed.success) throw new Mistake(`The password ${parsed.error.issues[0]?.message}.`)
  return parsed.data
}

/**
 * Gives the flag to an account that is there. A new password is set before that and ends every token. Whoever opened
 * the account may be a stranger, and is so never an administrator, not for a moment.
 */
const promote = async (email: string, account: User | undefined): Promise<string> => {
  if (account === undefined) throw new Mistake(`There is no account for ${email}.`)
  const since = new Date(account.created_at).toISOString().slice(0, 'yyyy-mm-dd'.length)
  const password = await readPassword(`This account exists since ${since}. A new password, or none to keep its own: `)
  const isNew = password !== ''
  if (isNew && !(await setPassword(account, await hashPassword(checked(password)), crypto.randomUUID())))
    throw new Mistake('Somebody changed the password at the same moment. Try again.')
  if (!(await makeAdmin(account.id))) throw new Mistake(`There is no account for ${email}.`)
  const kept = isNew ? 'It has the new password.' : 'It has the password of whoever opened it.'
  return `${email} is an administrator now. The account exists since ${since}. ${kept}`
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
  const { email: typed, name, table, promote: isThere, help } = parse()
  if (help) return USAGE
  if (typed === undefined) throw new Mistake(USAGE)
  openTables({ core: chooseTable(table) })
  const email = Email.safeParse(typed)
  if (!email.success) throw new Mistake(`"${typed}" is not an e-mail address.`)
  const displayName = DisplayName.safeParse(name)
  if (!displayName.success) throw new Mistake(`The name ${displayName.error.issues[0]?.message}.`)
  const now = Date.now()
  const existing = await userByEmail(email.data, now)
  if (isThere) return promote(email.data, existing)
  const taken = `There is already an account for ${email.data}, and nobody proved that the address is theirs. If it is yours, make it an administrator with --promote and a new password.`
  if (existing !== undefined) throw new Mistake(taken)
  const password = checked(await readPassword())
  const id = crypto.randomUUID()
  const created = await putAccount({
    ...newPerson(id, displayName.data, now),
    is_guest: false,
    email: email.data,
    password_hash: await hashPassword(password),
    is_admin: true,
  })
  if (!created) throw new Mistake(taken)
  await noteAdmin(id)
  return `${email.data} is an administrator now.`
}

await runCommand(run)
