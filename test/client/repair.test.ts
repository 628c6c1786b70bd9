import { expect, test } from 'vitest'
import { roomUpdated } from '../../functions/domain/room.ts'
import { PING_PERIOD_MS } from '../../protocol/limits.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { firstRoom } from './simulated/kept-room.ts'
import { createWorld, enter, type Person, type World } from './simulated/people.ts'
import { MEDIA } from './simulated/room-server.ts'

/** A room of a host and Ana, to whom frames of some types are lost until `andThen` has been done. */
const losing = async (types: readonly string[], andThen: (world: World) => void | Promise<void>) => {
  const world = createWorld(7)
  const host = enter(world, { name: 'host' })
  const ana = enter(world, { name: 'ana' })
  await world.time.pass(5_000)
  world.room.mutes = (event, socket) => types.includes(event.type) && socket.token === 'ana'
  await andThen(world)
  await world.time.pass(100)
  world.room.mutes = () => false
  const asked = () => ana.device.sent.filter(({ type }) => type === 'SYNC_REQUEST').length
  const before = asked()
  await world.time.pass(PING_PERIOD_MS + 5_000)
  return { world, host, ana, asked: asked() - before }
}

const namesShownTo = ({ session }: Person) =>
  session.store
    .get()
    .people.list.map(({ name }) => name)
    .sort()

const settings = async (world: World, change: object) => {
  world.room.answer({
    method: 'POST',
    path: '/api/rooms/settings',
    body: { room_id: 'K7WQ3F', ...change },
    token: 'host',
  })
  await world.time.pass(50)
}

test('[K5] a name of the room that was not heard of is asked for, once', async () => {
  const { ana, asked } = await losing(['ROOM_UPDATED'], (world) => settings(world, { name: 'Another night' }))
  expect(ana.session.store.get().room?.name).toBe('Another night')
  expect(asked).toBe(1)
})

test('[K5] a new video of which neither PAUSE nor ROOM_UPDATED came is there within a PING', async () => {
  const media = { url: 'https://video.example/other.mp4', title: null, duration: 60 }
  const { ana } = await losing(['ROOM_UPDATED', 'PAUSE'], (world) => settings(world, { media }))
  expect(ana.session.store.get().media?.url).toBe(media.url)
})

test('[K5] somebody of whose coming nothing was heard is in the list, and who left is not', async () => {
  const { ana, asked } = await losing(['USER_JOINED'], async (world) => {
    enter(world, { name: 'bo' })
    await world.time.pass(2_000)
  })
  expect(namesShownTo(ana)).toEqual(['ana', 'bo', 'host'])
  expect(asked).toBe(1)
})

test('[K5] of messages that were lost between others each is there once, in order', async () => {
  const { world, ana } = await losing(['CHAT_MESSAGE'], (world) => void world.room.say('host', 'lost'))
  world.room.say('host', 'heard')
  await world.time.pass(PING_PERIOD_MS)
  expect(ana.session.store.get().messages.map(({ message }) => message)).toEqual(['lost', 'heard'])
})

test('[K5] where nothing is missing nothing is asked for', async () => {
  const { asked } = await losing([], (world) => settings(world, { name: 'Heard' }))
  expect(asked).toBe(0)
})

test('[K5] a list of before the table was restored is read anew: what comes after it has lower numbers', async () => {
  const { world, ana } = await losing([], async ({ room, time }) => {
    const people = { participants: ['host', 'ana'], host: 'host', members: [], viewers: 2 }
    room.tell({ type: 'ROOM_PARTICIPANTS', ...people, at: 0, revision: 500 }, ({ token }) => token === 'ana')
    await time.pass(1_000)
  })
  enter(world, { name: 'bo' })
  await world.time.pass(PING_PERIOD_MS)
  expect(namesShownTo(ana)).toEqual(['ana', 'bo', 'host'])
})

