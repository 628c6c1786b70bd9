import { describe, expect, test } from 'vitest'
import type { Player } from '../../client/sync/player.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { EPOCH } from './simulated/network.ts'
import { createWorld, enter, type Person, type World } from './simulated/people.ts'
import type { PlayerTraits } from './simulated/player.ts'
import { MEDIA } from './simulated/room-server.ts'

const steady: PlayerTraits = { latency: 200, rateError: 0 }

const cut = ({ room }: World, name: string) => {
  for (const socket of [...room.sockets].filter(({ token }) => token === name)) {
    socket.close()
    socket.received({ type: 'close' })
  }
}

const together = async (playerTraits: PlayerTraits = steady) => {
  const world = createWorld()
  const host = enter(world, { name: 'host', player: steady })
  const ana = enter(world, { name: 'ana', clockError: 40_000, player: playerTraits })
  await world.time.pass(3_000)
  return { ...world, world, host, ana }
}

const playing = async (playerTraits?: PlayerTraits) => {
  const all = await together(playerTraits)
  all.host.session.play(10)
  await all.time.pass(3_000)
  return all
}

/** Milliseconds that this person's picture is ahead of the room. */
const ahead = ({ time, room }: World, { player }: Person) => {
  const { playback } = room
  return (player.truth() - playback.time) * 1000 - (EPOCH + time.now() - playback.at) * playback.rate
}

describe('the store', () => {
  test('asks again for what the room is called where no answer came', async () => {
    const world = createWorld()
    world.room.instead = ({ path }) => (path.endsWith('/detail') ? { status: 503, body: {} } : undefined)
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(3_000)
    expect(session.store.get()).toMatchObject({ connection: { status: 'open' }, room: null })
    world.room.instead = undefined
    await world.time.pass(5_000)
    expect(session.store.get().room?.name).toBe('Film night')
  })

  test('holds people, chat, playback, media, room and connection', async () => {
    const { ana } = await together()
    const state = ana.session.store.get()
    expect(state).toMatchObject({ connection: { status: 'open' }, media: MEDIA, playback: { version: 1 } })
    expect(state.room?.name).toBe('Film night')
    expect(state.people.list.map(({ name }) => name)).toEqual(['host', 'ana'])
  })

  test('tells its listeners of changes only, and no longer once they cancelled', async () => {
    const { ana, room, time } = await together()
    let told = 0
    const cancel = ana.session.store.subscribe(() => {
      told += 1
    })
    const said = room.say('host', 'Hello')
    room.tell({ type: 'CHAT_MESSAGE', ...said })
    await time.pass(200)
    cancel()
    room.say('host', 'Bye')
    await time.pass(200)
    expect([told, ana.session.store.get().messages.length]).toEqual([1, 2])
  })
})

