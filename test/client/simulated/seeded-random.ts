/** A source of numbers from 0 to 1 that a seed repeats exactly (mulberry32). */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The seed of a test run, printed so that a failure can be repeated: SEED=… npx vitest run <the file> */
export const chooseSeed = (test: string): number => {
  const seed = process.env.SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.SEED)
  console.log(`${test}: SEED=${seed}`)
  return seed
}

export const between = (random: () => number, low: number, high: number): number => low + (high - low) * random()
