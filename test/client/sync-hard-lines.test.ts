import { describe, expect, test } from 'vitest'
import { createWorld, enter, type Person, type World } from './simulated/people.ts'
import type { PlayerTraits } from './simulated/player.ts'
import { between, chooseSeed } from './simulated/seeded-random.ts'

const exact = { latency: 200, rateError: 0 }
const MOVING_SHARE = 0.7

/** Two minutes of a newcomer to a room that has played for a minute: how much of them the picture moved, and what was said. */
const watch = async (world: World, player: PlayerTraits) => {
  const host = enter(world, { name: 'host', player: exact })
  await world.time.pass(3_000)
  host.session.play(0)
  await world.time.pass(60_000)
  const late = enter(world, { name: 'late', player })
  const said = new Set<string>()
  let moving = 0
  for (let n = 0; n < 1_200; n += 1) {
    await world.time.pass(100)
    if (late.player.isMoving()) moving += 1
    const { hindrance } = late.session.store.get().player
    if (hindrance !== null) said.add(hindrance)
  }
  return { host, late, moving: moving / 1_200, said, hindrance: late.session.store.get().player.hindrance }
}

const apart = (one: Person, other: Person) => Math.abs(one.player.truth() - other.player.truth())

describe('a line that is slower than the video', () => {
  test.each([
    [0.7, true],
    [0.7, false],
    [0.5, true],
    [0.3, true],
  ])('brings %f of it: few seeks, and the sentence; nudging %s', async (line, canNudge) => {
    const { late, moving, hindrance } = await watch(createWorld(2), { ...exact, line, canNudge })
    expect(hindrance).toBe('too slow')
    expect(late.player.seeks.length).toBeLessThan(9)
    expect(moving).toBeGreaterThan(line * 0.6)
  })

  test('that gets better is forgotten: the player comes back to the room', async () => {
    const world = createWorld(2)
    const traits: PlayerTraits = { ...exact, line: 0.6 }
    const { host, late } = await watch(world, traits)
    expect(late.session.store.get().player.hindrance).toBe('too slow')
    traits.line = 20
    await world.time.pass(5 * 60_000)
    expect(late.session.store.get().player.hindrance).toBeNull()
    expect(apart(host, late)).toBeLessThan(0.05)
  })
})

describe('seeks that take long', () => {
  test.each([true, false])(
    '3 to 10 s, each time another: the picture moves most of the time; nudging %s',
    async (canNudge) => {
      const seed = chooseSeed('slow seeks')
      for (let run = 0; run < 10; run += 1) {
        const world = createWorld(seed + run)
        const latency = () => between(world.random, 3_000, 10_000)
        const { moving, said } = await watch(world, { latency, startLatency: 300, rateError: 0, canNudge })
        if (!said.has('too slow')) expect(moving).toBeGreaterThan(MOVING_SHARE)
      }
    },
  )

  test.each([3_000, 6_000, 10_000])('of %i ms are aimed that far ahead', async (latency) => {
    const { host, late, moving } = await watch(createWorld(4), { latency, startLatency: 300, rateError: 0 })
    expect(moving).toBeGreaterThan(MOVING_SHARE)
    expect(apart(host, late)).toBeLessThan(1.5)
  })
})

describe('a newcomer sees the film', () => {
  test.each([
    ...[3_300, 3_600, 4_200, 5_000, 6_000].map(
      (latency) => ['on a slow network', { latency, startLatency: 300 }] as const,
    ),
    ...[3_000, 3_500, 4_000, 5_000].map((startLatency) => ['slow to start', { latency: 300, startLatency }] as const),
    ...[2_300, 2_600, 3_000, 4_000].map(
      (latency) => ['an embed', { latency, startLatency: 300, canNudge: false }] as const,
    ),
  ])('%s: %o', async (_who, player) => {
    const { moving } = await watch(createWorld(3), { rateError: 0, ...player })
    expect(moving).toBeGreaterThan(MOVING_SHARE)
  })
})

describe('a player that cannot be seeked', () => {
  const beginning = { from: () => 0, to: () => 0 }

  test.each([
    ['says so', { ...beginning, isTold: true }],
    ['is found out', beginning],
  ])('plays from where it is, and the person is told, where it %s', async (_title, reach) => {
    const { late, moving, hindrance } = await watch(createWorld(5), { ...exact, reach })
    expect(hindrance).toBe('cannot jump')
    expect(late.player.seeks.length).toBeLessThan(3)
    expect(moving).toBeGreaterThan(MOVING_SHARE)
  })

  test('stands still for a moment where the room goes back a little', async () => {
    const world = createWorld(5)
    const host = enter(world, { name: 'host', player: exact })
    const ana = enter(world, { name: 'ana', player: { ...exact, reach: { ...beginning, isTold: true } } })
    await world.time.pass(3_000)
    host.session.play(0)
    await world.time.pass(60_000)
    host.session.seek(50)
    await world.time.pass(25_000)
    expect(apart(host, ana)).toBeLessThan(0.05)
    expect(ana.player.seeks).toEqual([0])
  })

  test('begins anew where the room does', async () => {
    const world = createWorld(5)
    const host = enter(world, { name: 'host', player: exact })
    const ana = enter(world, { name: 'ana', player: { ...exact, reach: { ...beginning, isTold: true } } })
    await world.time.pass(3_000)
    host.session.play(0)
    await world.time.pass(100_000)
    host.session.play(0)
    await world.time.pass(30_000)
    expect(apart(host, ana)).toBeLessThan(0.3)
  })
})

describe('a place that the stream does not have', () => {
  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('is not asked for again and again; told %s, nudging %s', async (isTold, canNudge) => {
    const world = createWorld(6)
    const edge = () => 3_600 + world.time.now() / 1000
    const reach = { from: () => edge() - 60, to: edge, isTold }
    const { late, moving, hindrance } = await watch(world, { ...exact, reach, canNudge })
    expect(['out of reach', 'cannot jump']).toContain(hindrance)
    expect(late.player.seeks.length).toBeLessThan(4)
    expect(moving).toBeGreaterThan(MOVING_SHARE)
  })
})

test('a player that loads without end says so', async () => {
  const world = createWorld(7)
  const host = enter(world, { name: 'host', player: exact })
  await world.time.pass(3_000)
  host.session.play(0)
  await world.time.pass(5_000)
  host.player.stall(60_000)
  await world.time.pass(15_000)
  expect(host.session.store.get().player.hindrance).toBeNull()
  await world.time.pass(10_000)
  expect(host.session.store.get().player.hindrance).toBe('too slow')
  await world.time.pass(60_000)
  expect(host.session.store.get().player.hindrance).toBeNull()
})

test('a player that is loading one place is sent to another by a command', async () => {
  const world = createWorld(8)
  const host = enter(world, { name: 'host', player: exact })
  await world.time.pass(3_000)
  host.session.play(0)
  await world.time.pass(5_000)
  host.player.stall(600_000)
  host.session.seek(300)
  await world.time.pass(3_000)
  expect(host.player.truth()).toBeGreaterThan(300)
  expect(host.player.isMoving()).toBe(true)
})

test('a player that is moved while its seek is under way goes back to where the room stands', async () => {
  const world = createWorld(1)
  const { session, player } = enter(world, { name: 'host' })
  await world.time.pass(3_000)
  session.seek(100)
  await world.time.pass(300)
  player.drag(true, 500)
  player.drag(false)
  await world.time.pass(10_000)
  expect(player.truth()).toBe(100)
  expect(session.store.get().player.hindrance).toBeNull()
})
