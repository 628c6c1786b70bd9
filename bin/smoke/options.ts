import { parseArgs } from 'node:util'
import { Trouble } from './trouble.ts'
import type { SmokeOptions } from './walk.ts'

const USAGE = `Usage: npm run smoke -- --url <output Url> [--email <address>]

Walks through a deployment, or through a running npm start, as two viewers and a latecomer, and takes away what it made.
  --email  who makes the room, where guests may not; the password is read from SMOKE_PASSWORD`

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
  if (email === undefined) return { origin }
  const password = environment.SMOKE_PASSWORD ?? ''
  if (password === '') throw new Trouble(`The password of ${email} is read from SMOKE_PASSWORD, which is empty.`)
  return { origin, account: { email, password } }
}
