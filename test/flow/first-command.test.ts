import { once } from 'node:events'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { roomByCode } from '../../functions/table/rooms.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket } from '../staging/socket.ts'

// These tests compare the gateway's clock with the functions': nothing here moves one of them.

const stage = setUpStage()

it('[P7] a PLAY sent the moment the socket opens, by a host who is alone, plays', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { code, host } = await stage.room()
    const hana = await openSocket(stage.runtime.roomUrl(code, host.token))
    hana.send({ type: 'PLAY', time: 42 })
    await hana.next('PLAYBACK_STATE')
    await stage.settled()
    hana.send({ type: 'SYNC_REQUEST', ref: 'now' })
    expect(await hana.next('PLAYBACK_STATE', ({ ref }) => ref === 'now')).toMatchObject({
      is_playing: true,
      version: 1,
    })
    expect(hana.all('PAUSE')).toHaveLength(0)
    await hana.close()
    await stage.settled()
  }
})

it('[P7] what a host alone commands before a late greeting stands', async () => {
  const { code, host } = await stage.room()
  const frames: { type: string; is_playing?: boolean }[] = []
  // The claim of the greeting fails twice, as where welcome starts cold.
  let failures = 0
  stage.runtime.faults.failDynamoDb = ({ action, body }) =>
    action === 'UpdateItem' && JSON.stringify(body).includes('"greeting"') && failures++ < 2
      ? 'ThrottlingException'
      : undefined
  const socket = new WebSocket(stage.runtime.roomUrl(code, host.token))
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'PLAY', time: 5 }))
  await stage.settled()
  await expect.poll(() => frames.filter(({ type }) => type === 'PLAYBACK_STATE').length).toBe(1)
  expect(frames.find(({ type }) => type === 'PLAYBACK_STATE')).toMatchObject({ is_playing: true })
  socket.terminate()
})

it('[P7] what a host commands who is about to watch stands also where somebody else comes just then', async () => {
  const { code, host } = await stage.room()
  const guest = await stage.member(code, 'Gus')
  let isFirst = true
  stage.runtime.faults.delayPost = ({ data }) => {
    const isHeld = isFirst && data.includes('ROOM_PARTICIPANTS')
    if (isHeld) isFirst = false
    return isHeld ? 1_500 : 0
  }
  const hana = await openSocket(stage.runtime.roomUrl(code, host.token))
  await expect.poll(() => isFirst).toBe(false)
  hana.send({ type: 'PLAY', time: 42 })
  await expect.poll(async () => (await roomByCode(code))?.is_playing).toBe(true)
  const gus = await stage.enter(code, guest)
  expect(gus.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true }])
  await stage.settled()
  expect(await hana.next('PLAYBACK_STATE')).toMatchObject({ is_playing: true })
  expect([...hana.all('PAUSE'), ...gus.all('PAUSE')]).toEqual([])
})

it('[P7] a host alone who comes back and resumes at once is not paused by the end of the connection before', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { code, host } = await stage.room()
    const before = await stage.enter(code, host)
    before.send({ type: 'PLAY', time: 1 })
    await before.next('PLAY')
    await stage.settled()
    before.socket.terminate()
    const again = await openSocket(stage.runtime.roomUrl(code, host.token))
    again.send({ type: 'PLAY', time: 3 })
    await again.next('PLAYBACK_STATE')
    await stage.settled()
    again.send({ type: 'SYNC_REQUEST', ref: 'now' })
    expect(await again.next('PLAYBACK_STATE', ({ ref }) => ref === 'now')).toMatchObject({ is_playing: true })
    await again.close()
    await stage.settled()
  }
})

it('[P7] a host alone who comes back to a room that plays to nobody finds it paused', async () => {
  const { code, host } = await stage.room()
  const before = await stage.enter(code, host)
  before.send({ type: 'PLAY', time: 1 })
  await before.next('PLAY')
  await stage.settled()
  stage.runtime.faults.dropDisconnect = true
  before.socket.terminate()
  await before.closed
  const { removeSocketsOf } = await import('../../functions/table/sockets.ts')
  await removeSocketsOf({ code, userId: host.id }, { now: stage.services.clock(), remover: 'test' })
  stage.elapse(31_000)
  const again = await stage.enter(code, host)
  expect(again.all('PLAYBACK_STATE')[0]).toMatchObject({ is_playing: false })
})
