import { expect, test } from 'vitest'
import { createWorld, enter, type Person } from './simulated/people.ts'
import { between, chooseSeed } from './simulated/seeded-random.ts'

const RUNS = Number(process.env.RUNS ?? 15)
const MISHAPS = 40

/** A minute of everything that goes wrong in a room, then quiet. */
const endure = async (seed: number) => {
  const world = createWorld(seed)
  const { time, random, room } = world
  const people = ['host', 'ana', 'bo'].map((name) =>
    enter(world, {
      name,
      link: { roundTrip: between(random, 10, 250), jitter: 0.3, loss: 0.02 },
      clockError: between(random, -5_000, 50_000),
      player: { latency: between(random, 50, 600), rateError: between(random, -0.001, 0.001), badReadings: 0.02 },
    }),
  )
  const [host] = people
  const mishaps: ((person: Person) => void)[] = [
    () => host?.session.play(),
    () => host?.session.pause(),
    () => host?.session.seek(between(random, 0, 5_000)),
    ({ session }) => void session.say('Hello').catch(() => undefined),
    ({ player }) => player.stall(between(random, 100, 5_000)),
    ({ player }) => {
      player.drag(true, between(random, 0, 5_000))
      time.after(800, () => player.drag(false))
    },
    ({ device }) => {
      device.setOffline(true)
      time.after(between(random, 500, 20_000), () => device.setOffline(false))
    },
    () => {
      const socket = [...room.sockets].at(Math.floor(random() * room.sockets.size))
      socket?.close()
      socket?.received({ type: 'close' })
    },
    // For longer than a round trip: a clock that stood still for less cannot be told from a slow line.
    ({ device }) => device.sleep(between(random, 1_000, 30_000)),
  ]
  // Playback frames and answers may be lost on their way out; chat is only lost with its socket.
  room.mutes = ({ type }) => ['PLAY', 'PAUSE', 'SEEK'].includes(type) && random() < 0.2
  room.loses = ({ type }) => type !== 'CHAT_MESSAGE' && random() < 0.1
  await time.pass(3_000)
  for (let n = 0; n < MISHAPS; n += 1) {
    const person = people[Math.floor(random() * people.length)]
    if (person !== undefined) mishaps[Math.floor(random() * mishaps.length)]?.(person)
    await time.pass(between(random, 0, 3_000))
  }
  room.mutes = () => false
  room.loses = () => false
  await time.pass(200_000)
  return { ...world, people }
}

test('whatever happened, everybody ends in the same room, with the same chat, on the same picture', async () => {
  const seed = chooseSeed('soak')
  for (let run = 0; run < RUNS; run += 1) {
    const { people, room } = await endure(seed + run)
    const where = `SEED=${seed + run}`
    for (const { session } of people) {
      const { connection, playback, messages, intent } = session.store.get()
      expect(connection.status, where).toBe('open')
      expect(playback, where).toMatchObject({ version: room.playback.version, is_playing: room.playback.is_playing })
      expect(intent, where).toBeNull()
      expect(messages, where).toEqual(room.messages)
    }
    const positions = people.map(({ player }) => player.truth() * 1000)
    expect(Math.max(...positions) - Math.min(...positions), where).toBeLessThan(80)
    expect(
      people.every(({ player }) => player.read().paused !== room.playback.is_playing),
      where,
    ).toBe(true)
  }
}, 60_000)
