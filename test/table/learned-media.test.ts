import { describe, expect, it } from 'vitest'
import { randomIds } from '../../functions/domain/ids.ts'
import { newRoom, type Room } from '../../functions/domain/room.ts'
import { change } from '../../functions/table/change.ts'
import { roomKey } from '../../functions/table/keys.ts'
import { learnMedia } from '../../functions/table/learned-media.ts'
import { commandPlayback } from '../../functions/table/playback.ts'
import { putRoom, roomByCode } from '../../functions/table/rooms.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_400_000
const url = 'https://media.example/film.mp4'
const by = { userId: 'hana', right: 'choose' as const }

setUpStage()

const made = async (playback: Partial<Room> = {}): Promise<Room> => {
  const given = { code: randomIds.roomCode(), name: null, is_private: false, entry_mode: null, is_chat_enabled: true }
  const media = { url, title: null, duration: null }
  const room = newRoom({ ...given, media, host_id: 'hana', host: 'Hana', password: null }, NOW, 30)
  await putRoom({ ...room, ...playback })
  return { ...room, ...playback }
}
const learn = (room: Room, duration: number, now = NOW) => learnMedia(room, by, { url, duration }, now)
const command = (type: 'PLAY' | 'SEEK', time: number, sentAt: number) => ({
  ...{ type, time, userId: 'hana', at: sentAt, sentAt, now: sentAt, idleDays: 30 },
  ...{ mark: randomIds.token(), frameId: randomIds.token() },
})

describe('a duration that a player found out', () => {
  it('is one that was chosen once a function that knows of no such thing has changed the video', async () => {
    const room = await made()
    expect((await learn(room, 15))?.room.media?.duration).toBe(15)
    const media = { url, title: null, duration: 90 }
    await change(roomKey(room.code), { set: { media } })
    expect(await learn(room, 600)).toBeUndefined()
    expect((await roomByCode(room.code))?.media?.duration).toBe(90)
  })

  it('is not known of what was found out before that was noted', async () => {
    const room = await made({ media: { url, title: null, duration: 15 } })
    expect(await learn(room, 600)).toBeUndefined()
  })
})

describe('a room that is past its end while its video becomes longer', () => {
  const over = { is_playing: true, time: 14, at: NOW - 60_000, version: 1 }

  it('stands at the end that it had', async () => {
    const room = (await learn(await made(over), 15, NOW))?.room
    if (room === undefined) throw new Error('It was not learned.')
    expect(room).toMatchObject({ ...over, facts_revision: 1 })
    expect(await learn(room, 600, NOW)).toMatchObject({
      stands: true,
      room: { is_playing: false, time: 15, at: NOW, version: 2, facts_revision: 2, media: { duration: 600 } },
    })
  })

  it('is where the latest command has put it, also one that came in between', async () => {
    const read = (await learn(await made(over), 15, NOW))?.room
    if (read === undefined) throw new Error('It was not learned.')
    await commandPlayback(read.code, command('SEEK', 3, NOW))
    const longer = await learn(read, 600, NOW + 1_000)
    expect(longer).toMatchObject({ stands: false, room: { is_playing: true, time: 3, version: 2 } })
    await commandPlayback(read.code, command('PLAY', 700, NOW + 2_000))
    expect(await learn(read, 900, NOW + 3_000)).toMatchObject({
      stands: true,
      room: { is_playing: false, time: 600, version: 4 },
    })
  })
})
