import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()

const slowRoom = async (seconds: number) => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const [hana, boSocket] = [await stage.enter(code, host), await stage.enter(code, bo)]
  await stage.call('rooms/settings', { room_id: code, slow_mode_seconds: seconds }, host)
  await stage.settled()
  return { code, host, bo, hana, boSocket }
}

const say = (socket: RoomSocket, message: string) => {
  socket.send({ type: 'CHAT_MESSAGE', message, ref: message })
  return Promise.race([
    socket.next('CHAT_MESSAGE', ({ ref }) => ref === message),
    socket.next('ERROR', ({ ref }) => ref === message),
  ])
}

describe('[C7] slow mode', () => {
  it('lets a participant write once in so many seconds, and says how long to wait', async () => {
    const { hana, boSocket } = await slowRoom(10)
    expect(hana.all('ROOM_UPDATED').at(-1)).toMatchObject({ slow_mode_seconds: 10 })
    expect(await say(boSocket, 'one')).toMatchObject({ type: 'CHAT_MESSAGE' })
    expect(await say(boSocket, 'two')).toMatchObject({ code: 'too_fast', retry_after: 10, limit: 'slow_mode' })
    stage.elapse(5_000)
    expect(await say(boSocket, 'three')).toMatchObject({ code: 'too_fast', retry_after: 5 })
    // What was refused did not begin the wait anew.
    stage.elapse(5_000)
    expect(await say(boSocket, 'four')).toMatchObject({ type: 'CHAT_MESSAGE' })
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE').map(({ message }) => message)).toEqual(['one', 'four'])
  })

  it('lets one of several at one moment pass', async () => {
    const { bo, code, hana, boSocket } = await slowRoom(60)
    const other = await stage.enter(code, bo)
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text, n) => say(n % 2 === 0 ? boSocket : other, text)))
    expect(answers.map(({ type }) => type).sort()).toEqual(['CHAT_MESSAGE', 'ERROR', 'ERROR', 'ERROR'])
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(1)
  })

  it('does not slow who moderates, and a message that is sent again costs nothing', async () => {
    const { hana, boSocket } = await slowRoom(60)
    for (const text of ['one', 'two']) expect(await say(hana, text)).toMatchObject({ type: 'CHAT_MESSAGE' })
    const first = await say(boSocket, 'mine')
    expect(await say(boSocket, 'mine')).toEqual(first)
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(3)
  })

  it('that was refused is kept when it is sent again after the wait', async () => {
    const { hana, boSocket } = await slowRoom(10)
    await say(boSocket, 'one')
    expect(await say(boSocket, 'two')).toMatchObject({ code: 'too_fast' })
    stage.elapse(10_000)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'two', ref: 'two' })
    expect((await hana.next('CHAT_MESSAGE', ({ message }) => message === 'two')).user).toBe('Bo')
  })

  it('that was refused is a new message when it is sent again: everybody has it after what was said meanwhile', async () => {
    const { code, hana, boSocket } = await slowRoom(10)
    await say(boSocket, 'one')
    expect(await say(boSocket, 'two')).toMatchObject({ code: 'too_fast' })
    stage.elapse(10_000)
    const between = await say(hana, 'between')
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'two', ref: 'two' })
    const second = await hana.next('CHAT_MESSAGE', ({ message }) => message === 'two')
    expect(between.type === 'CHAT_MESSAGE' && second.id > between.id).toBe(true)
    const late = await stage.enter(code, await stage.member(code, 'Cid'))
    const { messages } = await late.next('CHAT_HISTORY')
    expect(messages.map(({ message }) => message)).toEqual(['one', 'between', 'two'])
  })

  it('uses up nothing of the budget of a line that it refuses, in whatever order they come', async () => {
    const { code, host, boSocket } = await slowRoom(60)
    await say(boSocket, 'one')
    const texts = Array.from({ length: 25 }, (_, n) => `again ${n}`)
    await Promise.all(texts.slice(0, 8).map((text) => say(boSocket, text)))
    for (const text of texts.slice(8))
      expect(await say(boSocket, text)).toMatchObject({ message: expect.stringMatching(/^Slow mode/) })
    await stage.call('rooms/settings', { room_id: code, slow_mode_seconds: 0 }, host)
    await stage.settled()
    const answers = await Promise.all(texts.slice(0, 8).map((text) => say(boSocket, `${text} now`)))
    expect(answers.map(({ type }) => type)).toEqual(Array(8).fill('CHAT_MESSAGE'))
  })

  it('[C4] neither does a chat that is switched off', async () => {
    const { code, host, hana, boSocket } = await slowRoom(0)
    await stage.call('rooms/settings', { room_id: code, is_chat_enabled: false }, host)
    await stage.settled()
    for (let n = 0; n < 15; n += 1) expect(await say(boSocket, 'hello')).toMatchObject({ code: 'chat_disabled' })
    await stage.call('rooms/settings', { room_id: code, is_chat_enabled: true }, host)
    await stage.settled()
    const between = await say(hana, 'between')
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'hello', ref: 'hello' })
    const last = await hana.next('CHAT_MESSAGE', ({ message }) => message === 'hello')
    expect(between.type === 'CHAT_MESSAGE' && last.id > between.id).toBe(true)
  })

  it('is off with 0, and the host alone sets it', async () => {
    const { code, host, bo, boSocket } = await slowRoom(60)
    const refused = await stage.refused('rooms/settings', { room_id: code, slow_mode_seconds: 0 }, bo)
    expect(refused).toMatchObject({ status: 403, body: { code: 'not_host' } })
    await say(boSocket, 'one')
    await stage.call('rooms/settings', { room_id: code, slow_mode_seconds: 0 }, host)
    expect(await say(boSocket, 'two')).toMatchObject({ message: 'two' })
  })
})

