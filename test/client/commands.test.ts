import { describe, expect, test } from 'vitest'
import type { CommandType } from '../../protocol/event-types.ts'
import { createWorld, enter, type Person, type World } from './simulated/people.ts'

const exact = { latency: 200, rateError: 0 }

const cut = ({ room }: World) => {
  for (const socket of [...room.sockets]) {
    socket.close()
    socket.received({ type: 'close' })
  }
}

/** A host whose room plays from 10 s on, and a viewer, who keeps it playing while the host's line is down. */
const playing = async (roundTrip = 80) => {
  const world = createWorld()
  const host = enter(world, { name: 'host', link: { roundTrip }, player: exact })
  const ana = enter(world, { name: 'ana', link: { roundTrip: 40 }, player: exact })
  await world.time.pass(3_000 + 3 * roundTrip)
  host.session.play(10)
  await world.time.pass(5_000)
  const isCommand = ({ type }: { type: string }) => type === 'PLAY' || type === 'PAUSE' || type === 'SEEK'
  const already = world.room.told.filter(isCommand).length
  const told = () => world.room.told.filter(isCommand).slice(already)
  return { ...world, world, host, ana, told: () => told().map(({ type }) => type) }
}

/** All phases that the page showed while `ms` passed, each once in a row. */
const phasesOf = async ({ time }: World, { session }: Person, ms: number) => {
  const phases: string[] = []
  for (let n = 0; n < ms / 10; n += 1) {
    if (phases.at(-1) !== session.phase()) phases.push(session.phase())
    await time.pass(10)
  }
  return phases
}

describe('8 wishes that were not heard yet are one', () => {
  test('8b pause and then seek while the line is down: the room stands at the new place', async () => {
    const { world, time, room, host } = await playing()
    cut(world)
    await time.pass(50)
    host.session.pause()
    host.session.seek(100)
    expect([host.session.phase(), host.session.position()]).toEqual(['paused', 100])
    await time.pass(8_000)
    expect(room.playback).toMatchObject({ is_playing: false, time: 100 })
    expect(host.session.store.get().intent).toBeNull()
  })

  test('8b play and then seek while the line is down: the room plays from the new place', async () => {
    const { world, time, room, host } = await playing()
    host.session.pause()
    await time.pass(1_000)
    cut(world)
    await time.pass(50)
    host.session.play()
    host.session.seek(100)
    expect([host.session.phase(), host.session.position()]).toEqual(['starting', 100])
    await time.pass(8_000)
    expect(room.playback).toMatchObject({ is_playing: true, time: 100 })
  })

  test('8c pause and then seek: the page says paused, and nothing else after it', async () => {
    const { world, time, host, told } = await playing(300)
    host.session.pause()
    await time.pass(50)
    host.session.seek(100)
    expect(await phasesOf(world, host, 3_000)).toEqual(['paused'])
    expect(host.session.position()).toBe(100)
    expect(told()).toEqual(['PAUSE', 'SEEK'])
  })

  test('8a a SEEK that was carried out, and a PAUSE before it that was not: the room stands at the new place', async () => {
    const { time, room, host, told } = await playing()
    room.loses = ({ type }) => type === 'PAUSE'
    host.session.pause()
    host.session.seek(100)
    await time.pass(500)
    room.loses = () => false
    expect(host.session.phase()).toBe('paused')
    await time.pass(3_000)
    expect(room.playback).toMatchObject({ is_playing: false, time: 100 })
    expect(told()).toEqual(['SEEK', 'PAUSE'])
  })

  test('a later pause or play replaces all that was wished before', async () => {
    const { time, room, host } = await playing()
    room.loses = () => true
    host.session.pause()
    host.session.seek(100)
    host.session.play(30)
    expect(host.session.store.get().intent).toEqual({ type: 'PLAY', time: 30 })
    room.loses = () => false
    await time.pass(3_000)
    expect(room.playback).toMatchObject({ is_playing: true, time: 30 })
  })

  test('[P6] commands of one moment go out some milliseconds apart', async () => {
    const { world, time, host } = await playing()
    const before = host.device.sent.length
    host.session.pause()
    host.session.seek(100)
    host.session.seek(110)
    await time.pass(300)
    const sends = host.device.sent.slice(before).filter(({ type }) => type !== 'PING')
    expect(sends.map(({ type }) => type)).toEqual(['PAUSE', 'SEEK'])
    expect((sends[1]?.at ?? 0) - (sends[0]?.at ?? 0)).toBeGreaterThanOrEqual(50)
    expect(world.room.playback).toMatchObject({ is_playing: false, time: 110 })
  })
})

