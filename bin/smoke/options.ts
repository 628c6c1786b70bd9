import { parseArgs } from 'node:util'
import { Trouble } from './trouble.ts'
import type { SmokeOptions } from './walk.ts'

const USAGE = `Usage: npm run smoke -- --url <output Url> [--email <address>]

Walks through a deployment, or through a running npm start, as two viewers and a latecomer, and takes away what it made.
  --email  the account that makes the room, where guests may not; or SMOKE_EMAIL. Its password is read from SMOKE_PASSWORD.
           Where nobody is admitted without an account it goes alone, in three windows. Make one for this, with a password of its own.`

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: { url: { type: 'string' }, email: { type: 'string' } } }).values
  } catch {
    throw new Trouble(USAGE)
  }
}

/** @throws Trouble with what is wrong, in a sentence, or with how it is used */
export const readSmokeOptions = (args: string[], environment: Record<string, string | undefined>): SmokeOptions => {
  const { url, email } = parse(args)
  if (url === undefined) throw new Trouble(USAGE)
  const { origin, protocol } = URL.parse(url) ?? {}
  if (origin === undefined || !/^https?:$/.test(protocol ?? ''))
    throw new Trouble(`--url takes an address such as https://watch.example, not "${url}".`)
  const named = email ?? environment.SMOKE_EMAIL ?? ''
  if (named === '') return { origin }
  const password = environment.SMOKE_PASSWORD ?? ''
  if (password === '') throw new Trouble(`The password of ${named} is read from SMOKE_PASSWORD, which is empty.`)
  return { origin, account: { email: named, password } }
}