describe("the host's commands", () => {
  test('show at once, and the picture starts at the scheduled instant, together', async () => {
    const { host, ana, time, room, world } = await together()
    expect([host.session.phase(), host.session.position()]).toEqual(['paused', 0])
    host.session.play(10)
    expect([host.session.phase(), ana.session.phase()]).toEqual(['starting', 'paused'])
    await time.pass(300)
    expect([host.session.phase(), ana.session.phase()]).toEqual(['starting', 'starting'])
    expect(host.player.isMoving()).toBe(false)
    await time.pass(room.playback.at - EPOCH - time.now() + 60)
    expect([host.session.phase(), ana.session.phase()]).toEqual(['playing', 'playing'])
    await time.pass(1_500)
    for (const person of [host, ana]) expect(Math.abs(ahead(world, person))).toBeLessThan(15)
    expect(ana.session.position()).toBeCloseTo(ana.player.truth(), 1)
  })

  test('pause the own picture from the click, and the others on the same picture', async () => {
    const { host, ana, time } = await playing()
    host.session.pause()
    expect(host.session.phase()).toBe('paused')
    await time.pass(60)
    expect(host.player.read().paused).toBe(true)
    await time.pass(1_000)
    expect(Math.abs(host.player.truth() - ana.player.truth())).toBeLessThanOrEqual(0.08)
  })

  test('seek while playing, and all go on together from there', async () => {
    const { host, ana, time, world } = await playing()
    host.session.seek(600)
    expect(host.session.position()).toBe(600)
    await time.pass(4_000)
    for (const person of [host, ana]) {
      expect(person.player.truth()).toBeGreaterThan(602)
      expect(Math.abs(ahead(world, person))).toBeLessThan(15)
    }
  })

  test('are sent again after 1.5 s without an echo, with the same ref, and not once it was heard', async () => {
    const { host, time, room } = await together()
    let lose = 2
    room.loses = ({ type }) => type === 'PLAY' && lose-- > 0
    host.session.play(10)
    await time.pass(1_600)
    expect(host.session.store.get().intent).toEqual({ type: 'PLAY', time: 10 })
    await time.pass(10_000)
    const sends = host.device.sent.filter(({ type }) => type === 'PLAY').map(({ at }) => at)
    expect(sends.map((at) => at - (sends[0] ?? 0))).toEqual([0, 1_500, 3_000])
    expect(host.session.store.get().intent).toBeNull()
    expect(room.playback.version).toBe(2)
  })

  test('go out as soon as a lost connection is back', async () => {
    const { host, time, room, world } = await together()
    cut(world, 'host')
    await time.pass(50)
    host.session.play(10)
    await time.pass(1_200)
    expect(room.playback).toMatchObject({ is_playing: true, version: 2 })
  })

  test('of somebody who is not the host are given up, and change nothing', async () => {
    const { ana, time, room } = await together()
    ana.session.pause()
    ana.session.seek(5)
    await time.pass(10_000)
    expect(ana.device.sent.filter(({ type }) => type === 'SEEK')).toHaveLength(4)
    expect([ana.session.store.get().intent, room.playback.version]).toEqual([null, 1])
  })
})

describe('a missed command', () => {
  test('shows in the PONG of a PING 2 to 4 s after the next command, and is asked for once', async () => {
    const { host, ana, time, room } = await playing()
    const before = ana.device.sent.length
    room.mutes = (event, { token }) => event.type === 'PAUSE' && token === 'ana'
    host.session.seek(100)
    await time.pass(500)
    host.session.pause(101)
    await time.pass(4_000)
    expect(ana.session.store.get().playback).toMatchObject({ is_playing: false, time: 101 })
    expect(ana.player.read().paused).toBe(true)
    expect(ana.device.sent.slice(before).map(({ type }) => type)).toEqual(['PING', 'SYNC_REQUEST'])
  })

  test('is asked for again where the answer is lost too', async () => {
    const { host, ana, time, room } = await playing()
    room.mutes = ({ type }, { token }) => type === 'PAUSE' && token === 'ana'
    room.loses = ({ type }) => type === 'SYNC_REQUEST'
    host.session.pause(50)
    await time.pass(1_000)
    ana.session.wake()
    await time.pass(2_500)
    room.loses = () => false
    ana.session.wake()
    await time.pass(1_500)
    expect(ana.session.store.get().playback).toMatchObject({ is_playing: false, time: 50 })
  })
})

