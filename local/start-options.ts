import { parseArgs } from 'node:util'

const DEFAULT_PORT = 3000
const LARGEST_PORT = 65_535

export type StartOptions = { port: number; fresh: boolean; faultFile: string | undefined }

/**
 * What `npm start` was told. Port 0 takes a free one.
 * @throws Error with one sentence that says what is wrong
 */
export const readStartOptions = (args: string[], environment: Record<string, string | undefined>): StartOptions => {
  const given = environment.PORT ?? ''
  const port = given === '' ? DEFAULT_PORT : Number(given)
  if (!/^\d*$/.test(given) || port > LARGEST_PORT)
    throw new Error(`PORT must be a whole number from 0 to ${LARGEST_PORT}, not "${given}".`)
  try {
    const { values } = parseArgs({ args, options: { fresh: { type: 'boolean' }, faults: { type: 'string' } } })
    return { port, fresh: values.fresh ?? false, faultFile: values.faults }
  } catch {
    throw new Error(`Usage: npm start -- [--fresh] [--faults <file.json>]; not "${args.join(' ')}".`)
  }
}
