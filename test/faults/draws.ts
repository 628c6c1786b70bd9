import { createRandom } from '../client/simulated/seeded-random.ts'

/** What one actor draws. Each has a source of its own, so that nobody's luck hangs on who was faster. */
export type Draws = {
  random: () => number
  happens: (chance: number) => boolean
  between: (low: number, high: number) => number
  /** A wait whose mean is this: most are shorter, some much longer. */
  wait: (mean: number) => number
  pick: <T>(from: readonly T[]) => T | undefined
  /** One of the names, by its weight. */
  weighed: <N extends string>(weights: Record<N, number>) => N
}

/** Small and well mixed: FNV-1a. */
const hash = (text: string): number => {
  let mixed = 0x811c9dc5
  for (const character of text) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193)
  return mixed >>> 0
}

export const drawsOf = (seed: number, actor: string): Draws => {
  const random = createRandom(seed ^ hash(actor))
  const between = (low: number, high: number) => low + (high - low) * random()
  return {
    random,
    happens: (chance) => random() < chance,
    between,
    wait: (mean) => Math.min(-Math.log(1 - random()) * mean, mean * 5),
    pick: (from) => from[Math.floor(random() * from.length)],
    weighed: (weights) => {
      const names = Object.keys(weights) as (keyof typeof weights)[]
      let ticket = random() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        ticket -= weights[name]
        if (ticket < 0) return name
      }
      return names.at(-1) as keyof typeof weights
    },
  }
}
