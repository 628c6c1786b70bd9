import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const enterNew = async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  return { code, host, bo, hana: await stage.enter(code, host), boSocket: await stage.enter(code, bo) }
}

it('[K1] PING is answered to the sender with both clocks and the version', async () => {
  const { hana, boSocket } = await enterNew()
  boSocket.send({ type: 'PING', t0: 123.5, ref: 'p' })
  const pong = await boSocket.next('PONG')
  expect(pong).toMatchObject({ t0: 123.5, version: 0, ref: 'p' })
  expect(pong.t1).toBeLessThanOrEqual(pong.t2)
  expect(Math.abs(pong.t2 - Date.now())).toBeLessThan(2_000)
  await stage.settled()
  expect(hana.all('PONG')).toHaveLength(0)
})

it('[K4] PONG says that the server speaks version 1 of the protocol', async () => {
  const { hana } = await enterNew()
  hana.send({ type: 'PING', t0: 1 })
  expect(await hana.next('PONG')).toMatchObject({ protocol: 1 })
})

it('[K1] a PING without its clock is an ERROR', async () => {
  const { hana } = await enterNew()
  hana.send({ type: 'PING', t0: 'now', ref: 'p' })
  expect(await hana.next('ERROR')).toMatchObject({ code: 'invalid_field', re: 'PING', ref: 'p' })
})

it('[K2][A5] a socket opened with a token that was signed out is told and closed at its next PING', async () => {
  const { bo, hana, boSocket } = await enterNew()
  await stage.call('auth/logout', {}, bo)
  boSocket.send({ type: 'PING', t0: 1 })
  expect(await boSocket.next('ERROR')).toMatchObject({ code: 'unauthorized', re: 'PING' })
  expect(await boSocket.next('REMOVED')).toMatchObject({ code: 'signed_out' })
  expect((await boSocket.closed).code).toBe(1000)
  expect(await hana.next('USER_LEFT')).toMatchObject({ user_id: bo.id })
})

it('[K3] SYNC_REQUEST brings the state to the sender alone', async () => {
  const { hana, boSocket } = await enterNew()
  boSocket.send({ type: 'SYNC_REQUEST', ref: 's' })
  expect(await boSocket.next('PLAYBACK_STATE', ({ ref }) => ref === 's')).toMatchObject({
    is_playing: false,
    version: 0,
  })
  await stage.settled()
  expect(hana.all('PLAYBACK_STATE')).toHaveLength(1)
})

it('[K3] with `after` the state comes first and the missed messages follow', async () => {
  const { hana, boSocket } = await enterNew()
  const ids: string[] = []
  for (let count = 0; count < 4; count += 1) {
    stage.elapse(1_000)
    hana.send({ type: 'CHAT_MESSAGE', message: `${count}` })
    ids.push((await hana.next('CHAT_MESSAGE')).id)
  }
  boSocket.send({ type: 'SYNC_REQUEST', after: ids[1], ref: 's' })
  const history = await boSocket.next('CHAT_HISTORY', ({ since }) => since !== undefined)
  expect(history.messages.map(({ message }) => message)).toEqual(['2', '3'])
  expect(history.since).toBe(ids[1])
  const marked = boSocket.frames.filter((frame) => 'ref' in frame && frame.ref === 's')
  expect(marked.map(({ type }) => type)).toEqual(['PLAYBACK_STATE', 'CHAT_HISTORY'])
})

it('[K3] more than a frame holds comes in several, and more than 200 is marked as cut', async () => {
  const { hana } = await enterNew()
  hana.send({ type: 'CHAT_MESSAGE', message: 'first' })
  const { id } = await hana.next('CHAT_MESSAGE')
  const long = 'x'.repeat(400)
  for (let count = 0; count < 205; count += 1) {
    stage.elapse(1_000)
    hana.send({ type: 'CHAT_MESSAGE', message: `${count} ${long}` })
    await hana.next('CHAT_MESSAGE')
  }
  hana.send({ type: 'SYNC_REQUEST', after: id, ref: 's' })
  await hana.next('CHAT_HISTORY', ({ truncated }) => truncated === true)
  const frames = hana.all('CHAT_HISTORY').filter(({ since }) => since === id)
  expect(frames.length).toBeGreaterThan(3)
  const numbers = frames.flatMap(({ messages }) => messages.map(({ message }) => Number(message.split(' ')[0])))
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index))
})

it('[K3] nothing missed is said with an empty frame', async () => {
  const { hana } = await enterNew()
  hana.send({ type: 'CHAT_MESSAGE', message: 'last' })
  const { id } = await hana.next('CHAT_MESSAGE')
  hana.send({ type: 'SYNC_REQUEST', after: id })
  expect((await hana.next('CHAT_HISTORY', ({ since }) => since === id)).messages).toEqual([])
})
