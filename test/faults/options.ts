import { parseArgs } from 'node:util'

export type Options = {
  seed: number
  /** How long the random life lasts. */
  seconds: number
  rooms: number
  /** In each room, so many clients of the library and one that knows only the given fields. */
  clients: number
  /** Without a single fault: then whatever fails is a mistake of the proof, or a worse one. */
  isCalm: boolean
  /** Looked at until six minutes after the life, and not for the hour. */
  isBrief?: boolean
}

export const DEFAULTS = { seconds: 120, rooms: 20, clients: 10 }

const USAGE = 'Usage: npm run test:faults -- [--seed <number>] [--seconds 120] [--rooms 20] [--clients 10] [--calm]'

/** @throws Error with one sentence that says how it is used */
export const readOptions = (args: string[]): Options => {
  const { seed = String(Math.floor(Math.random() * 2 ** 31)), isCalm, ...sizes } = parse(args)
  const options = { seed: Number(seed), ...sizes, isCalm }
  const isGood = [options.seed, ...Object.values(sizes)].every((number) => Number.isInteger(number) && number >= 0)
  if (!isGood || options.rooms < 1 || options.clients < 2) throw new Error(USAGE)
  return options
}

const parse = (args: string[]) => {
  const text = { type: 'string' } as const
  try {
    const flag = { type: 'boolean', default: false } as const
    const sizes = { seconds: text, rooms: text, clients: text }
    const { values } = parseArgs({ args, options: { seed: text, ...sizes, calm: flag } })
    const { seed, seconds = DEFAULTS.seconds, rooms = DEFAULTS.rooms, clients = DEFAULTS.clients } = values
    return { seed, seconds: Number(seconds), rooms: Number(rooms), clients: Number(clients), isCalm: values.calm }
  } catch {
    throw new Error(USAGE)
  }
}