describe('[C8] people who came within the last minute', () => {
  const guests = async (code: string, count: number) => {
    const sockets: RoomSocket[] = []
    for (let n = 0; n < count; n += 1) sockets.push(await stage.enter(code, await stage.member(code, `Guest ${n}`)))
    return sockets
  }

  it('share one budget of the room, however many they are', async () => {
    const { code, host } = await stage.room()
    const hana = await stage.enter(code, host)
    const sockets = await guests(code, 5)
    await stage.settled()
    const began = Date.now()
    const texts = sockets.flatMap((socket, n) => Array.from({ length: 8 }, (_, m) => ({ socket, text: `${n} ${m}` })))
    const answers = await Promise.all(texts.map(({ socket, text }) => say(socket, text)))
    const passed = answers.filter(({ type }) => type === 'CHAT_MESSAGE').length
    expect(passed).toBeGreaterThanOrEqual(10)
    expect(passed).toBeLessThanOrEqual(11 + (Date.now() - began) / 600)
    const refused = answers.filter((answer) => answer.type === 'ERROR')
    const shared = { code: 'too_fast', re: 'CHAT_MESSAGE', retry_after: expect.any(Number), limit: 'newcomers' }
    for (const error of refused) expect(error).toMatchObject(shared)
    await stage.settled()
    expect(hana.all('CHAT_MESSAGE')).toHaveLength(passed)
  })

  it('are told of their own bucket where that is empty, as anybody', async () => {
    const { code } = await stage.room()
    const [elder] = await guests(code, 1)
    stage.elapse(61_000)
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => elder && say(elder, `${n}`)))
    const refused = answers.filter((answer) => answer?.type === 'ERROR')
    expect(refused.length).toBeGreaterThan(0)
    for (const error of refused) expect(error).not.toHaveProperty('limit')
  })

  it('take nothing from those who were there before, nor from who moderates', async () => {
    const { code, host } = await stage.room()
    const [elder, hana] = [(await guests(code, 1))[0], await stage.enter(code, host)]
    stage.elapse(61_000)
    const fresh = await guests(code, 2)
    await Promise.all(fresh.flatMap((socket, n) => Array.from({ length: 10 }, (_, m) => say(socket, `${n} ${m}`))))
    for (const socket of [elder, hana])
      for (const text of ['a', 'b', 'c']) expect(socket && (await say(socket, text))).toMatchObject({ message: text })
  })
})
