import { describe, expect, test } from 'vitest'
import { shownDuration } from '../../client/room/shown-playback.ts'
import { createEmbedPlayer } from '../../web/players/embed-player.ts'
import { createWorld, enter } from '../client/simulated/people.ts'
import { createEmbed, type EmbedTraits } from './simulated-embed.ts'

const exact = { latency: 200, rateError: 0 }
const IN_STEP_SECONDS = 0.5

/** A viewer in an embed who comes into a room that has played for a minute. */
const watch = async (traits: EmbedTraits) => {
  const world = createWorld(3)
  const { time } = world
  const host = enter(world, { name: 'host', player: exact })
  await time.pass(3_000)
  host.session.play(0)
  await time.pass(60_000)
  const late = enter(world, { name: 'late' })
  const embed = createEmbed(time, traits)
  const player = createEmbedPlayer(embed.element, {
    now: late.device.runtime.now,
    isDragging: () => false,
    hasFailed: () => false,
    serverNow: () => null,
    liveOrigin: () => undefined,
  })
  const detach = late.session.attach(player)
  const said: { at: number; hindrance: string | null }[] = []
  const begin = time.now()
  let moving = 0
  /** Lets so many seconds pass and looks ten times in each. Milliseconds count from when the viewer came. */
  const look = async (seconds: number) => {
    for (let n = 0; n < seconds * 10; n += 1) {
      await time.pass(100)
      if (embed.isMoving()) moving += 1
      said.push({ at: time.now() - begin, hindrance: late.session.store.get().player.hindrance })
    }
  }
  const apart = () => Math.abs(embed.truth() - host.player.truth())
  return { host, late, embed, player, look, apart, said, moving: () => moving, detach }
}

const adOf = (ms: number, from = 0) => [{ from, to: from + ms }]

describe.each([
  ['says that it has not begun', -1],
  ['says that it is cued', 5],
  ['says that it plays', 1],
  ['says that it is loading', 3],
  ['says that it is paused', 2],
  ['is none of YouTube’s and says that it is paused', undefined],
])('an embed that shows an advertisement and %s', (_title, adState) => {
  const traits = (ms: number, from = 0): EmbedTraits => ({
    ads: adOf(ms, from),
    ...(adState !== undefined && { adState }),
  })

  test.each([15_000, 40_000])('of %i ms first is let through, and comes to the room afterwards', async (ms) => {
    const { host, late, look, apart, said } = await watch(traits(ms))
    await look(ms / 1000)
    expect(said.find(({ hindrance }) => hindrance === 'disobeys')?.at).toBeLessThan(14_000)
    expect(late.session.store.get().player.hindrance).toBe('disobeys')
    await look(8)
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
    expect(late.session.store.get().player.hindrance).toBeNull()
    host.session.seek(400)
    await look(8)
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
    expect(new Set(said.map(({ hindrance }) => hindrance))).toEqual(new Set([null, 'disobeys']))
  })

  test('in the middle of the film is no pause, unless it says that it is one', async () => {
    const { late, look, apart } = await watch(traits(20_000, 60_000))
    await look(60)
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
    await look(15)
    const { hold, hindrance } = late.session.store.get().player
    const isPause = adState === 2 || adState === undefined
    expect({ hold, hindrance }).toEqual(
      isPause ? { hold: 'stopped', hindrance: null } : { hold: null, hindrance: 'disobeys' },
    )
    await look(13)
    if (!isPause) expect(apart()).toBeLessThan(IN_STEP_SECONDS)
  })

  test.each([
    ['first', 0],
    ['in the middle of the film', 60_000],
  ])('%s leaves the room where it is, also where the room pauses meanwhile', async (_title, from) => {
    for (const pausesAt of [null, 3, 12]) {
      const { host, late, look, apart } = await watch(traits(15_000, from))
      const { session } = late
      await look(1)
      const shown: { apart: number; phase: string; duration: number | null }[] = []
      session.store.subscribe(() => {
        const duration = shownDuration(session.store.get())
        shown.push({ apart: Math.abs(session.position() - host.session.position()), phase: session.phase(), duration })
      })
      await look(from / 1000 + (pausesAt ?? 14))
      if (pausesAt !== null) {
        expect(new Set(shown.map(({ phase }) => phase)).has('paused')).toBe(false)
        host.session.pause()
        await look(40)
        expect(Math.abs(session.position() - host.session.position())).toBeLessThan(0.5)
        host.session.play()
      }
      expect(Math.min(...shown.map(({ duration }) => duration ?? 0))).toBeGreaterThan(3_000)
      expect(Math.max(...shown.map((one) => one.apart))).toBeLessThan(0.5)
      await look(20)
      if (pausesAt === null && from === 0) expect(apart()).toBeLessThan(IN_STEP_SECONDS)
    }
  })

  test('is told little meanwhile', async () => {
    const { embed, look } = await watch(traits(60_000))
    await look(60)
    expect(embed.calls.play).toBeLessThan(16)
    expect(embed.calls.pause).toBeLessThan(6)
    expect(embed.calls.seek).toBeLessThan(6)
  })
})

