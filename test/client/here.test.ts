import { describe, expect, test } from 'vitest'
import { createApi } from '../../client/api/api.ts'
import { createRoomClock } from '../../client/clock/room-clock.ts'
import { openRoom } from '../../client/room/open-room.ts'
import { globalRuntime } from '../../client/runtime.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { createDevice, EPOCH } from './simulated/network.ts'
import { createWorld, enter, type World } from './simulated/people.ts'
import { CODE, MEDIA } from './simulated/room-server.ts'

const exact = { latency: 200, rateError: 0 }
const MINUTE_MS = 60_000
const film = { ...MEDIA, duration: 7_200 }

const roomAt = ({ room, time }: World) =>
  room.playback.time + (room.playback.is_playing ? (EPOCH + time.now() - room.playback.at) / 1000 : 0)

const commandsTold = ({ room }: World) =>
  room.told.filter(({ type }) => type === 'PLAY' || type === 'PAUSE' || type === 'SEEK')

/** A device whose timers stand still while it sleeps, as its local clock does. */
const createSleeper = ({ time, random, room }: World) => {
  const device = createDevice(time, random, room, { roundTrip: 80 })
  const { runtime } = device
  const due: (() => void)[] = []
  let isAsleep = false
  runtime.after = (ms, run) => {
    let isOver = false
    const once = () => {
      if (isOver) return
      if (isAsleep) return void due.push(() => time.after(5_000, once))
      isOver = true
      run()
    }
    const cancel = time.after(ms, once)
    return () => {
      isOver = true
      cancel()
    }
  }
  const sleep = async (ms: number, meanwhile: () => void = () => {}) => {
    isAsleep = true
    device.setOffline(true)
    device.sleep(ms)
    await time.pass(ms / 2)
    meanwhile()
    await time.pass(ms / 2)
    isAsleep = false
    for (const wake of due.splice(0)) wake()
    device.setOffline(false)
  }
  return { runtime, sleep }
}

/** A host whose room plays from its beginning on, on a device that can sleep, and Ana, who goes on watching. */
const playing = async () => {
  const world = createWorld(1, film)
  const { runtime, sleep } = createSleeper(world)
  const api = createApi({ origin: 'https://streamit.example', token: 'host', runtime })
  const session = openRoom({ api, code: CODE, runtime })
  const ana = enter(world, { name: 'ana', player: exact })
  await world.time.pass(3_000)
  session.play(0)
  await world.time.pass(30_000)
  const cut = () => {
    for (const socket of [...world.room.sockets].filter(({ token }) => token === 'host'))
      socket.received({ type: 'close' })
  }
  return { world, session, ana, sleep, cut }
}

describe.each([
  ['over a line that died', true],
  ['over a line that lives', false],
])('after a sleep, %s', (_which, isDead) => {
  test.each([
    ['pause', 2],
    ['pause', 8],
    ['play', 8],
  ] as const)('a %s in the first seconds leaves the room where it is (%i minutes)', async (command, minutes) => {
    const { world, session, sleep, cut } = await playing()
    await sleep(minutes * MINUTE_MS, isDead ? cut : undefined)
    await world.time.pass(1_000)
    const before = roomAt(world)
    expect(before).toBeGreaterThan(minutes * 60)
    expect(Math.abs(session.position() - before)).toBeLessThan(2)
    session[command]()
    expect(session.phase()).toBe(command === 'pause' ? 'paused' : 'starting')
    await world.time.pass(30_000)
    expect(commandsTold(world).at(-1)).toMatchObject({ type: command.toUpperCase() })
    expect(Math.abs(world.room.playback.time - before)).toBeLessThan(15)
    expect(session.store.get()).toMatchObject({ intent: null, unheard: null })
  })

  test('a play begins where somebody else has paused the room meanwhile', async () => {
    const { world, session, sleep, cut } = await playing()
    await sleep(8 * MINUTE_MS, () => {
      if (isDead) cut()
      const { version } = world.room.playback
      const paused = { is_playing: false, time: 70, at: EPOCH + world.time.now(), rate: 1, version: version + 1 }
      world.room.playback = paused
      world.room.tell({ type: 'PAUSE', ...paused, user_id: 'ana' } as ServerEventOf<'PAUSE'>)
    })
    session.play()
    await world.time.pass(30_000)
    expect(world.room.playback).toMatchObject({ is_playing: true, time: 70 })
  })
})

