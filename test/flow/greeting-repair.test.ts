import { setTimeout as wait } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { emptyRoom, foldEvent } from '../../client/index.ts'
import { HANDOVER_MS, SAVED_WITHIN_MS, TOLD_WITHIN_MS } from '../../functions/domain/times.ts'
import { chooseSeed, createRandom } from '../client/simulated/seeded-random.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, type RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()

/** Whom a client of the library shows. */
const shownTo = ({ frames }: RoomSocket) => frames.reduce(foldEvent, emptyRoom).people.list.map(({ name }) => name)

/** A room whose host has heard that Ana is there. */
const withAna = async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const ana = await stage.member(code, 'Ana')
  const socket = await stage.enter(code, ana)
  await hana.next('USER_JOINED')
  return { code, host, hana, ana, socket }
}

/** Ana has closed her socket, and the table takes its time to remove it. */
const leavingSlowly = async () => {
  const { hana, ana, socket } = await withAna()
  await wait(TOLD_WITHIN_MS)
  await stage.settled()
  const { table } = await import('../../functions/table/client.ts')
  const removing = holdUpdate(table, 'removed_by')
  await socket.close()
  await removing.hasArrived
  return { hana, ana, removing }
}

/** Ana comes back while her first socket is open, and the one that she comes by is not live yet. */
const comingBackSlowly = async () => {
  const { code, hana, ana, socket: before } = await withAna()
  await stage.settled()
  const { table } = await import('../../functions/table/client.ts')
  const marking = holdUpdate(table, 'catching_up')
  await stage.enter(code, ana)
  await marking.hasArrived
  return { code, hana, before, marking, table }
}

/** Ana has come back by a socket that was being greeted when her first one ended. Nobody was told yet that it did. */
const backBeforeToldGone = async () => {
  const { code, hana, before, marking, table } = await comingBackSlowly()
  const leaving = holdUpdate(table, code, 1, 'QueryCommand')
  await before.close()
  await leaving.hasArrived
  marking.letThrough()
  const { at: cameBackAt } = await hana.next('USER_JOINED')
  return { code, hana, leaving, cameBackAt }
}

it('[W6] a newcomer to a long conversation hears nothing old as if it were new', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  for (let count = 0; count < 60; count += 1) {
    stage.elapse(1_000)
    hana.send({ type: 'CHAT_MESSAGE', message: `${count}` })
    await hana.next('CHAT_MESSAGE')
  }
  const late = await stage.enter(code, await stage.member(code, 'Bo'))
  await stage.settled()
  expect(late.all('CHAT_HISTORY')[0]?.messages).toHaveLength(50)
  expect(late.all('CHAT_MESSAGE')).toHaveLength(0)
})

it('[W2] people who come at the same moment all hear of each other', async () => {
  const { code } = await stage.room()
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => stage.member(code, `P${index}`)))
  // Marks of unequal speed: the case in which one may miss another.
  const random = createRandom(chooseSeed('greetings'))
  stage.runtime.faults.delayPost = () => random() * 30
  const sockets = await Promise.all(people.map((person) => stage.enter(code, person)))
  await stage.settled()
  for (const [index, socket] of sockets.entries()) {
    const listed = socket.all('ROOM_PARTICIPANTS')[0]?.participants ?? []
    const joined = socket.all('USER_JOINED').map(({ user }) => user)
    // A handover that took longer than its time may tell a coming twice: nobody is lost by it.
    expect([...new Set([...listed, ...joined])].sort()).toEqual(people.map(({ name }) => name).sort())
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed).toContain(people[index]?.name)
  }
})

it('[W2] whoever comes while somebody is marked as being there slowly hears of them', async () => {
  const { code } = await stage.room()
  const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
  const { table } = await import('../../functions/table/client.ts')
  const marking = holdUpdate(table, 'catching_up')
  await stage.enter(code, ana)
  await marking.hasArrived
  const boSocket = await stage.enter(code, bo)
  // Bo's greeting has looked for the last time at who is there.
  await wait(2 * (HANDOVER_MS + SAVED_WITHIN_MS))
  marking.letThrough()
  expect(await boSocket.next('USER_JOINED')).toMatchObject({ user_id: ana.id })
})

it('[W2] a leave that is told late says when they left: who has come back meanwhile is there', async () => {
  const { hana, leaving, cameBackAt } = await backBeforeToldGone()
  leaving.letThrough()
  expect((await hana.next('USER_LEFT')).at).toBeLessThan(cameBackAt)
})

it('[W2] somebody who opens and closes at once was never there, or came and left', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  for (let count = 0; count < 5; count += 1) {
    const socket = await stage.enter(code, await stage.member(code, `Brief ${count}`))
    await socket.close()
  }
  await stage.settled()
  const present = new Set<string>()
  for (const frame of hana.frames) {
    if (frame.type === 'USER_JOINED') present.add(frame.user_id)
    if (frame.type === 'USER_LEFT') expect(present.delete(frame.user_id)).toBe(true)
  }
  expect(present.size).toBe(0)
})