describe.each([1_000, 3_000, 4_500, 6_000, 8_000, 10_000])('an embed whose seeks take %i ms', (seek) => {
  test.each([
    ['of YouTube', -1],
    ['of another service', undefined],
  ])('%s is aimed that far ahead, and follows commands', async (_title, adState) => {
    const { host, look, apart, moving, said } = await watch({ seek, ...(adState !== undefined && { adState }) })
    await look(120)
    expect(moving()).toBeGreaterThan(0.7 * 1_200)
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
    expect(new Set(said.map(({ hindrance }) => hindrance))).toEqual(new Set([null]))
    host.session.seek(1_000)
    await look(30)
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
  })
})

test('an embed that plays on in a room that pauses is told so once a second, and is let through', async () => {
  const { host, late, embed, look, apart } = await watch({ adState: 1, ads: adOf(20_000, 60_000) })
  await look(61)
  const before = embed.calls.pause
  host.session.pause()
  await look(10)
  expect(embed.calls.pause - before).toBeLessThan(11)
  expect(late.session.store.get().player.hindrance).toBe('disobeys')
  await look(15)
  expect(late.session.store.get().player.hindrance).toBeNull()
  expect(apart()).toBeLessThan(IN_STEP_SECONDS)
})

test('an embed that shows an advertisement in a paused room is shielded', async () => {
  const { host, late, look, said } = await watch({ adState: -1, ads: adOf(600_000) })
  host.session.pause()
  await look(30)
  expect(new Set(said.map(({ hindrance }) => hindrance))).toEqual(new Set([null]))
  expect(late.session.store.get().player.hold).toBeNull()
})

describe('a broadcast in an embed', () => {
  test.each([
    ['from the beginning', 0],
    ['after it was sought in as in a recording', 3_000],
  ])('that says it is one %s plays at its edge', async (_title, toldAfter) => {
    const { embed, look } = await watch({ adState: -1, live: { began: 7_200, toldAfter } })
    await look(15)
    expect(embed.isMoving()).toBe(true)
    expect(embed.behind()).toBeLessThan(5)
  })

  test('is at its edge again after a pause, and says meanwhile how far it is behind', async () => {
    const { host, embed, player, look } = await watch({ adState: -1, live: { began: 7_200, toldAfter: 0 } })
    await look(15)
    host.session.pause()
    await look(60)
    expect(player.behind()).toBeGreaterThan(55)
    host.session.play()
    await look(10)
    expect(player.behind()).toBeLessThan(5)
    expect(embed.calls.seek).toBe(2)
  })
})

describe.each([
  ['YouTube’s', { adState: -1 }],
  ['another one', {}],
] satisfies [string, EmbedTraits][])('a pause within an embed, %s', (_title, traits) => {
  test.each([0, 100, 400, 3_000])('%i ms after it began to move is left to the person', async (ms) => {
    const { late, embed, look, apart } = await watch(traits)
    const hold = () => late.session.store.get().player.hold
    for (let n = 0; n < 100 && !embed.isMoving(); n += 1) await look(0.1)
    await look(ms / 1000)
    embed.meddle(true)
    await look(0.8)
    expect([hold(), embed.isMoving()]).toEqual(['stopped', false])
    const { play } = embed.calls
    await look(20)
    expect([hold(), embed.calls.play]).toEqual(['stopped', play])
    late.session.unblock()
    await look(6)
    expect(hold()).toBeNull()
    expect(apart()).toBeLessThan(IN_STEP_SECONDS)
  })

  test('that is told late, of what was asked of it before it was started, is none', async () => {
    const { late, embed, look, said } = await watch(traits)
    for (let n = 0; n < 100 && !embed.isMoving(); n += 1) await look(0.1)
    embed.meddle(true)
    await look(0.3)
    embed.meddle(false)
    await look(5)
    expect(said.filter(({ hindrance }) => hindrance !== null)).toEqual([])
    expect(late.session.store.get().player.hold).toBeNull()
    expect(embed.isMoving()).toBe(true)
  })
})
