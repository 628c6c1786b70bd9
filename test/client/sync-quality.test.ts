import { describe, expect, test } from 'vitest'
import { EPOCH } from './simulated/network.ts'
import { createWorld, enter, type Person } from './simulated/people.ts'
import { between, chooseSeed } from './simulated/seeded-random.ts'

const CLOCK_ERRORS_MS = [-3_000, 700, 40_000]
const RUNS = Number(process.env.RUNS ?? 20)
const SAMPLE_MS = 100
const TARGET_MS = 40

const percentile = (values: number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds between the one furthest ahead and the one furthest behind. */
const spread = (people: Person[]): number => {
  const positions = people.map(({ player }) => player.truth() * 1000)
  return Math.max(...positions) - Math.min(...positions)
}

/** Two minutes of one room of three, from the host's PLAY. */
const watch = async (seed: number, roundTrip: number, latencyOfAStart?: () => number) => {
  const world = createWorld(seed)
  const { time, random, room } = world
  const people = CLOCK_ERRORS_MS.map((clockError, index) =>
    enter(world, {
      name: index === 0 ? 'host' : `viewer ${index}`,
      link: { roundTrip, jitter: 0.3, loss: 0.01 },
      clockError,
      clockDrift: between(random, -30e-6, 30e-6),
      player: {
        latency: between(random, 150, 600),
        ...(latencyOfAStart === undefined ? {} : { startLatency: latencyOfAStart() }),
        rateError: between(random, -0.001, 0.001),
        readingNoise: 0.004,
        badReadings: 0.02,
      },
    }),
  )
  await time.pass(4_000)
  people[0]?.session.play(0)
  while (room.playback.at > EPOCH + time.now() || !room.playback.is_playing) await time.pass(10)
  const spreads: number[] = []
  let seeksAfterStart = 0
  for (let sample = 0; sample < 120_000 / SAMPLE_MS; sample += 1) {
    const moving = people
      .filter(({ player }) => player.isMoving())
      .map(({ player }) => ({ player, before: player.seeks.length }))
    await time.pass(SAMPLE_MS)
    seeksAfterStart += moving.filter(({ player, before }) => player.seeks.length > before).length
    spreads.push(spread(people))
  }
  const converged = spreads.findIndex((_, index) =>
    spreads.slice(index, index + 10).every((value) => value <= TARGET_MS),
  )
  return { spreads: spreads.slice(3_000 / SAMPLE_MS), convergedMs: (converged + 1) * SAMPLE_MS, seeksAfterStart }
}

const measure = async (name: string, roundTrip: number, latencyOfAStart?: (random: () => number) => number) => {
  const seed = chooseSeed(name)
  const runs: Awaited<ReturnType<typeof watch>>[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const { random } = createWorld(seed + 1_000_003 * run)
    runs.push(await watch(seed + run, roundTrip, latencyOfAStart && (() => latencyOfAStart(random))))
  }
  const spreads = runs.flatMap((run) => run.spreads)
  const converged = runs.map((run) => run.convergedMs)
  const figures = {
    p50: percentile(spreads, 0.5),
    p95: percentile(spreads, 0.95),
    convergedP50: percentile(converged, 0.5),
    convergedP90: percentile(converged, 0.9),
    convergedMost: Math.max(...converged),
    seeksAfterStart: runs.reduce((sum, run) => sum + run.seeksAfterStart, 0),
  }
  console.log(`${name}, ${RUNS} runs of 3 viewers and 2 minutes: ${JSON.stringify(figures)}`)
  return figures
}

describe('three viewers with clocks off by -3 s, +0.7 s and +40 s, jitter of 30 %, loss of 1 % and unequal players', () => {
  for (const roundTrip of [20, 80, 250])
    test(`are together within 40 ms, 3 s after PLAY, and stay so without a seek, at a round trip of ${roundTrip} ms`, async () => {
      const figures = await measure(`spread at ${roundTrip} ms`, roundTrip)
      expect(figures.p95).toBeLessThanOrEqual(TARGET_MS)
      expect(figures.convergedP50).toBeLessThanOrEqual(2_000)
      expect(figures.convergedP90).toBeLessThanOrEqual(3_000)
      expect(figures.seeksAfterStart).toBe(0)
    }, 60_000)

  test('are together as soon where a slow seek made the first start far too early', async () => {
    const figures = await measure('quick start at 250 ms', 250, () => 50)
    expect(figures.p95).toBeLessThanOrEqual(TARGET_MS)
    expect(figures.convergedP90).toBeLessThanOrEqual(3_000)
    expect(figures.seeksAfterStart).toBe(0)
  }, 60_000)

  test('come together all the same where starting takes another time than the seek has shown', async () => {
    const figures = await measure('start unlike seek at 80 ms', 80, (random) => between(random, 150, 600))
    expect(figures.p95).toBeLessThanOrEqual(TARGET_MS * 4)
    expect(figures.convergedMost).toBeLessThanOrEqual(12_000)
    expect(figures.seeksAfterStart).toBe(0)
  }, 60_000)
})