it('[W2] who goes again before they are live has left later than they came, in whatever order that is heard', async () => {
  const { presenceOf } = await import('../../functions/table/presences.ts')
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const ana = await stage.member(code, 'Ana')
  await stage.settled()
  // The others are told of the leave first.
  stage.runtime.faults.delayPost = ({ data }) => (data.includes('USER_JOINED') ? 1_200 : 0)
  const socket = await stage.enter(code, ana)
  const isLive = async () =>
    (await presenceOf(code, ana.id))?.connections.some(({ state }) => state === 'live') === true
  await vi.waitUntil(isLive, { interval: 5 })
  await socket.close()
  const [{ at: leftAt }, { at: cameAt }] = [await hana.next('USER_LEFT'), await hana.next('USER_JOINED')]
  expect(leftAt).toBeGreaterThan(cameAt)
  expect(shownTo(hana)).toEqual(['Hana'])
})

it('[W2] whose new socket is marked as live slowly has come back later than they left', async () => {
  const { hana, before, marking } = await comingBackSlowly()
  await wait(2 * HANDOVER_MS)
  await before.close()
  const { at: leftAt } = await hana.next('USER_LEFT')
  marking.letThrough()
  expect((await hana.next('USER_JOINED')).at).toBeGreaterThan(leftAt)
  expect(shownTo(hana)).toEqual(['Hana', 'Ana'])
})

it('[W2] whose socket is removed slowly, while the others hear of their new name, has left all the same', async () => {
  const { hana, ana, removing } = await leavingSlowly()
  await stage.call('auth/name', { display_name: 'Anna' }, ana)
  removing.letThrough()
  await hana.next('USER_LEFT', ({ renamed }) => renamed === undefined)
  await stage.settled()
  expect(shownTo(hana)).toEqual(['Hana'])
})

it('[W2] the same where the function that told the new name ended before it looked once more', async () => {
  const { hana, ana, removing } = await leavingSlowly()
  // Once the new name was posted, the function ends.
  let isTold = false
  stage.runtime.faults.killInvocation = ({ service, event }) => {
    const isIts = (event as { rawPath?: string }).rawPath?.includes('auth/name') === true
    if (isIts && service === 'management') isTold = true
    return isIts && isTold && service === 'dynamodb'
  }
  await stage.refused('auth/name', { display_name: 'Anna' }, ana)
  removing.letThrough()
  await hana.next('USER_LEFT', ({ renamed }) => renamed === undefined)
  await stage.settled()
  expect(hana.all('USER_LEFT').some(({ renamed }) => renamed === true)).toBe(true)
  expect(shownTo(hana)).toEqual(['Hana'])
})

it('[K5] a coming that is told once more, because the leave before it was slow, has the number that it had', async () => {
  const { code, hana, ana, socket: before } = await withAna()
  await stage.settled()
  stage.runtime.faults.delayPost = ({ data }) => (data.includes('USER_LEFT') ? 2 * TOLD_WITHIN_MS : 0)
  await before.close()
  const { presenceOf } = await import('../../functions/table/presences.ts')
  await vi.waitUntil(async () => (await presenceOf(code, ana.id))?.leave_claim !== undefined)
  await stage.enter(code, ana)
  await stage.settled()
  const [, back, again] = hana.all('USER_JOINED')
  expect(again).toEqual(back)
  expect(back?.revision).toBeGreaterThan(0)
})

it('[W2] a leave that is told late takes nobody from a list that has them since they came back', async () => {
  const { code, hana, leaving } = await backBeforeToldGone()
  const late = await stage.enter(code, await stage.member(code, 'Bo'))
  await hana.next('USER_JOINED')
  leaving.letThrough()
  await late.next('USER_LEFT')
  expect(shownTo(late)).toEqual(['Hana', 'Bo', 'Ana'])
})

it('[K2] [W9] a connection that was never set up is told so at its PING and closed, so that its client comes again', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  const { removeSocketsOf } = await import('../../functions/table/sockets.ts')
  await removeSocketsOf({ code, userId: host.id }, { now: Date.now(), remover: 'test' })
  hana.send({ type: 'PING', t0: 1, ref: 'p' })
  expect(await hana.next('ERROR')).toMatchObject({ code: 'not_connected', ref: 'p' })
  expect((await hana.closed).code).toBe(1000)
  expect(hana.all('REMOVED')).toHaveLength(0)
})

it('[R10] somebody kicked between $connect and the greeting hears why before the socket closes', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  stage.runtime.faults.delayUpgradeMilliseconds = 300
  let kicked: Promise<unknown> | undefined
  // The first call of the greeting: by then the connection is recorded.
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    if (action === 'UpdateItem' && JSON.stringify(body).includes('"greeting"') && kicked === undefined) {
      kicked = stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host)
      return 'ThrottlingException'
    }
    return undefined
  }
  const socket = await openSocket(stage.runtime.roomUrl(code, bo.token))
  expect((await socket.next('REMOVED')).code).toBe('kicked')
  expect((await socket.closed).code).toBe(1000)
  await kicked
  const { presenceOf } = await import('../../functions/table/presences.ts')
  expect(await presenceOf(code, bo.id)).toBeUndefined()
})

