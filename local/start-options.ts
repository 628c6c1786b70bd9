import { parseArgs } from 'node:util'

const DEFAULT_PORT = 3000
const LARGEST_PORT = 65_535

const ORIGIN = /^https?:\/\/[^/\s,]+$/

/** `allowedOrigins`: pages of which other origins may call the HTTP API; as the setting of that name. */
export type StartOptions = {
  port: number
  fresh: boolean
  faultFile: string | undefined
  allowedOrigins: string[]
  /** Whether to show what the functions measure. */
  metrics: boolean
}

const OPTIONS = {
  fresh: { type: 'boolean' },
  faults: { type: 'string' },
  metrics: { type: 'boolean' },
  'allow-origin': { type: 'string', multiple: true },
} as const

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: OPTIONS }).values
  } catch {
    throw new Error(
      `Usage: npm start -- [--fresh] [--faults <file.json>] [--allow-origin <origin>]... [--metrics]; not "${args.join(' ')}".`,
    )
  }
}

/**
 * What `npm start` was told. Port 0 takes a free one.
 * @throws Error with one sentence that says what is wrong
 */
export const readStartOptions = (args: string[], environment: Record<string, string | undefined>): StartOptions => {
  const given = environment.PORT ?? ''
  const port = given === '' ? DEFAULT_PORT : Number(given)
  if (!/^\d*$/.test(given) || port > LARGEST_PORT)
    throw new Error(`PORT must be a whole number from 0 to ${LARGEST_PORT}, not "${given}".`)
  const values = parse(args)
  const allowedOrigins = values['allow-origin'] ?? []
  const wrong = allowedOrigins.find((origin) => !ORIGIN.test(origin))
  if (wrong !== undefined)
    throw new Error(`--allow-origin takes an origin such as http://localhost:5173, without a path; not "${wrong}".`)
  return {
    port,
    fresh: values.fresh ?? false,
    faultFile: values.faults,
    allowedOrigins,
    metrics: values.metrics ?? false,
  }
}
