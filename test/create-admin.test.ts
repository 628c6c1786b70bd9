import { beforeAll, expect, it } from 'vitest'
import { runCommand } from './staging/run-command.ts'
import { setUpStage } from './staging/set-up-stage.ts'

const stage = setUpStage()
let coreTable: string
beforeAll(async () => {
  coreTable =
    stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Auth'))?.environment.CORE_TABLE ?? ''
})

type Changed = { table?: string; env?: Record<string, string | undefined> }

const createAdmin = (args: string[], password = '', { table = coreTable, env = {} }: Changed = {}) =>
  runCommand('bin/create-admin.ts', ['--table', table, ...args], { env, input: `${password}\n` })

const PASSWORD = 'correct horse battery'

it('makes an account that signs in, from a password on standard input', async () => {
  const email = 'first@example.com'
  expect(await createAdmin(['--email', email, '--name', 'Root'], PASSWORD)).toEqual({
    code: 0,
    output: `${email} is an administrator now.`,
  })
  expect(await stage.call('auth/login', { email, password: PASSWORD })).toMatchObject({ display_name: 'Root' })
  const { userByEmail } = await import('../functions/table/users.ts')
  expect(await userByEmail(email, Date.now())).toMatchObject({ is_admin: true })
})

it('does not touch an existing account unless told to, and then not its password', async () => {
  const email = 'second@example.com'
  await stage.call('auth/register', { email, password: PASSWORD, display_name: 'Ana' })
  const refused = await createAdmin(['--email', email], 'another password')
  expect(refused.code).toBe(1)
  expect(refused.output).toContain('--promote')
  const promoted = await createAdmin(['--email', email, '--promote'])
  expect(promoted.code).toBe(0)
  expect(promoted.output).toMatch(/exists since \d{4}-\d\d-\d\d\. It has the password of whoever opened it\.$/)
  await stage.call('auth/login', { email, password: PASSWORD })
  const { userByEmail } = await import('../functions/table/users.ts')
  expect(await userByEmail(email, Date.now())).toMatchObject({ is_admin: true, display_name: 'Ana' })
})

it('sets a new password with --promote, and ends every token: who opened the account may be a stranger', async () => {
  const email = 'taken@example.com'
  const { access_token } = await stage.call('auth/register', { email, password: PASSWORD, display_name: 'Mallory' })
  expect(await createAdmin(['--email', email, '--promote'], 'short')).toMatchObject({ code: 1 })
  const { output } = await createAdmin(['--email', email, '--promote'], 'a new password')
  expect(output).toMatch(/is an administrator now\. .* It has the new password\.$/)
  expect((await stage.request('GET', '/api/auth/me', { token: access_token })).status).toBe(401)
  expect((await stage.refused('auth/login', { email, password: PASSWORD })).body.code).toBe('invalid_credentials')
  expect(await stage.call('auth/login', { email, password: 'a new password' })).toMatchObject({ is_admin: true })
})

it.each([
  [['--email', 'nobody@example.com', '--promote'], '', 'There is no account for nobody@example.com.'],
  [['--email', 'not an address'], PASSWORD, '"not an address" is not an e-mail address.'],
  [['--email', 'third@example.com'], 'short', 'The password must have at least 8 characters.'],
  [['--email', 'third@example.com'], '', 'The password must have at least 8 characters.'],
  [['--email', 'third@example.com', '--name', '\u202e'], PASSWORD, 'The name needs at least one visible character.'],
])('says in a sentence what is wrong with %j', async (args, password, sentence) => {
  expect(await createAdmin(args, password)).toEqual({ code: 1, output: sentence })
})

it.each([[[]], [['--password', 'x', '--email', 'a@example.com']]])('shows how it is used for %j', async (args) => {
  const { code, output } = await createAdmin(args)
  expect(code).toBe(1)
  expect(output).toContain('Usage: npm run create-admin')
})

it.each([
  ['a table that is not there', { table: 'streamit-Nobody' }, 'There is no such table'],
  ['no region', { env: { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined } }, 'Name the region'],
  ['an address where nothing listens', { env: { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' } }, 'Nothing answers'],
  [
    'no credentials',
    { env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_EC2_METADATA_DISABLED: 'true' } },
    'There are no AWS credentials',
  ],
])('%s ends with one sentence', async (_what, changed, sentence) => {
  const { code, output } = await createAdmin(['--email', 'third@example.com'], PASSWORD, changed)
  expect(code).toBe(1)
  expect(output).toMatch(new RegExp(`^${sentence}[^\\n]+$`))
})
