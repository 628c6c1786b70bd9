import { parseArgs } from 'node:util'

export type Options = {
  roundTripsMs: number[]
  seconds: number
  seed: number
  /** Of the round trip, what the way up takes: one for each viewer, the last one for the rest. */
  upShares: number[]
}

/** Below this a phase is over before three seconds of converging and some of measuring have passed. */
const SHORTEST_SECONDS = 32

const USAGE = `Usage: npm run bench:sync -- [--rtt 20,80,250] [--seconds 60] [--seed <number>] [--up 0.35,0.65,...], at least ${SHORTEST_SECONDS} seconds.`

/** @throws Error with one sentence that says how it is used */
export const readOptions = (args: string[]): Options => {
  const values = parse(args)
  const roundTripsMs = values.rtt.split(',').map(Number)
  const seconds = Number(values.seconds)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
  const upShares = values.up.split(',').map(Number)
  const isGood =
    roundTripsMs.every((ms) => ms >= 0) &&
    upShares.every((share) => share >= 0 && share <= 1) &&
    seconds >= SHORTEST_SECONDS &&
    Number.isInteger(seed)
  if (!isGood) throw new Error(USAGE)
  return { roundTripsMs, seconds, seed, upShares }
}

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        rtt: { type: 'string', default: '20,80,250' },
        seconds: { type: 'string', default: '60' },
        seed: { type: 'string' },
        up: { type: 'string', default: '0.35' },
      },
    }).values
  } catch {
    throw new Error(USAGE)
  }
}