test.each([
  ['begins where the room stood still for an hour while nobody was there', 70, 70],
  ['begins from the beginning where the room has stopped at its end', 7_200, 0],
])('a play after a sleep of two hours %s', async (_which, stoodAt, begins) => {
  const { world, session, sleep, cut } = await playing()
  await sleep(130 * MINUTE_MS, () => {
    cut()
    const { version } = world.room.playback
    world.room.playback = {
      is_playing: false,
      time: stoodAt,
      at: EPOCH + world.time.now(),
      rate: 1,
      version: version + 1,
    }
  })
  // By the wall clock the film would be over.
  expect(session.phase()).toBe('paused')
  session.play()
  await world.time.pass(30_000)
  expect(world.room.playback).toMatchObject({ is_playing: true, time: begins })
})

describe('before the first greeting', () => {
  test('a play plays where the room is', async () => {
    const { world, session } = await playing()
    session.pause(100)
    await world.time.pass(1_000)
    const other = enter(world, { name: 'host', player: exact })
    other.session.play()
    await world.time.pass(3_000)
    expect(world.room.playback).toMatchObject({ is_playing: true, time: 100 })
  })

  test('a pause pauses a room that plays where it is', async () => {
    const { world } = await playing()
    const other = enter(world, { name: 'host', player: exact })
    other.session.pause()
    await world.time.pass(3_000)
    expect(world.room.playback.is_playing).toBe(false)
    expect(Math.abs(world.room.playback.time - 30)).toBeLessThan(2)
  })

  test('a pause and then a seek go to the one place', async () => {
    const { world } = await playing()
    const before = commandsTold(world).length
    const other = enter(world, { name: 'host', player: exact })
    other.session.pause()
    other.session.seek(100)
    await world.time.pass(3_000)
    const told = commandsTold(world).slice(before)
    expect(told).toMatchObject([
      { type: 'PAUSE', time: 100 },
      { type: 'SEEK', is_playing: false, time: 100 },
    ])
  })
})

test('a pause between a greeting and its PONG pauses the room where it is', async () => {
  const { world } = await playing()
  const other = enter(world, { name: 'host', player: exact })
  while (other.session.store.get().connection.status !== 'open') await world.time.pass(5)
  expect(other.session.clock()).toBeNull()
  other.session.pause()
  await world.time.pass(3_000)
  expect(world.room.playback.is_playing).toBe(false)
  expect(Math.abs(world.room.playback.time - 30)).toBeLessThan(2)
})

test('a pause that was lost just before a long sleep is told as unheard, and not sent again', async () => {
  const { world, session, sleep } = await playing()
  world.room.loses = ({ type }) => type === 'PAUSE'
  session.pause()
  await world.time.pass(500)
  world.room.loses = () => false
  await sleep(3 * MINUTE_MS)
  await world.time.pass(20_000)
  expect(session.store.get()).toMatchObject({ intent: null, unheard: { type: 'PAUSE' } })
  expect(world.room.playback.is_playing).toBe(true)
})

test('a pause without an answer to its question for the time is told as unheard', async () => {
  const { world, session, sleep } = await playing()
  world.room.loses = ({ type }) => type === 'PING'
  await sleep(2 * MINUTE_MS)
  session.pause()
  const { intent } = session.store.get()
  for (let n = 0; n < 20; n += 1) {
    world.room.say('ana', 'still here')
    await world.time.pass(1_000)
  }
  expect(session.store.get()).toMatchObject({ intent: null, unheard: intent })
  expect(world.room.playback.is_playing).toBe(true)
})

test('a PONG that was asked for before a sleep tells no time after it', () => {
  let now = 0
  let slept = 0
  const clock = createRoomClock({ ...globalRuntime, now: () => now, wall: () => now + slept })
  const pong = (t0: number, server: number) =>
    clock.heard({ type: 'PONG', t0, t1: server, t2: server, version: 0 } as ServerEventOf<'PONG'>)
  now = 10
  pong(0, EPOCH + 5)
  expect([clock.serverNow(), clock.isFresh()]).toEqual([EPOCH + 10, true])
  now = 100
  slept = MINUTE_MS
  pong(90, EPOCH + 95)
  expect([clock.serverNow(), clock.isFresh()]).toEqual([EPOCH + MINUTE_MS + 100, false])
  now = 130
  pong(110, EPOCH + MINUTE_MS + 120)
  expect([clock.serverNow(), clock.isFresh()]).toEqual([EPOCH + MINUTE_MS + 130, true])
})
