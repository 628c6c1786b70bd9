import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

const two = async () => {
  const people = await hostAndBo(stage)
  const kept = async () => (await stage.call('rooms/messages', { room_id: people.code }, people.host)).messages
  return { ...people, kept }
}

/** Messages of those who came within the last minute are kept together with the room's budget (C8). */
const isKept = (action: string): boolean => action === 'PutItem' || action === 'TransactWriteItems'

describe('[C4] a message that is sent again', () => {
  it('is kept once, told once, and its sender alone is answered with the one that is there', async () => {
    const { hana, boSocket, kept } = await two()
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    const first = await boSocket.next('CHAT_MESSAGE')
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    expect(await boSocket.next('CHAT_MESSAGE')).toEqual(first)
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(1)
    expect(await kept()).toHaveLength(1)
  })

  it('costs nothing of the budget, and is answered where it is empty', async () => {
    const { boSocket } = await two()
    for (let n = 0; n < 10; n += 1) boSocket.send({ type: 'CHAT_MESSAGE', message: `m${n}`, ref: `r${n}` })
    await boSocket.next('CHAT_MESSAGE', ({ ref }) => ref === 'r3')
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'm3', ref: 'r3' })
    expect(await boSocket.next('CHAT_MESSAGE', ({ ref }) => ref === 'r3')).toMatchObject({ message: 'm3' })
    expect(boSocket.all('ERROR')).toHaveLength(0)
  })

  it('is answered also where chat was switched off meanwhile, and the person muted', async () => {
    const { code, host, bo, boSocket } = await two()
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    await boSocket.next('CHAT_MESSAGE')
    await stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 60 }, host)
    await stage.call('rooms/settings', { room_id: code, is_chat_enabled: false }, host)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    expect(await boSocket.next('CHAT_MESSAGE')).toMatchObject({ ref: 'one' })
    expect(boSocket.all('ERROR')).toHaveLength(0)
  })

  it('after a function that ended between paying and keeping is kept and told, under the id of then', async () => {
    const { hana, boSocket, kept } = await two()
    stage.runtime.faults.failDynamoDb = ({ action, body }) =>
      isKept(action) && JSON.stringify(body).includes('CHAT#') ? 'InternalServerError' : undefined
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    await boSocket.next('ERROR')
    expect(await kept()).toHaveLength(0)
    stage.runtime.faults.reset()
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'later', ref: 'two' })
    const later = await boSocket.next('CHAT_MESSAGE')
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    const { id } = await boSocket.next('CHAT_MESSAGE', ({ ref }) => ref === 'one')
    expect(await hana.next('CHAT_MESSAGE', ({ message }) => message === 'once')).toMatchObject({ id })
    expect((await kept()).map((one) => one.id)).toEqual([id, later.id])
    expect(id < later.id).toBe(true)
  })

  it('but was never kept, of who is muted by now, is refused', async () => {
    const { code, host, bo, boSocket, kept } = await two()
    stage.runtime.faults.failDynamoDb = ({ action, body }) =>
      isKept(action) && JSON.stringify(body).includes('CHAT#') ? 'InternalServerError' : undefined
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    await boSocket.next('ERROR')
    stage.runtime.faults.reset()
    await stage.call('rooms/mute', { room_id: code, user_id: bo.id, seconds: 60 }, host)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    expect(await boSocket.next('ERROR')).toMatchObject({ code: 'muted', ref: 'one' })
    expect(await kept()).toHaveLength(0)
  })

  it('after a fault that came once it was kept is answered with it, and kept once', async () => {
    const { boSocket, kept } = await two()
    // The message is kept, and the room's people cannot be read: the function ends with a fault.
    stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'Query' ? 'InternalServerError' : undefined)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    expect(await boSocket.next('ERROR')).toMatchObject({ code: 'fault' })
    stage.runtime.faults.reset()
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    await boSocket.next('CHAT_MESSAGE', ({ ref }) => ref === 'one')
    expect(await kept()).toHaveLength(1)
  })

  it('is told to everybody where the function that kept it ended before it told anybody', async () => {
    const { hana, boSocket, kept } = await two()
    stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'Query' ? 'InternalServerError' : undefined)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
    expect(await boSocket.next('ERROR')).toMatchObject({ code: 'fault' })
    stage.runtime.faults.reset()
    stage.elapse(3_000)
    for (let n = 0; n < 2; n += 1) {
      boSocket.send({ type: 'CHAT_MESSAGE', message: 'once', ref: 'one' })
      await boSocket.next('CHAT_MESSAGE', ({ ref }) => ref === 'one')
      await stage.settled()
    }
    expect(hana.all('CHAT_MESSAGE').map(({ message }) => message)).toEqual(['once'])
    expect(await kept()).toHaveLength(1)
  })

  it.each([{ ref: 'always' }, {}])('other words under one ref, or none, are other messages: %o', async (mark) => {
    const { hana, boSocket, kept } = await two()
    for (const message of ['one', 'two']) {
      boSocket.send({ type: 'CHAT_MESSAGE', message, ...mark })
      expect(await hana.next('CHAT_MESSAGE')).toMatchObject({ message })
    }
    expect(await kept()).toHaveLength(2)
  })

  it('by another person with the same ref is another message', async () => {
    const { hana, boSocket, kept } = await two()
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'hi', ref: '1' })
    await hana.next('CHAT_MESSAGE')
    hana.send({ type: 'CHAT_MESSAGE', message: 'hi', ref: '1' })
    expect(await boSocket.next('CHAT_MESSAGE', ({ user }) => user === 'Hana')).toMatchObject({ message: 'hi' })
    expect(await kept()).toHaveLength(2)
  })
})

it('[C2] the lines of one person keep their order, whichever function is the faster', async () => {
  const { host, hana, boSocket, kept } = await two()
  const { markOf } = await import('../../functions/domain/marks.ts')
  const firstMark = markOf(host.id, { ref: '1', frameId: '' }, 'CHAT_MESSAGE', 'first')
  const { dynamoDb } = await import('../../functions/table/client.ts')
  // Both updates of the first line's budget.
  const held = holdUpdate(dynamoDb, firstMark, 2)
  hana.send({ type: 'CHAT_MESSAGE', message: 'first', ref: '1' })
  await held.hasArrived
  await wait(5)
  hana.send({ type: 'CHAT_MESSAGE', message: 'second', ref: '2' })
  await boSocket.next('CHAT_MESSAGE', ({ message }) => message === 'second')
  held.letThrough()
  await boSocket.next('CHAT_MESSAGE', ({ message }) => message === 'first')
  expect((await kept()).map(({ message }) => message)).toEqual(['first', 'second'])
})
