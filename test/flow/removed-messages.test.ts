import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { hostAndBo } from './host-and-bo.ts'

const stage = setUpStage()

/** The host and Bo, who has said "first", with the mark m1. */
const spoken = async () => {
  const people = await hostAndBo(stage)
  const { code, host } = people
  const { id } = await say(people.boSocket, 'first', 'm1')
  await stage.settled()
  const kept = async (after?: string) =>
    stage.call('rooms/messages', { room_id: code, ...(after !== undefined && { after }) }, host)
  return { ...people, id, kept, about: { room_id: code, message_id: id } }
}

const say = (socket: RoomSocket, message: string, ref: string) => {
  socket.send({ type: 'CHAT_MESSAGE', message, ref })
  return socket.next('CHAT_MESSAGE', (said) => said.ref === ref)
}

const remove = (about: { room_id: string; message_id: string }, caller: Person) =>
  stage.call('rooms/remove-message', about, caller)

describe('[C5] a message that is removed', () => {
  it.each(['host', 'bo'] as const)('by the %s is gone everywhere, and everybody hears of it', async (who) => {
    const people = await spoken()
    const { code, host, hana, boSocket, id, about, kept } = people
    const second = await say(boSocket, 'second', 'm2')
    expect(await remove(about, people[who])).toEqual({ ok: true })
    for (const socket of [hana, boSocket])
      expect(await socket.next('MESSAGE_REMOVED')).toMatchObject({ id, user_id: people[who].id })
    expect((await kept()).messages.map(({ message }) => message)).toEqual(['second'])
    const late = await stage.enter(code, host)
    expect(late.all('CHAT_HISTORY')[0]?.messages.map((one) => one.id)).toEqual([second.id])
    hana.send({ type: 'SYNC_REQUEST', parts: ['chat'] })
    await hana.next('CHAT_HISTORY', ({ messages }) => messages.map(({ id: left }) => left).join() === second.id)
  })

  it('by two at the same moment leaves a revision of the chat that an event has told', async () => {
    const { code, host, bo, hana, about } = await spoken()
    await Promise.all([remove(about, host), remove(about, bo)])
    await stage.settled()
    hana.send({ type: 'PING', t0: 1 })
    const { revisions } = await hana.next('PONG')
    const told = hana.all('MESSAGE_REMOVED').map(({ revision }) => revision)
    expect(told).toContain(revisions?.chat)
    expect((await stage.call('rooms/messages', { room_id: code }, host)).messages).toEqual([])
  })

  it('is removed by its writer or who moderates, and by nobody else', async () => {
    const { code, about, hana } = await spoken()
    const ana = await stage.member(code, 'Ana')
    expect(await stage.refused('rooms/remove-message', about, ana)).toMatchObject({
      status: 403,
      body: { code: 'not_host' },
    })
    const stranger = await stage.guest('Cleo')
    expect(await stage.refused('rooms/remove-message', about, stranger)).toMatchObject({
      body: { code: 'not_a_member' },
    })
    await stage.settled()
    expect(hana.all('MESSAGE_REMOVED')).toEqual([])
  })

  it('must be there', async () => {
    const { about, host } = await spoken()
    const other = { ...about, message_id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }
    const refused = { status: 404, body: { code: 'message_not_found' } }
    expect(await stage.refused('rooms/remove-message', other, host)).toMatchObject(refused)
  })

  it('[H9] asked again is answered as the first time, with one and the same revision', async () => {
    const { about, host, bo, hana } = await spoken()
    expect(await Promise.all([remove(about, host), remove(about, bo), remove(about, host)])).toHaveLength(3)
    await remove(about, host)
    await stage.settled()
    expect(new Set(hana.all('MESSAGE_REMOVED').map(({ revision }) => revision)).size).toBe(1)
  })

  it('[C4] sent again does not come back: its sender hears so, and nobody else anything', async () => {
    const { about, host, hana, boSocket, kept } = await spoken()
    await remove(about, host)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'first', ref: 'm1' })
    expect(await boSocket.next('ERROR')).toMatchObject({ code: 'message_not_found', re: 'CHAT_MESSAGE', ref: 'm1' })
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(1)
    expect((await kept()).messages).toEqual([])
  })

  it('[K5] is the revision of the chat, by which one that was not heard is asked for', async () => {
    const { about, host, hana, boSocket, id } = await spoken()
    const later = await say(boSocket, 'second', 'm2')
    stage.runtime.faults.answerPost = ({ data }) => (data.includes('MESSAGE_REMOVED') ? 429 : undefined)
    await remove(about, host)
    hana.send({ type: 'PING', t0: 1 })
    const { revisions } = await hana.next('PONG')
    expect(revisions?.chat ?? '').toSatisfy((chat: string) => chat > later.id)
    hana.send({ type: 'SYNC_REQUEST', after: later.id })
    expect(await hana.next('CHAT_HISTORY', ({ since }) => since === later.id)).toMatchObject({
      messages: [],
      removed: [id],
    })
    stage.runtime.faults.reset()
    await stage.settled()
  })

  it('[R16] is named on the page that follows', async () => {
    const { about, host, id, boSocket, kept } = await spoken()
    const later = await say(boSocket, 'second', 'm2')
    await remove(about, host)
    expect(await kept(later.id)).toMatchObject({ messages: [], removed: [id], next: null })
    expect(await kept()).not.toHaveProperty('removed')
  })

  it('[W3] while somebody is greeted is told to them as well', async () => {
    const { code, about, host, id } = await spoken()
    const cleo = await stage.member(code, 'Cleo')
    let removing: Promise<unknown> | undefined
    // The history is out, and the socket is not live yet.
    stage.runtime.faults.answerPost = ({ data }) => {
      if (data.includes('PLAYBACK_STATE')) removing ??= remove(about, host)
      return undefined
    }
    const socket = await stage.enter(code, cleo)
    await removing
    expect(socket.all('CHAT_HISTORY')[0]?.messages).toMatchObject([{ id }])
    expect(await socket.next('MESSAGE_REMOVED')).toMatchObject({ id })
  })
})

