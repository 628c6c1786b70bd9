import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

const two = () => hostAndBo(stage)
const stateFrom = async (socket: RoomSocket) => {
  socket.send({ type: 'SYNC_REQUEST', ref: 'state' })
  return socket.next('PLAYBACK_STATE', ({ ref }) => ref === 'state')
}
const commandsTo = (socket: RoomSocket) => socket.frames.filter(({ type }) => ['PLAY', 'PAUSE', 'SEEK'].includes(type))

describe('[P10] a command that is sent again', () => {
  it('changes nothing, and its sender alone hears where the room is, with the mark', async () => {
    const { hana, boSocket } = await two()
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    const first = await hana.next('PLAY')
    await boSocket.next('PLAY')
    stage.elapse(5_000)
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    const again = await hana.next('PLAY')
    expect(again).toMatchObject({ version: first.version, ref: 'one', is_playing: true, user_id: first.user_id })
    expect(again.time).toBeCloseTo(first.time + (again.at - first.at) / 1000, 3)
    await stage.settled()
    expect(commandsTo(boSocket)).toHaveLength(1)
    expect((await stateFrom(hana)).version).toBe(first.version)
  })

  it('after newer ones is answered with these, as PLAY or PAUSE', async () => {
    const { hana, boSocket } = await two()
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    await boSocket.next('PLAY')
    hana.send({ type: 'PAUSE', time: 12, ref: 'two' })
    const { version } = await boSocket.next('PAUSE')
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    expect(await hana.next('PAUSE', ({ ref }) => ref === 'one')).toMatchObject({ version, time: 12, is_playing: false })
  })

  it('from another tab of the same person is the same command, and from another person it is not', async () => {
    const { code, host, bo, hana, boSocket } = await two()
    const tab = await stage.enter(code, host)
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    const { version } = await boSocket.next('PLAY')
    tab.send({ type: 'PLAY', time: 10, ref: 'one' })
    expect(await tab.next('PLAY', ({ ref }) => ref === 'one')).toMatchObject({ version })
    await stage.handOver(code, host, bo)
    boSocket.send({ type: 'PLAY', time: 10, ref: 'one' })
    expect(await hana.next('PLAY', (event) => event.version > version)).toMatchObject({ user_id: bo.id })
    // Who hosts no more hears nothing, P2, whatever they sent before.
    const heard = hana.frames.length
    hana.send({ type: 'PLAY', time: 10, ref: 'one' })
    await stage.settled()
    expect(hana.frames).toHaveLength(heard)
  })

  it.each([{ ref: 'always' }, {}])('other commands under one ref, or none, are other commands: %o', async (mark) => {
    const { hana, boSocket } = await two()
    const commands = [
      { type: 'PLAY', time: 1 },
      { type: 'PAUSE', time: 1 },
      { type: 'SEEK', time: 1 },
      { type: 'SEEK', time: 2 },
    ] as const
    for (const [index, command] of commands.entries()) {
      hana.send({ ...command, ...mark })
      expect(await boSocket.next(command.type)).toMatchObject({ version: index + 1 })
    }
  })

  it('without a ref is a new command each time', async () => {
    const { hana, boSocket } = await two()
    for (const version of [1, 2, 3]) {
      hana.send({ type: 'PLAY', time: 10 })
      expect(await boSocket.next('PLAY')).toMatchObject({ version })
    }
  })

  it('many commands later is a new one: a room does not remember for ever', async () => {
    const { hana, boSocket } = await two()
    for (let count = 1; count <= 26; count += 1) {
      hana.send({ type: 'SEEK', time: count, ref: `seek ${count}` })
      await boSocket.next('SEEK')
    }
    await stage.settled()
    hana.send({ type: 'SEEK', time: 1, ref: 'seek 1' })
    expect(await boSocket.next('SEEK')).toMatchObject({ time: 1, version: 27 })
  })
})

it('[P10] a frame that the server repeats carries the mark of the host who gave the command', async () => {
  const { hana } = await two()
  let refused = 0
  // The gateway's first answers to the host's own echo: a full buffer, for as long as the SDK tries.
  stage.runtime.faults.answerPost = ({ data }) => (data.includes('"mark"') && refused++ < 3 ? 429 : undefined)
  hana.send({ type: 'PLAY', time: 10, ref: 'mark' })
  expect(await hana.next('PLAY')).toMatchObject({ ref: 'mark', version: 1 })
})

it('[P6] a PAUSE that a SEEK overtakes still pauses, where the SEEK has moved the room', async () => {
  const { hana, boSocket } = await two()
  hana.send({ type: 'PLAY', time: 10 })
  await boSocket.next('PLAY')
  await stage.settled()
  const { dynamoDb } = await import('../../functions/table/client.ts')
  const held = holdUpdate(dynamoDb, '"is_playing"')
  hana.send({ type: 'PAUSE', time: 12, ref: 'pause' })
  await held.hasArrived
  await wait(5)
  hana.send({ type: 'SEEK', time: 100 })
  await boSocket.next('SEEK')
  held.letThrough()
  expect(await boSocket.next('PAUSE')).toMatchObject({ is_playing: false, time: 100, version: 3 })
  expect(await hana.next('PAUSE')).toMatchObject({ ref: 'pause', time: 100 })
  await stage.settled()
  expect(await stateFrom(hana)).toMatchObject({ is_playing: false, time: 100 })
})