it('[R10] somebody whose socket opens between the word of the kick and its close hears it all the same', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  let kicked: Promise<unknown> | undefined
  let isKickOver = false
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    if (action === 'UpdateItem' && JSON.stringify(body).includes('"greeting"') && kicked === undefined) {
      kicked = stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host).then(() => {
        isKickOver = true
      })
      return 'ThrottlingException'
    }
    return undefined
  }
  // As long as the socket opens, the gateway takes no post. It is open where the greeting comes before the kick is over.
  let isOpen = false
  stage.runtime.faults.answerPost = ({ data }) => {
    if (data.includes('"REMOVED"')) return isKickOver || isOpen ? undefined : 410
    isOpen ||= data.includes('"ROOM_PARTICIPANTS"')
    return undefined
  }
  const socket = await openSocket(stage.runtime.roomUrl(code, bo.token))
  expect((await socket.next('REMOVED')).code).toBe('kicked')
  expect((await socket.closed).code).toBe(1000)
  await kicked
})

it('[R10] somebody kicked while the greeting waits for the socket to open hears why as well', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  stage.runtime.faults.delayUpgradeMilliseconds = 800
  let kicked: Promise<unknown> | undefined
  // The greeting is being claimed; its first post comes half a second too early.
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    if (action === 'UpdateItem' && JSON.stringify(body).includes('"greeting"'))
      kicked ??= stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host)
    return undefined
  }
  const socket = await openSocket(stage.runtime.roomUrl(code, bo.token))
  expect((await socket.next('REMOVED')).code).toBe('kicked')
  expect((await socket.closed).code).toBe(1000)
  await kicked
})

it('a greeting that fails closes its connection, and the room forgets it', async () => {
  const { code, host } = await stage.room()
  stage.runtime.faults.failDynamoDb = ({ action, body }) =>
    action === 'Query' && JSON.stringify(body).includes('CHAT#') ? 'InternalServerError' : undefined
  const socket = await openSocket(stage.runtime.roomUrl(code, host.token))
  expect((await socket.closed).code).toBe(1000)
  await stage.settled()
  stage.runtime.faults.reset()
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(0)
})

it('[P7] a room whose viewers went without a word is paused by whoever comes next', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  hana.send({ type: 'PLAY', time: 10 })
  const { version } = await hana.next('PLAY')
  await stage.settled()
  stage.runtime.faults.dropDisconnect = true
  hana.socket.terminate()
  await hana.closed
  stage.elapse(3 * 3_600_000)
  const again = await stage.enter(code, host)
  expect(again.all('PLAYBACK_STATE')[0]).toMatchObject({ is_playing: false, version: version + 1 })
})

it('[P7] a room stands where its last viewer left, also where the function that removed the connection then ended', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  hana.send({ type: 'PLAY', time: 10 })
  await hana.next('PLAY')
  await stage.settled()
  stage.elapse(60_000)
  stage.runtime.faults.killInvocation = ({ function: name, action }) =>
    name.startsWith('Disconnect') && action === 'Query'
  hana.socket.terminate()
  await hana.closed
  await stage.settled()
  stage.runtime.faults.reset()
  stage.elapse(10 * 60_000)
  const [state] = (await stage.enter(code, host)).all('PLAYBACK_STATE')
  expect(state).toMatchObject({ is_playing: false })
  expect(Math.round(state?.time ?? 0)).toBe(70)
})

it('[W8] somebody past the two-hour limit of whom no end was heard is told as gone by the next fan-out', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const ghost = await stage.enter(code, bo)
  await stage.settled()
  stage.runtime.faults.dropDisconnect = true
  ghost.socket.terminate()
  await ghost.closed
  stage.elapse(2 * 3_600_000 + 600_000)
  const hana = await stage.enter(code, host)
  expect(hana.all('ROOM_PARTICIPANTS')[0]?.participants).toEqual(['Hana'])
  hana.send({ type: 'CHAT_MESSAGE', message: 'alone?' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  const { presenceOf } = await import('../../functions/table/presences.ts')
  expect(await presenceOf(code, bo.id)).toBeUndefined()
})

it('[W4] ten sockets that a failing network left behind do not keep their person out', async () => {
  const { code, host } = await stage.room()
  stage.runtime.faults.dropDisconnect = true
  for (let count = 0; count < 10; count += 1) {
    const socket = await stage.enter(code, host)
    socket.socket.terminate()
    await socket.closed
  }
  stage.elapse(11_000)
  await stage.enter(code, host)
})

it('[K2] a token that has ended is refused at the PING of a socket opened with it', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  stage.elapse(12 * 3_600_000)
  hana.send({ type: 'PING', t0: 1 })
  expect(await hana.next('ERROR')).toMatchObject({ code: 'unauthorized', re: 'PING' })
  expect(await hana.next('REMOVED')).toMatchObject({ code: 'expired' })
})

it('[K2] a token that was signed out and has ended since was signed out', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  await stage.call('auth/logout', {}, host)
  stage.elapse(12 * 3_600_000)
  hana.send({ type: 'PING', t0: 1 })
  expect(await hana.next('REMOVED')).toMatchObject({ code: 'signed_out' })
})
