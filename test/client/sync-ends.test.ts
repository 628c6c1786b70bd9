import { describe, expect, test } from 'vitest'
import { createWorld, enter, type PersonTraits } from './simulated/people.ts'
import type { PlayerTraits } from './simulated/player.ts'
import { MEDIA } from './simulated/room-server.ts'

const exact = { latency: 200, rateError: 0 }

/** One viewer of a film of a minute, half a minute after the host has started it near its end. */
const watchEnd = async (
  player: PlayerTraits,
  roomDuration: number | null,
  more: Partial<PersonTraits> = {},
  seed = 3,
) => {
  const world = createWorld(seed, { ...MEDIA, duration: roomDuration })
  const host = enter(world, { name: 'host', player: { ...exact, end: { duration: 60 } } })
  const ana = enter(world, { name: 'ana', player, ...more })
  await world.time.pass(3_000)
  host.session.play(40)
  await world.time.pass(40_000)
  return { world, host, ana }
}

describe.each([
  ['a player that says when it has ended', { end: { duration: 60 } }, 60],
  ['one that only tells its duration', { end: { duration: 60, saysEnded: false } }, 60],
  [
    'one that tells nothing, in a room that knows nothing',
    { end: { duration: 60, saysEnded: false, tellsDuration: false } },
    null,
  ],
  ['an embed', { end: { duration: 60 }, saysObeys: true }, 60],
  ['an embed of a film that is shorter than the room believes', { end: { duration: 60 }, saysObeys: true }, 600],
  ['one that does not say when it has ended', { end: { duration: 60, saysEnded: false }, saysObeys: true }, 600],
  ['a file that ends 0.8 s before what the room says', { end: { duration: 59.2, tellsDuration: false } }, 60],
  ['a file that ends 2.5 s before what the room says', { end: { duration: 57.5, tellsDuration: false } }, 60],
] satisfies [string, Partial<PlayerTraits>, number | null][])('%s', (_title, traits, roomDuration) => {
  test.each([true, false])('is not started again at its end; nudging %s', async (canNudge) => {
    for (const latency of [80, 150, 200, 340]) {
      const { ana } = await watchEnd({ latency, rateError: 0, canNudge, ...traits }, roomDuration)
      expect(ana.player.restarts).toBe(0)
      expect(ana.player.truth()).toBeCloseTo(traits.end.duration, 1)
      expect(ana.player.isMoving()).toBe(false)
    }
  })
})

test.each([
  ['an embed that runs ahead, within what is left alone', { startLatency: 100, canNudge: false }, 60, {}],
  [
    'a player that tells no duration, in a room that knows none',
    { startLatency: 300 },
    null,
    { tellsDuration: false, saysEnded: false },
  ],
  ['a room that believes in half a second more than the file has', { startLatency: 300 }, 60.5, { saysEnded: false }],
] as const)('no film begins again at its end in ten showings: %s', async (_title, traits, roomDuration, end) => {
  for (let showing = 0; showing < 10; showing += 1) {
    const startLatency = traits.startLatency + showing
    const { world, ana } = await watchEnd(
      { ...exact, latency: 300, ...traits, startLatency, end: { duration: 60, ...end } },
      roomDuration,
      {},
      showing,
    )
    await world.time.pass(10_000)
    expect(ana.player.restarts).toBe(0)
    expect(ana.player.truth()).toBeCloseTo(60, 1)
  }
})

