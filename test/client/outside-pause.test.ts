import { describe, expect, test } from 'vitest'
import { createWorld, enter } from './simulated/people.ts'
import { MEDIA } from './simulated/room-server.ts'

const says = { latency: 200, rateError: 0, saysStopped: true }

/** The host has pressed Play, and Ana's player moves since that many milliseconds; before it does where they are negative. */
const begin = async (movesFor: number) => {
  const world = createWorld(1, { ...MEDIA, duration: 60 })
  const host = enter(world, { name: 'host', player: says })
  const ana = enter(world, { name: 'ana', player: { ...says, end: { duration: 60 } } })
  await world.time.pass(3_000)
  host.session.play(10)
  let plays = false
  const { play } = ana.player
  ana.player.play = () => {
    plays = true
    return play()
  }
  while (!(movesFor < 0 ? plays : ana.player.isMoving())) await world.time.pass(10)
  if (movesFor > 0) await world.time.pass(movesFor)
  const hold = () => ana.session.store.get().player.hold
  const apart = () => Math.abs(ana.player.truth() - host.player.truth())
  return { world, host, ana, hold, apart }
}

describe.each([-1, 0, 60, 300, 490, 2_000])(
  'a player that something else pauses %i ms after it began to move',
  (ms) => {
    test('is not started again until the person says so', async () => {
      const { world, ana, hold, apart } = await begin(ms)
      ana.player.meddle(true)
      await world.time.pass(400)
      expect(hold()).toBe('stopped')
      await world.time.pass(15_000)
      expect([hold(), ana.player.isMoving()]).toEqual(['stopped', false])
      ana.session.unblock()
      await world.time.pass(3_000)
      expect(hold()).toBeNull()
      expect(apart()).toBeLessThan(0.05)
    })

    test('plays with the room again once the room has paused', async () => {
      const { world, host, ana, hold, apart } = await begin(ms)
      ana.player.meddle(true)
      await world.time.pass(1_000)
      host.session.pause()
      await world.time.pass(2_000)
      expect(hold()).toBeNull()
      expect(apart()).toBeLessThan(0.05)
      host.session.play()
      await world.time.pass(3_000)
      expect([hold(), ana.player.isMoving()]).toEqual([null, true])
      expect(apart()).toBeLessThan(0.05)
    })

    test('follows a room that is moved only once the person says so', async () => {
      const { world, host, ana, hold, apart } = await begin(ms)
      ana.player.meddle(true)
      await world.time.pass(1_000)
      host.session.seek(40)
      await world.time.pass(3_000)
      expect([hold(), ana.player.isMoving()]).toEqual(['stopped', false])
      ana.session.unblock()
      await world.time.pass(3_000)
      expect(apart()).toBeLessThan(0.05)
    })
  },
)

test('a pause of our own is none from outside, nor is the end of the film', async () => {
  const { world, host, ana, hold } = await begin(300)
  for (const command of [() => host.session.pause(), () => host.session.play(), () => host.session.seek(30)]) {
    command()
    for (let look = 0; look < 30; look += 1) {
      await world.time.pass(50)
      expect(hold()).toBeNull()
    }
  }
  await world.time.pass(35_000)
  expect([hold(), ana.player.isMoving(), ana.player.restarts]).toEqual([null, false, 0])
  expect(ana.player.truth()).toBe(60)
})

test('a player that says so and stands still for another reason is started again', async () => {
  const { world, ana, hold, apart } = await begin(2_000)
  // As one does that loads its video anew: nobody has paused it.
  const { read } = ana.player
  ana.player.read = () => ({ ...read(), stopped: false })
  ana.player.meddle(true)
  await world.time.pass(6_000)
  expect(hold()).toBeNull()
  expect(ana.player.isMoving()).toBe(true)
  expect(apart()).toBeLessThan(0.05)
})