test('[K5] the playback of a table that was restored is followed, although its version is lower', async () => {
  const { world, host, ana } = await losing([], async ({ room, time }) => {
    room.playback = { ...room.playback, version: 50 }
    room.tell({ type: 'PLAY', user_id: 'host', ...room.playback, is_playing: true })
    await time.pass(1_000)
    room.playback = { ...room.playback, version: 30, time: 120 }
  })
  await world.time.pass(PING_PERIOD_MS)
  const shown = () => ana.session.store.get().playback
  expect(shown()).toMatchObject({ is_playing: false, time: 120, version: 30 })
  host.session.play()
  await world.time.pass(1_000)
  expect(shown()).toMatchObject({ is_playing: true, version: 31 })
})

test('[K5] the facts of a table that was restored are asked for once more where the question was lost', async () => {
  const world = createWorld(7)
  enter(world, { name: 'host' })
  const ana = enter(world, { name: 'ana' })
  await world.time.pass(5_000)
  const later = roomUpdated({ ...firstRoom(null), name: 'Of later', facts_revision: 500 }, world.time.now())
  world.room.tell(later, ({ token }) => token === 'ana')
  let questions = 0
  world.room.loses = ({ type }) => type === 'SYNC_REQUEST' && questions++ === 0
  await world.time.pass(4 * PING_PERIOD_MS)
  expect([questions, ana.session.store.get().room?.name]).toEqual([2, 'Film night'])
})

test('[K5] a restored table that shows just after another question is asked for a little later', async () => {
  const { world, ana } = await losing([], () => {})
  const toAna = ({ token }: { token: string }) => token === 'ana'
  const pong = (version: number, facts: number) => {
    const t0 = ana.device.runtime.now()
    const now = world.time.now()
    world.room.tell({ type: 'PONG', t0, t1: now, t2: now, version, revisions: { facts, people: 2, chat: null } }, toAna)
  }
  const later = roomUpdated({ ...firstRoom(null), name: 'Of later', facts_revision: 500 }, world.time.now())
  world.room.tell(later, toAna)
  pong(1_000, 500)
  await world.time.pass(100)
  for (let count = 0; count < 2; count += 1) pong(0, 1)
  await world.time.pass(PING_PERIOD_MS + 5_000)
  expect(ana.session.store.get().room?.name).toBe('Film night')
})

test('[K5] the facts of a table that was restored replace those of later', async () => {
  const { world, ana } = await losing([], async ({ room, time }) => {
    const later = roomUpdated({ ...firstRoom(null), name: 'Of later', facts_revision: 500 }, time.now())
    room.tell(later, ({ token }) => token === 'ana')
    await time.pass(1_000)
  })
  await world.time.pass(PING_PERIOD_MS)
  expect(ana.session.store.get().room?.name).toBe('Film night')
})

test('[P4] two answers that cross a PLAY leave the newer state, whichever comes last', async () => {
  const world = createWorld()
  const ana = enter(world, { name: 'ana' })
  await world.time.pass(5_000)
  const { playback } = world.room
  const before = { type: 'PLAYBACK_STATE', ...playback, media: MEDIA } as const
  const play = { ...playback, is_playing: true, version: playback.version + 1 }
  const { list, revision } = ana.session.store.get().people
  const people: ServerEventOf<'ROOM_PARTICIPANTS'> = {
    ...{ type: 'ROOM_PARTICIPANTS', participants: ['ana'], host: 'host', members: [...list] },
    ...{ viewers: 1, at: playback.at, revision: revision ?? 0 },
  }
  world.room.tell(before)
  world.room.tell({ type: 'PLAY', ...play, user_id: 'host' })
  world.room.tell(people)
  world.room.tell(before)
  await world.time.pass(100)
  expect(ana.session.store.get()).toMatchObject({ playback: { is_playing: true, version: play.version } })
  expect(namesShownTo(ana)).toEqual(['ana'])
})
