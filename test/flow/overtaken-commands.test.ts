import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { roomByCode } from '../../functions/table/rooms.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()

const video = (name: string) => ({ url: `https://video.example/${name}.mp4`, title: null, duration: 7_200 })

/** A host, and a co-host who commands as well. */
const two = async () => {
  const { code, host } = await stage.room({ media: video('one') })
  const bo = await stage.member(code, 'Bo')
  await stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  const [hana, boSocket] = [await stage.enter(code, host), await stage.enter(code, bo)]
  await stage.settled()
  return { code, bo, hana, boSocket }
}

type Two = Awaited<ReturnType<typeof two>>
type Command = { type: 'PLAY' | 'PAUSE' | 'SEEK'; time: number; ref: string }

/** Hana's command arrives first, and is saved only after `newer`. */
const overtaken = async (hana: RoomSocket, command: Command, newer: () => Promise<unknown>) => {
  const { dynamoDb } = await import('../../functions/table/client.ts')
  const held = holdUpdate(dynamoDb, 'plays_sent_at')
  hana.send(command)
  await held.hasArrived
  await wait(5)
  await newer()
  held.letThrough()
  await stage.settled()
}
const commandsTo = (socket: RoomSocket) => socket.frames.filter(({ type }) => ['PLAY', 'PAUSE', 'SEEK'].includes(type))

const commanding =
  (command: Command) =>
  async ({ boSocket }: Two) => {
    boSocket.send(command)
    await boSocket.next(command.type)
  }
const changingVideo = ({ code, bo }: Two) => stage.call('rooms/settings', { room_id: code, media: video('two') }, bo)

describe.each<[string, Command, string, (room: Two) => Promise<unknown>]>([
  ['SEEK', { type: 'SEEK', time: 100, ref: 'a' }, 'another SEEK', commanding({ type: 'SEEK', time: 200, ref: 'b' })],
  ['SEEK', { type: 'SEEK', time: 100, ref: 'a' }, 'a PLAY', commanding({ type: 'PLAY', time: 200, ref: 'b' })],
  ['PLAY', { type: 'PLAY', time: 100, ref: 'a' }, 'a PAUSE', commanding({ type: 'PAUSE', time: 200, ref: 'b' })],
  ['PAUSE', { type: 'PAUSE', time: 100, ref: 'a' }, 'a PLAY', commanding({ type: 'PLAY', time: 200, ref: 'b' })],
  ['PLAY', { type: 'PLAY', time: 100, ref: 'a' }, 'another video', changingVideo],
])('[P6] [P10] a %s that %2$s has overtaken', (_type, command, _newer, newer) => {
  it('is answered to its sender alone, with where the room is and the mark', async () => {
    const room = await two()
    await overtaken(room.hana, command, () => newer(room))
    const { is_playing, version } = (await roomByCode(room.code)) ?? {}
    const answers = commandsTo(room.hana).filter((event) => 'ref' in event && event.ref === 'a')
    expect(answers).toMatchObject([{ type: is_playing ? 'PLAY' : 'PAUSE', is_playing, version }])
    expect(commandsTo(room.boSocket).filter((event) => 'version' in event && event.version !== version)).toEqual([])
  })

  it('changes nothing where it is sent again', async () => {
    const room = await two()
    await overtaken(room.hana, command, () => newer(room))
    const before = await roomByCode(room.code)
    room.hana.send(command)
    await expect
      .poll(() => commandsTo(room.hana).filter((event) => 'ref' in event && event.ref === 'a'))
      .toHaveLength(2)
    await stage.settled()
    expect(await roomByCode(room.code)).toEqual(before)
  })
})
