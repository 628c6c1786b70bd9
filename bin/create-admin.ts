import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { hashPassword } from '../functions/auth/passwords.ts'
import { newPerson } from '../functions/domain/session.ts'
import { openTables } from '../functions/table/client.ts'
import { noteAdmin } from '../functions/table/people.ts'
import { makeAdmin, putAccount, userByEmail } from '../functions/table/users.ts'
import { AccountPassword, DisplayName, Email } from '../protocol/text.ts'
import { chooseTable, Mistake, runCommand } from './core-table.ts'

const USAGE = `Usage: npm run create-admin -- --email <address> [--name <display name>] [--table <core table>] [--promote]

Makes the account of an administrator. The password is asked for, or read from standard input.
  --table    a deployed table (output CoreTableName), with your AWS credentials; otherwise the running local runtime
  --promote  make an existing account an administrator; its password stays`

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
  const id = crypto.randomUUID()
  const created = await putAccount({
    ...newPerson(id, displayName.data, now),
    is_guest: false,
    email: email.data,
    password_hash: await hashPassword(password.data),
    is_admin: true,
  })
  if (!created) throw new Mistake(taken)
  await noteAdmin(id)
  return `${email.data} is an administrator now.`
}

await runCommand(run)