describe('[C6] a chat that is cleared', () => {
  it('has nothing of before any more, and the facts say from where on it is', async () => {
    const { code, host, hana, boSocket, id, kept } = await spoken()
    expect(await stage.call('rooms/clear-chat', { room_id: code }, host)).toEqual({ ok: true })
    const { chat_since: since } = await boSocket.next('ROOM_UPDATED')
    expect(since ?? '').toSatisfy((clearedAt: string) => clearedAt > id)
    stage.elapse(1)
    const after = await say(boSocket, 'after', 'm2')
    expect((await kept()).messages.map(({ message }) => message)).toEqual(['after'])
    expect((await kept('0'.repeat(26))).messages).toHaveLength(1)
    const late = await stage.enter(code, host)
    expect(late.all('CHAT_HISTORY')[0]?.messages.map((one) => one.id)).toEqual([after.id])
    hana.send({ type: 'SYNC_REQUEST', after: '0'.repeat(26) })
    expect((await hana.next('CHAT_HISTORY', (event) => event.since !== undefined)).messages).toHaveLength(1)
    expect(await stage.call('rooms/detail', { code }, host)).toMatchObject({ chat_since: since })
  })

  it('[H9] asked again after a lost answer, keeps what was written between the two calls', async () => {
    const { code, host, boSocket, id, kept } = await spoken()
    const clear = () => stage.call('rooms/clear-chat', { room_id: code, until: id }, host)
    expect(await clear()).toEqual({ ok: true })
    expect(await boSocket.next('ROOM_UPDATED')).toMatchObject({ chat_since: id })
    const between = await say(boSocket, 'between', 'm2')
    expect(await clear()).toEqual({ ok: true })
    expect((await kept()).messages.map((one) => one.id)).toEqual([between.id])
    // Who names a message of before takes nothing back.
    const before = { room_id: code, until: '0'.repeat(26) }
    expect(await stage.call('rooms/clear-chat', before, host)).toEqual({ ok: true })
    expect((await stage.call('rooms/detail', { code }, host)).chat_since).toBe(id)
  })

  it('never reaches what is yet to be written, whatever the call names', async () => {
    const { code, host, boSocket, kept } = await spoken()
    await stage.call('rooms/clear-chat', { room_id: code, until: '7'.repeat(26) }, host)
    stage.elapse(1)
    await say(boSocket, 'after', 'm2')
    expect((await kept()).messages.map(({ message }) => message)).toEqual(['after'])
  })

  it('by somebody who may not moderate stays as it is', async () => {
    const { code, bo, kept } = await spoken()
    const refused = { status: 403, body: { code: 'not_host' } }
    expect(await stage.refused('rooms/clear-chat', { room_id: code }, bo)).toMatchObject(refused)
    expect((await kept()).messages).toHaveLength(1)
  })

  it('does not bring back a message that is sent again, and none of it can be removed', async () => {
    const { code, host, hana, boSocket, about } = await spoken()
    await stage.call('rooms/clear-chat', { room_id: code }, host)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'first', ref: 'm1' })
    expect(await boSocket.next('ERROR')).toMatchObject({ code: 'message_not_found', ref: 'm1' })
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(1)
    expect(await stage.refused('rooms/remove-message', about, host)).toMatchObject({ status: 404 })
  })
})
