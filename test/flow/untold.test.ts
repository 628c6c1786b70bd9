import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { hostAndSilent, lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const two = () => hostAndSilent(stage)

/** What is sent is saved, and the Query for those who are there fails. */
const failBeforeTelling = () => {
  stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'Query' ? 'InternalServerError' : undefined)
}

/** The function ends where it is to count a coming or a leave. */
const failBeforeCounting = () => {
  stage.runtime.faults.failDynamoDb = ({ action, body }) =>
    action === 'UpdateItem' && JSON.stringify(body).includes('REVISION#people') ? 'InternalServerError' : undefined
}

const look = (hana: RoomSocket) => lookAtRoom(stage, hana)

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
    failBeforeCounting()
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

  const leavesOf = (socket: RoomSocket, userId: string) =>
    socket.all('USER_LEFT').filter(({ user_id }) => user_id === userId)

  /** Three are there, and one of them leaves by `how`: nobody hears of it before the look, both others by it. */
  const expectLeaveTold = async (
    how: (cleo: RoomSocket, named: { room_id: string; user_id: string }, host: Person) => unknown,
  ) => {
    const { code, host, hana, silent } = await two()
    const person = await stage.member(code, 'Cleo')
    const cleo = await stage.enter(code, person)
    await stage.settled()
    failBeforeCounting()
    await how(cleo, { room_id: code, user_id: person.id }, host)
    await cleo.closed
    await stage.settled()
    stage.runtime.faults.reset()
    for (const socket of [hana, silent]) expect(leavesOf(socket, person.id)).toHaveLength(0)
    await look(hana)
    for (const socket of [hana, silent]) expect(leavesOf(socket, person.id)).toMatchObject([{ user: 'Cleo' }])
    await look(hana)
    expect(leavesOf(silent, person.id)).toHaveLength(1)
    const { presenceOf } = await import('../../functions/table/presences.ts')
    expect(await presenceOf(code, person.id)).toBeUndefined()
  }

  it('that somebody left, once', async () => {
    await expectLeaveTold((cleo) => cleo.socket.terminate())
  })

  it('that somebody was removed, once', async () => {
    await expectLeaveTold((_, named, host) => stage.refused('rooms/kick', named, host))
  })

  it('that somebody came back', async () => {
    const { code, hana, silent } = await two()
    const person = await stage.member(code, 'Cleo')
    const cleo = await stage.enter(code, person)
    await silent.next('USER_JOINED')
    await stage.settled()
    // The new socket is recorded and not open when the old one ends.
    stage.runtime.faults.delayUpgradeMilliseconds = 1_500
    // The greeting makes it live, and ends where the presence is to begin anew.
    let isBeginning = false
    stage.runtime.faults.failDynamoDb = ({ body }) => {
      isBeginning ||= JSON.stringify(body).includes('#present_since0 < ')
      return isBeginning ? 'InternalServerError' : undefined
    }
    stage.runtime.faults.killInvocation = ({ function: name }) => isBeginning && name.startsWith('Welcome')
    const back = openSocket(stage.runtime.roomUrl(code, person.token))
    await setTimeout(500)
    cleo.socket.terminate()
    await silent.next('USER_LEFT')
    await stage.settled()
    stage.runtime.faults.reset()
    // One that never sends a PING would have to connect again: it lacks what it missed while it was greeted.
    const returned = await back
    returned.send({ type: 'PING', t0: 0 })
    await returned.next('PONG')
    await stage.settled()
    expect(silent.all('USER_JOINED')).toHaveLength(1)
    await look(hana)
    expect(silent.all('USER_JOINED')).toHaveLength(2)
    await look(hana)
    expect(silent.all('USER_JOINED')).toHaveLength(2)
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