describe('a player', () => {
  test('of a late joiner starts with the room, after one seek', async () => {
    const { world, time } = await playing()
    await time.pass(60_000)
    const late = enter(world, { name: 'late', clockError: -3_000, player: { latency: 500, rateError: 0.001 } })
    await time.pass(4_000)
    expect(Math.abs(ahead(world, late))).toBeLessThan(20)
    expect(late.player.seeks).toHaveLength(1)
  })

  test('that stalled for long goes back to the room with one seek, and for a moment by nudges alone', async () => {
    const { world, ana, time } = await playing()
    const before = ana.player.seeks.length
    ana.player.stall(5_000)
    await time.pass(9_000)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
    expect(ana.player.seeks).toHaveLength(before + 1)
    ana.player.stall(400)
    await time.pass(12_000)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
    expect(ana.player.seeks).toHaveLength(before + 1)
  })

  test('that a person drags is left alone until let go', async () => {
    const { world, ana, time } = await playing()
    const before = ana.player.seeks.length + ana.player.rates.length
    ana.player.drag(true, 900)
    await time.pass(3_000)
    expect(ana.player.seeks.length + ana.player.rates.length).toBe(before)
    ana.player.drag(false)
    await time.pass(3_000)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
  })

  test('with fixed rates is seeked only, and not for trifles', async () => {
    const { world, ana, time } = await playing({ latency: 300, rateError: 0.004, canNudge: false })
    const before = ana.player.seeks.length
    await time.pass(300_000)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(450)
    expect(ana.player.rates.every((rate) => rate === 1)).toBe(true)
    expect(ana.player.seeks.length - before).toBeLessThanOrEqual(4)
  })

  test('that another one replaces, or whose attachment ends, is no longer driven', async () => {
    const { ana, time } = await together()
    const calls: string[] = []
    const silent: Player = {
      canNudge: true,
      read: () => ({
        position: 0,
        rate: 1,
        paused: true,
        buffering: false,
        dragging: false,
        at: ana.device.runtime.now(),
      }),
      setRate: () => calls.push('setRate'),
      seek: () => calls.push('seek'),
      play: () => undefined,
      pause: () => calls.push('pause'),
    }
    const detach = ana.session.attach(silent)
    await time.pass(500)
    expect(calls).toEqual(['pause', 'seek'])
    detach()
    ana.session.attach(ana.player)
    await time.pass(5_000)
    expect(calls).toHaveLength(2)
  })

  test('that the browser does not let play says so, and starts in step after a click', async () => {
    const { world, host, ana, time } = await together()
    let isAllowed = false
    const { play } = ana.player
    ana.player.play = () => {
      if (!isAllowed) throw Object.assign(new Error('no gesture'), { name: 'NotAllowedError' })
      return play()
    }
    host.session.play(0)
    await time.pass(5_000)
    expect(ana.session.store.get().isPlaybackBlocked).toBe(true)
    isAllowed = true
    ana.session.unblock()
    await time.pass(4_000)
    expect(ana.session.store.get().isPlaybackBlocked).toBe(false)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
  })

  test('whose play was overtaken by a pause is started again', async () => {
    const { world, host, ana, time } = await together()
    let failures = 1
    const { play } = ana.player
    ana.player.play = () => (failures-- > 0 ? Promise.reject(new Error('AbortError')) : play())
    host.session.play(0)
    await time.pass(8_000)
    expect(ana.session.store.get().isPlaybackBlocked).toBe(false)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
  })
})

describe('[K4] the version of the protocol', () => {
  /** How often the state came to say that the page is outdated, after a minute and a half of PONGs. */
  const outdatedWith = async (protocol: number | undefined) => {
    const world = createWorld()
    world.room.protocol = protocol
    const { session } = enter(world, { name: 'ana' })
    const told: boolean[] = [session.store.get().isOutdated]
    session.store.subscribe(() => {
      const { isOutdated } = session.store.get()
      if (isOutdated !== told.at(-1)) told.push(isOutdated)
    })
    await world.time.pass(90_000)
    world.room.protocol = PROTOCOL_VERSION
    await world.time.pass(90_000)
    return told
  }

  test('a higher one than that of the library is told once, and stays told', async () => {
    expect(await outdatedWith(PROTOCOL_VERSION + 1)).toEqual([false, true])
  })

  test.each([PROTOCOL_VERSION, undefined])('%s, its own or none, is nothing to tell', async (protocol) => {
    expect(await outdatedWith(protocol)).toEqual([false])
  })
})