describe('4 a command is carried out once', () => {
  test('4c by a host far away, and nobody is thrown back', async () => {
    const { time, host, ana, told } = await playing(1_700)
    host.session.play(100)
    let back = 0
    let before = 0
    for (let n = 0; n < 100; n += 1) {
      await time.pass(50)
      const now = ana.player.truth()
      if (before > 100) back = Math.max(back, before - now)
      before = now
    }
    expect(told()).toEqual(['PLAY'])
    expect(host.device.sent.filter(({ type }) => type === 'PLAY')).toHaveLength(2)
    expect(back).toBeLessThan(0.2)
  })

  test.each<CommandType>(['PLAY', 'PAUSE', 'SEEK'])('4d where only the echo of a %s was lost', async (type) => {
    const { time, room, host, told } = await playing()
    room.mutes = (event, { token }) => event.type === type && token === 'host'
    if (type === 'PLAY') host.session.play(40)
    if (type === 'PAUSE') host.session.pause(40)
    if (type === 'SEEK') host.session.seek(40)
    await time.pass(3_000)
    expect(told()).toEqual([type])
    expect(host.session.store.get()).toMatchObject({ intent: null, unheard: null, playback: { version: 3 } })
    expect(host.device.sent.filter((sent) => sent.type === type).length).toBeGreaterThan(1)
    expect(room.playback.version).toBe(3)
  })
})

describe('2 to 3 s without an answer', () => {
  test('test the line, and a dead one is dialled anew: the pause of a host reaches the room', async () => {
    const { time, room, host } = await playing()
    host.device.setOffline(true)
    host.session.pause(12)
    await time.pass(8_000)
    expect(host.session.store.get().connection.status).not.toBe('open')
    expect(host.session.phase()).toBe('paused')
    await time.pass(20_000)
    host.device.setOffline(false)
    host.device.announceOnline()
    await time.pass(2_000)
    expect(room.playback).toMatchObject({ is_playing: false, time: 12 })
    expect(host.session.store.get()).toMatchObject({ intent: null, unheard: null })
  })

  test('on a line that lives, and four sends, end in the host being told so', async () => {
    const { time, room, host } = await playing()
    room.loses = ({ type }) => type === 'PAUSE'
    host.session.pause(12)
    await time.pass(10_000)
    expect(host.session.store.get()).toMatchObject({ intent: null, unheard: { type: 'PAUSE', time: 12 } })
    room.loses = () => false
    host.session.pause(13)
    expect(host.session.store.get().unheard).toBeNull()
    await time.pass(1_000)
    expect(room.playback).toMatchObject({ is_playing: false, time: 13 })
  })

  test('where the line stays away too long, the room goes on as it does, and the host is told so', async () => {
    const { time, room, host } = await playing()
    host.device.setOffline(true)
    host.session.pause(12)
    await time.pass(180_000)
    host.device.setOffline(false)
    host.device.announceOnline()
    await time.pass(2_000)
    expect(room.playback.is_playing).toBe(true)
    expect(host.session.store.get()).toMatchObject({ intent: null, unheard: { type: 'PAUSE' } })
  })
})

test.each([
  ['fault', 3, true],
  ['invalid_field', 2, false],
] as const)('an ERROR %s to a command: sent again, or told', async (code, version, isHeard) => {
  const { time, room, host } = await playing()
  let fails = true
  room.loses = (frame) => {
    if (frame.type !== 'PAUSE' || !fails) return false
    fails = false
    for (const socket of room.sockets)
      if (socket.token === 'host' && 'ref' in frame) socket.send({ type: 'ERROR', code, message: '', ref: frame.ref })
    return true
  }
  host.session.pause(12)
  await time.pass(5_000)
  expect(room.playback.version).toBe(version)
  expect(host.session.store.get().unheard === null).toBe(isHeard)
})

test('a command after the end of the connection does nothing', async () => {
  const { time, host } = await playing()
  host.session.close()
  await time.pass(100)
  const sent = host.device.sent.length
  host.session.pause()
  await time.pass(60_000)
  expect([host.device.sent.length, host.session.store.get().intent]).toEqual([sent, null])
})