describe('after the end', () => {
  test('a command to go back starts it from there, in step', async () => {
    const { world, host, ana } = await watchEnd({ ...exact, end: { duration: 60 } }, 60)
    host.session.seek(50)
    await world.time.pass(3_000)
    expect(ana.player.isMoving()).toBe(true)
    expect(Math.abs(ana.player.truth() - host.player.truth())).toBeLessThan(0.05)
    expect(ana.player.restarts + host.player.restarts).toBe(0)
    await world.time.pass(20_000)
    host.session.play(0)
    await world.time.pass(3_000)
    expect(ana.player.isMoving()).toBe(true)
    expect(Math.abs(ana.player.truth() - host.player.truth())).toBeLessThan(0.05)
  })

  test('the room is paused at its end, and skipping counts from there', async () => {
    const { ana } = await watchEnd({ ...exact, end: { duration: 60 } }, 60)
    expect(ana.session.phase()).toBe('paused')
    expect(ana.session.position()).toBe(60)
  })

  test('where only the player knows the duration, too', async () => {
    const { ana } = await watchEnd({ ...exact, end: { duration: 60 } }, null)
    expect(ana.session.phase()).toBe('paused')
    expect(ana.session.position()).toBe(60)
  })

  test.each([
    ['', {}, 60],
    [', in an embed as well', { saysObeys: true }, 60],
    [' of a film that is shorter than the room believes', { saysObeys: true }, 600],
    [' where nobody knows how long it is', { saysObeys: true }, null],
  ])('a newcomer stands on the last picture%s, and the room is over there', async (_title, traits, roomDuration) => {
    for (const saysEnded of [true, false]) {
      const player = { ...exact, ...traits, end: { duration: 60, saysEnded } }
      const { world } = await watchEnd(player, roomDuration)
      const late = enter(world, { name: 'late', player })
      await world.time.pass(3_000)
      expect([late.player.truth(), late.player.restarts, late.player.isMoving()]).toEqual([60, 0, false])
      expect([late.session.phase(), late.session.position()]).toEqual(['paused', 60])
    }
  })

  test('an embed that goes to a place beside the end of a film that is shorter than the room believes ends with it', async () => {
    const { world, host } = await watchEnd({ ...exact, end: { duration: 60 } }, 600)
    host.session.seek(57)
    const late = enter(world, { name: 'late', player: { ...exact, end: { duration: 60 }, saysObeys: true } })
    await world.time.pass(8_000)
    expect([late.player.truth(), late.player.restarts, late.player.isMoving()]).toEqual([60, 0, false])
    expect([late.session.phase(), late.session.position()]).toEqual(['paused', 60])
  })

  test('of a film that is shorter than the room believes, an embed that the browser did not start knows it as well', async () => {
    const world = createWorld(3, { ...MEDIA, duration: 600 })
    const host = enter(world, { name: 'host', player: { ...exact, end: { duration: 60 } } })
    const ana = enter(world, { name: 'ana', player: { ...exact, end: { duration: 60 }, saysObeys: true } })
    ana.player.play = () => {
      throw Object.assign(new Error('no gesture'), { name: 'NotAllowedError' })
    }
    await world.time.pass(3_000)
    host.session.play(40)
    await world.time.pass(40_000)
    expect(ana.session.store.get().isPlaybackBlocked).toBe(true)
    expect([ana.session.phase(), ana.session.position()]).toEqual(['paused', 60])
  })

  test('a player that comes late sees the rest', async () => {
    const world = createWorld(3, { ...MEDIA, duration: 60 })
    const host = enter(world, { name: 'host', player: { ...exact, end: { duration: 60 } } })
    const beginning = { from: () => 0, to: () => 0, isTold: true }
    await world.time.pass(3_000)
    host.session.play(50)
    await world.time.pass(5_000)
    const late = enter(world, { name: 'late', player: { ...exact, end: { duration: 60 }, reach: beginning } })
    await world.time.pass(20_000)
    expect(host.player.truth()).toBe(60)
    expect(late.player.isMoving()).toBe(true)
    await world.time.pass(60_000)
    expect(late.player.truth()).toBe(60)
    expect(late.player.restarts).toBe(0)
  })

  test('a player that began again by itself is stopped', async () => {
    const { world, ana } = await watchEnd({ ...exact, end: { duration: 60 } }, 60)
    ana.player.play()
    await world.time.pass(3_000)
    expect(ana.player.isMoving()).toBe(false)
    expect(ana.player.truth()).toBe(60)
  })

  test('a film that is longer than the room believes stops where the room does', async () => {
    const { ana } = await watchEnd({ ...exact, end: { duration: 600 } }, 60)
    expect(ana.player.isMoving()).toBe(false)
    expect(ana.player.truth()).toBeCloseTo(60, 0)
  })
})

describe('a player that something else pauses', () => {
  test('is not started again until the person says so', async () => {
    const world = createWorld(1)
    const host = enter(world, { name: 'host', player: exact })
    const ana = enter(world, { name: 'ana', player: exact })
    await world.time.pass(3_000)
    host.session.play(0)
    await world.time.pass(5_000)
    ana.player.meddle(true)
    await world.time.pass(400)
    expect(ana.session.store.get()).toMatchObject({ isPlaybackBlocked: true, player: { hold: 'stopped' } })
    await world.time.pass(20_000)
    expect(ana.player.isMoving()).toBe(false)
    ana.session.unblock()
    await world.time.pass(3_000)
    expect(ana.session.store.get()).toMatchObject({ isPlaybackBlocked: false, player: { hold: null } })
    expect(Math.abs(ana.player.truth() - host.player.truth())).toBeLessThan(0.05)
  })

  test('goes on with the room where it is started from outside again, and after the room has paused', async () => {
    const world = createWorld(1)
    const host = enter(world, { name: 'host', player: exact })
    const ana = enter(world, { name: 'ana', player: exact })
    await world.time.pass(3_000)
    host.session.play(0)
    for (const goOn of [() => ana.player.meddle(false), () => host.session.pause()]) {
      await world.time.pass(5_000)
      ana.player.meddle(true)
      await world.time.pass(3_000)
      expect(ana.session.store.get().player.hold).toBe('stopped')
      goOn()
      await world.time.pass(4_000)
      expect(ana.session.store.get().player.hold).toBeNull()
      expect(Math.abs(ana.player.truth() - host.player.truth())).toBeLessThan(0.05)
    }
    host.session.play()
    await world.time.pass(3_000)
    expect(ana.player.isMoving()).toBe(true)
  })

  test('is not taken for one where a single reading says so', async () => {
    const world = createWorld(1)
    const host = enter(world, { name: 'host', player: exact })
    await world.time.pass(3_000)
    host.session.play(0)
    await world.time.pass(5_000)
    host.player.meddle(true)
    await world.time.pass(60)
    host.player.meddle(false)
    await world.time.pass(2_000)
    expect(host.session.store.get().player.hold).toBeNull()
    expect(host.player.isMoving()).toBe(true)
  })
})

test.each([Number.NaN, 0, Number.POSITIVE_INFINITY])(
  'a player that calls its duration %s before it knows it plays in step',
  async (duration) => {
    const world = createWorld(3, { ...MEDIA, duration: null })
    const { session, player } = enter(world, { name: 'host' })
    session.attach({ ...player, read: () => ({ ...player.read(), duration }) })
    await world.time.pass(3_000)
    session.play(40)
    await world.time.pass(10_000)
    expect(player.isMoving()).toBe(true)
    expect(session.drift()).toBeLessThan(50)
    expect(session.store.get().player.duration).toBeNull()
  },
)
