import { afterEach, describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()
afterEach(() => stage.runtime.faults.reset())

/** A host, and somebody who never sends a PING and so cannot ask for what they lack. */
const two = async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const silent = await stage.enter(code, await stage.member(code, 'Bo'))
  await hana.next('USER_JOINED')
  await stage.settled()
  return { code, host, hana, silent }
}

/** What is sent is saved, and the Query for those who are there fails. */
const failBeforeTelling = () => {
  stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'Query' ? 'InternalServerError' : undefined)
}

/** A minute later, somebody's PING makes the room be looked at. */
const look = async (hana: RoomSocket) => {
  stage.elapse(61_000)
  hana.send({ type: 'PING', t0: 1 })
  await hana.next('PONG')
  await stage.settled()
}

/** Not before the look, by the first look, and by no later one. */
const expectToldOnce = async (
  hana: RoomSocket,
  silent: RoomSocket,
  type: 'CHAT_MESSAGE' | 'MESSAGE_REMOVED' | 'PAUSE',
  told: object,
) => {
  expect(silent.all(type)).toHaveLength(0)
  await look(hana)
  expect(silent.all(type)).toMatchObject([told])
  await look(hana)
  expect(silent.all(type)).toHaveLength(1)
}

describe('[W8] what was saved by a function that ended before it told anybody is told by the next look', () => {
  it('a message, once', async () => {
    const { hana, silent } = await two()
    failBeforeTelling()
    hana.send({ type: 'CHAT_MESSAGE', message: 'lost' })
    expect(await hana.next('ERROR')).toMatchObject({ code: 'fault' })
    stage.runtime.faults.reset()
    await expectToldOnce(hana, silent, 'CHAT_MESSAGE', { message: 'lost' })
  })

  it('where the video is, once', async () => {
    const { hana, silent } = await two()
    failBeforeTelling()
    hana.send({ type: 'PAUSE', time: 42 })
    await hana.next('ERROR')
    stage.runtime.faults.reset()
    await expectToldOnce(hana, silent, 'PAUSE', { time: 42, is_playing: false })
  })

  it('a message whose repair ended as well', async () => {
    const { hana, silent } = await two()
    stage.runtime.faults.answerPost = ({ data }) => (data.includes('"mine"') ? undefined : 429)
    stage.runtime.faults.killInvocation = ({ function: name }) => name.startsWith('Repair')
    hana.send({ type: 'CHAT_MESSAGE', message: 'lost', ref: 'mine' })
    await hana.next('CHAT_MESSAGE')
    await stage.settled()
    stage.runtime.faults.reset()
    await expectToldOnce(hana, silent, 'CHAT_MESSAGE', { message: 'lost' })
  })

  it('that a message was removed, once', async () => {
    const { code, host, hana, silent } = await two()
    hana.send({ type: 'CHAT_MESSAGE', message: 'gone' })
    const { id } = await silent.next('CHAT_MESSAGE')
    await stage.settled()
    failBeforeTelling()
    await stage.refused('rooms/remove-message', { room_id: code, message_id: id }, host)
    stage.runtime.faults.reset()
    await expectToldOnce(hana, silent, 'MESSAGE_REMOVED', { id })
  })

  it('that somebody came', async () => {
    const { code, host } = await stage.room()
    const hana = await stage.enter(code, host)
    const silent = await stage.enter(code, await stage.member(code, 'Bo'))
    const cleo = await stage.member(code, 'Cleo')
    await stage.settled()
    // The function ends where it is to count the coming: the greeting is over, and nobody else was told.
    stage.runtime.faults.failDynamoDb = ({ action, body }) =>
      action === 'UpdateItem' && JSON.stringify(body).includes('REVISION#people') ? 'InternalServerError' : undefined
    await stage.enter(code, cleo)
    await stage.settled()
    stage.runtime.faults.reset()
    expect(silent.all('USER_JOINED').filter(({ user_id }) => user_id === cleo.id)).toHaveLength(0)
    await look(hana)
    for (const socket of [hana, silent]) {
      const joined = socket.all('USER_JOINED').filter(({ user_id }) => user_id === cleo.id)
      expect(joined).toMatchObject([{ user: 'Cleo' }])
    }
  })

  it('nothing is told again that everybody has heard', async () => {
    const { hana, silent } = await two()
    hana.send({ type: 'CHAT_MESSAGE', message: 'heard' })
    hana.send({ type: 'SEEK', time: 42 })
    await silent.next('SEEK')
    await stage.settled()
    await look(hana)
    expect([...silent.all('CHAT_MESSAGE'), ...silent.all('SEEK'), ...silent.all('PAUSE')]).toHaveLength(2)
  })
})
