import { expect, test } from 'vitest'
import { type Api, createApi } from '../../client/api/api.ts'
import type { RoomState } from '../../client/index.ts'
import { createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'
import { between, chooseSeed } from './simulated/seeded-random.ts'

const RUNS = Number(process.env.RUNS ?? 10)
const DECISIONS = 40
/** The slow look of every client at everything comes once in ten minutes. */
const QUIET_MS = 650_000

const NAMES = ['host', 'ana', 'bo'] as const
type Name = (typeof NAMES)[number]

/** What may be decided in a room, each by one who may: what is refused (a message that is gone) decides nothing. */
const decisionsOf = ({ random, room }: World, apis: Record<Name, Api>): (() => Promise<unknown>)[] => {
  const { host } = apis
  const inRoom = { room_id: CODE }
  let named = 0
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const guest = (): Name => (random() < 0.5 ? 'ana' : 'bo')
  const set = (facts: object) => host.call('rooms/settings', { ...inRoom, ...facts })
  const title = () => `The ${++named}th`
  return [
    () => set({ media: { url: `https://video.example/${++named}.mp4`, title: title(), duration: 7200 } }),
    () => set({ name: title() }),
    () => set({ is_chat_enabled: random() < 0.8 }),
    () => set({ control: random() < 0.5 ? 'EVERYONE' : 'HOSTS' }),
    () => host.call('rooms/mute', { ...inRoom, user_id: guest(), seconds: 3600 }),
    () => host.call('rooms/unmute', { ...inRoom, user_id: guest() }),
    () => host.call('rooms/role', { ...inRoom, user_id: guest(), role: random() < 0.5 ? 'cohost' : 'participant' }),
    () => host.call('rooms/remove-message', { ...inRoom, message_id: pick(room.messages)?.id ?? '0' }),
    () => (random() < 0.2 ? host.call('rooms/clear-chat', inRoom) : Promise.resolve()),
    () => apis[guest()].call('auth/name', { display_name: title() }),
  ]
}

/** All of what a client shows that is the same for everybody. */
const shown = ({ connection, room, media, people, messages, playback, intent }: RoomState) => ({
  ...{ status: connection.status, facts: room && { ...room, at: 0 }, media, messages, intent },
  people: people.list.map(({ user_id, name, role }) => `${user_id} ${name} ${role}`).sort(),
  playback: playback && { version: playback.version, is_playing: playback.is_playing },
})

/** Two minutes in which a fifth of all that is told, and a tenth of all that is asked, is lost; then quiet. */
const endure = async (seed: number) => {
  const world = createWorld(seed)
  const { time, random, room } = world
  const people = NAMES.map((name) => enter(world, { name, link: { roundTrip: between(random, 10, 250), jitter: 0.3 } }))
  const apis = Object.fromEntries(
    NAMES.map((token, index) => {
      const runtime = people[index]?.device.runtime
      return [token, createApi({ origin: 'https://streamit.example', token, ...(runtime && { runtime }) })]
    }),
  ) as Record<Name, Api>
  const decisions = decisionsOf(world, apis)
  room.mutes = () => random() < 0.2
  room.loses = () => random() < 0.1
  await time.pass(3_000)
  const answers: Promise<unknown>[] = []
  for (let n = 0; n < DECISIONS; n += 1) {
    const decide = decisions[Math.floor(random() * decisions.length)]
    if (decide !== undefined) answers.push(decide().catch(() => undefined))
    const person = people[Math.floor(random() * people.length)]
    if (random() < 0.4) person?.session.say('Hello').catch(() => undefined)
    if (random() < 0.2) {
      person?.device.setOffline(true)
      time.after(between(random, 500, 20_000), () => person?.device.setOffline(false))
    }
    await time.pass(between(random, 0, 3_000))
  }
  room.mutes = () => false
  room.loses = () => false
  await time.pass(QUIET_MS)
  await Promise.all(answers)
  const members = apis.host.call('rooms/participants', { room_id: CODE })
  await time.pass(1_000)
  return { ...world, people, members: (await members).participants }
}

test('[K5] whatever was decided while frames were lost, everybody ends with the same room', async () => {
  const seed = chooseSeed('soak-parts')
  for (let run = 0; run < RUNS; run += 1) {
    const { people, room, members } = await endure(seed + run)
    const where = `SEED=${seed + run}`
    const [first, ...others] = people.map(({ session }) => shown(session.store.get()))
    expect(first, where).toMatchObject({ status: 'open', intent: null })
    expect(first?.playback?.version, where).toBe(room.playback.version)
    for (const other of others) expect(other, where).toEqual(first)
    for (const [index, name] of NAMES.entries())
      expect(people[index]?.session.store.get().mutedUntil, where).toBe(
        members.find(({ id }) => id === name)?.muted_until ?? null,
      )
  }
}, 120_000)
