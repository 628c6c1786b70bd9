import { describe, expect, test } from 'vitest'
import { apiOf, createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'

const exact = { latency: 200, rateError: 0 }
const film = (name: string) => ({ url: `https://x.example/${name}.mp4`, title: null, duration: 3_600 })

const setRoom = async (world: World, change: object) => {
  const asking = apiOf(world, 'host').call('rooms/settings', { room_id: CODE, ...change })
  await world.time.pass(1_000)
  await asking
}

/** A room of film A that plays from 10 s on, in which Ana may command as well as the host. */
const playing = async () => {
  const world = createWorld(1, film('a'))
  const host = enter(world, { name: 'host', player: exact })
  const ana = enter(world, { name: 'ana', player: exact })
  await world.time.pass(3_000)
  await setRoom(world, { control: 'EVERYONE' })
  host.session.play(10)
  await world.time.pass(5_000)
  const cut = () => {
    ana.device.setOffline(true)
    for (const socket of [...world.room.sockets].filter(({ token }) => token === 'ana')) {
      socket.close()
      socket.received({ type: 'close' })
    }
  }
  const comeBack = async () => {
    ana.device.setOffline(false)
    ana.device.announceOnline()
    await world.time.pass(15_000)
  }
  return { world, host, ana, cut, comeBack }
}

describe('a wish that was about another video', () => {
  test('is told as unheard after a lost line, and the new video stays where it is', async () => {
    const { world, host, ana, cut, comeBack } = await playing()
    cut()
    await world.time.pass(100)
    ana.session.seek(1_800)
    await world.time.pass(5_000)
    await setRoom(world, { media: film('b') })
    host.session.play(0)
    await world.time.pass(5_000)
    const { version } = world.room.playback
    await comeBack()
    expect(ana.session.store.get()).toMatchObject({
      media: { url: film('b').url },
      intent: null,
      unheard: { type: 'SEEK', time: 1_800 },
    })
    expect(world.room.playback).toMatchObject({ version, time: 0, is_playing: true })
  })

  test('is not sent again over a line that lives', async () => {
    const { world, ana } = await playing()
    world.room.loses = ({ type }) => type === 'SEEK'
    ana.session.seek(1_800)
    await setRoom(world, { media: film('b') })
    world.room.loses = () => false
    await world.time.pass(10_000)
    expect(ana.session.store.get()).toMatchObject({ intent: null, unheard: { type: 'SEEK' } })
    expect(world.room.playback).toMatchObject({ is_playing: false, time: 0 })
  })

  test('is no part of a command to the new one', async () => {
    const { world, host, ana } = await playing()
    world.room.loses = ({ type }) => type === 'PAUSE'
    ana.session.pause()
    await setRoom(world, { media: film('b') })
    host.session.play(0)
    await world.time.pass(300)
    ana.session.seek(100)
    expect(ana.session.store.get().intent).toEqual({ type: 'SEEK', time: 100 })
    world.room.loses = () => false
    await world.time.pass(10_000)
    expect(world.room.playback).toMatchObject({ is_playing: true, time: 100 })
  })
})

test.each(['pause', 'play'] as const)(
  'a %s in the new video goes where that is, although a seek in the old one was not heard yet',
  async (command) => {
    const { world, host, ana } = await playing()
    world.room.loses = ({ type }) => type === 'SEEK'
    ana.session.seek(1_800)
    await setRoom(world, { media: film('b') })
    host.session.play(0)
    await world.time.pass(200)
    expect(ana.session.position()).toBeLessThan(5)
    ana.session[command]()
    world.room.loses = () => false
    await world.time.pass(10_000)
    expect(world.room.playback.time).toBeLessThan(5)
  },
)

test('a wish about the same video stands, although the room has learned more about it', async () => {
  const { world, ana, cut, comeBack } = await playing()
  cut()
  await world.time.pass(100)
  ana.session.seek(1_800)
  await setRoom(world, { media: { ...film('a'), title: 'A film' } })
  await comeBack()
  expect(world.room.playback.time).toBe(1_800)
})