describe('chat', () => {
  test('said resolves when the room has heard it, and is shown once', async () => {
    const { ana, host, time } = await together()
    const saying = ana.session.say('Hello')
    await time.pass(200)
    await expect(saying).resolves.toBeUndefined()
    for (const { session } of [ana, host]) expect(session.store.get().messages).toHaveLength(1)
  })

  test('refused rejects with the code and the seconds to wait; unanswered and offline reject too', async () => {
    const { world, ana, time, room } = await together()
    // Ten messages are in the bucket.
    for (let n = 0; n < 10; n += 1) void ana.session.say(`${n}`)
    const tooFast = ana.session.say('Hello').catch((error: unknown) => error)
    await time.pass(200)
    expect(await tooFast).toMatchObject({ name: 'ApiError', code: 'too_fast', retryAfter: 1 })
    room.loses = ({ type }) => type === 'CHAT_MESSAGE'
    const unheard = ana.session.say('Hello').catch((error: unknown) => error)
    await time.pass(10_000)
    expect(await unheard).toMatchObject({ code: 'timed_out' })
    cut(world, 'ana')
    await time.pass(50)
    await expect(ana.session.say('Hello')).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('errors that answer nothing are handed on', async () => {
    const world = createWorld()
    const codes: string[] = []
    enter(world, { name: 'ana', options: { onError: ({ code }) => codes.push(code) } })
    await world.time.pass(1_000)
    world.room.tell({ type: 'ERROR', code: 'unknown_type', message: '' })
    world.room.tell({ type: 'ERROR', code: 'muted', message: '', ref: 'nobody' })
    await world.time.pass(1_000)
    expect(codes).toEqual(['unknown_type'])
  })

  test('an error of a newer server is `unknown`, and the room goes on', async () => {
    const world = createWorld()
    const told: unknown[] = []
    const { session } = enter(world, { name: 'ana', options: { onError: (error) => told.push(error) } })
    await world.time.pass(1_000)
    for (const socket of world.room.sockets) socket.send({ type: 'ERROR', code: 'weekdays', message: 'Not today.' })
    world.room.say('host', 'Hello')
    await world.time.pass(1_000)
    expect(told).toEqual([{ type: 'ERROR', code: 'unknown', message: 'Not today.' }])
    expect(session.store.get().messages).toHaveLength(1)
  })

  /** Says `count` messages while ana's connection is down; how many she holds once it is back. */
  const heardAfter = async (count: number) => {
    const { world, ana, time, room } = await together()
    room.say('host', 'before')
    await time.pass(500)
    cut(world, 'ana')
    for (let n = 0; n < count; n += 1) room.say('host', `${n}`)
    await time.pass(5_000)
    return { ana, held: ana.session.store.get().messages.map(({ message }) => message), room }
  }

  test('missed while the connection was down is in the greeting, or asked for, or read over HTTP', async () => {
    const pages = (calls: { path: string }[]) => calls.filter(({ path }) => path.includes('messages')).length
    for (const [count, syncs, http] of [
      [10, 0, 0],
      [120, 1, 0],
      // From where the chat was known to be whole: what was said in the last minute may not have been all.
      [400, 1, 9],
    ] as const) {
      const { ana, held, room } = await heardAfter(count)
      expect(held).toEqual(['before', ...Array.from({ length: count }, (_, n) => `${n}`)])
      expect(ana.device.sent.filter(({ type }) => type === 'SYNC_REQUEST')).toHaveLength(syncs)
      expect(pages(room.calls)).toBe(http)
    }
  })

  test('that cannot be read over HTTP leaves a gap, not a broken room', async () => {
    const { world, ana, time, room } = await together()
    room.say('host', 'before')
    await time.pass(500)
    cut(world, 'ana')
    for (let n = 0; n < 400; n += 1) room.say('host', `${n}`)
    room.instead = () => ({ status: 503, body: {} })
    await time.pass(5_000)
    expect(ana.session.store.get()).toMatchObject({ connection: { status: 'open' } })
    expect(ana.session.store.get().messages).toHaveLength(250)
  })

  test('older than what is held is read on request', async () => {
    const world = createWorld()
    for (let n = 0; n < 60; n += 1) world.room.say('host', `${n}`)
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(1_000)
    expect(session.store.get().messages).toHaveLength(50)
    const reading = session.readOlder()
    await world.time.pass(1_000)
    expect(await reading).toBe(false)
    expect(session.store.get().messages).toHaveLength(60)
  })
})

describe('a device', () => {
  test('that slept learns the time anew within seconds of waking', async () => {
    const { world, ana, time } = await playing()
    await time.pass(60_000)
    ana.device.sleep(30_000)
    await time.pass(25_000)
    expect(Math.abs(ahead(world, ana))).toBeLessThan(20)
    expect(ana.session.clock()?.offset).toBeCloseTo(EPOCH - 40_000 + 30_000, -2)
  })

  test('without any PONG knows no time, and shows the room where it was', async () => {
    const world = createWorld()
    world.room.loses = ({ type }) => type === 'PING'
    world.room.playback = { is_playing: true, time: 50, at: EPOCH, rate: 1, version: 2 }
    const { session } = enter(world, { name: 'ana' })
    expect(session.position()).toBe(0)
    await world.time.pass(2_000)
    expect([session.clock(), session.phase()]).toEqual([null, 'starting'])
    expect(session.position()).toBeCloseTo(50, 0)
  })
})
