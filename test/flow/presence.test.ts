import { expect, it, vi } from 'vitest'
import { depart } from '../../functions/presence/depart.ts'
import { roomForNewcomer } from '../../functions/presence/empty-room.ts'
import { presencesIn } from '../../functions/table/presences.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import { claimGreeting, markLive, noteSeen, recordSocket } from '../../functions/table/sockets.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

it('[W2] a person with two tabs joins once and leaves when the last one closes', async () => {
  const { code, host } = await stage.room()
  const watching = await stage.enter(code, host)
  const bo = await stage.member(code, 'Bo')
  const [first, second] = [await stage.enter(code, bo), await stage.enter(code, bo)]
  await first.close()
  await stage.settled()
  expect(watching.all('USER_LEFT')).toHaveLength(0)
  await second.close()
  expect(await watching.next('USER_LEFT')).toMatchObject({ user: 'Bo', user_id: bo.id })
  await stage.settled()
  expect(watching.all('USER_JOINED')).toHaveLength(1)
  expect(watching.all('USER_LEFT')).toHaveLength(1)
})

it('[W8] a ghost that never said goodbye is found by the next message, once the gateway confirms it', async () => {
  const { code, host } = await stage.room()
  const watching = await stage.enter(code, host)
  const bo = await stage.member(code, 'Bo')
  const ghost = await stage.enter(code, bo)
  await watching.next('USER_JOINED')
  stage.runtime.faults.dropDisconnect = true
  ghost.socket.terminate()
  await ghost.closed
  stage.elapse(11_000)
  watching.send({ type: 'CHAT_MESSAGE', message: 'anybody there?' })
  expect(await watching.next('USER_LEFT')).toMatchObject({ user_id: bo.id })
  await stage.settled()
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(1)
})

it('[W8] a ghost that has sent PINGs is in no count after five minutes, one that never did until it is found', async () => {
  const { code, host } = await stage.room()
  const silent = await stage.member(code, 'Bo')
  const library = await stage.enter(code, host)
  library.send({ type: 'PING', t0: 1 })
  await library.next('PONG')
  const given = await stage.enter(code, silent)
  await stage.settled()
  stage.runtime.faults.dropDisconnect = true
  library.socket.terminate()
  await library.closed
  const viewers = async () => (await stage.call('rooms/preview', { code })).viewers
  expect(await viewers()).toBe(2)
  stage.elapse(5 * 60_000 + 1_000)
  expect(await viewers()).toBe(1)
  // Silent for an hour, and there.
  stage.elapse(55 * 60_000)
  expect(await viewers()).toBe(1)
  expect(given.socket.readyState).toBe(given.socket.OPEN)
})

it('[W8] a sign of life that cannot be written is a fault, and the next PING notes it', async () => {
  const { code, host } = await stage.room()
  const watching = await stage.enter(code, host)
  await stage.settled()
  // Both are due: to note the sign of life, and to look for those who are gone.
  stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'UpdateItem' ? 'InternalServerError' : undefined)
  watching.send({ type: 'PING', t0: 1 })
  expect(await watching.next('ERROR')).toMatchObject({ code: 'fault' })
  stage.runtime.faults.reset()
  await stage.settled()
  watching.send({ type: 'PING', t0: 2 })
  expect(await watching.next('PONG')).toMatchObject({ t0: 2 })
})

it('one 410 removes nobody: the gateway is asked, and a connection younger than 10 s stays', async () => {
  const { code, host } = await stage.room()
  const watching = await stage.enter(code, host)
  const bo = await stage.member(code, 'Bo')
  const socket = await stage.enter(code, bo)
  await stage.settled()
  const [boConnection] = stage.runtime.connections().slice(-1)
  stage.runtime.faults.answerPost = ({ connectionId }) => (connectionId === boConnection ? 410 : undefined)
  stage.elapse(11_000)
  watching.send({ type: 'CHAT_MESSAGE', message: 'one' })
  await watching.next('CHAT_MESSAGE')
  await stage.settled()
  stage.runtime.faults.reset()
  watching.send({ type: 'CHAT_MESSAGE', message: 'two' })
  expect((await socket.next('CHAT_MESSAGE')).message).toBe('two')
  expect(watching.all('USER_LEFT')).toHaveLength(0)
})

/** A room that has played from 100 s on for five seconds when the last person leaves; and how it is found after `away` ms. */
const foundAfter = async (away: number) => {
  const { code, host } = await stage.room()
  const socket = await stage.enter(code, host)
  socket.send({ type: 'PLAY', time: 100 })
  const { version } = await socket.next('PLAY')
  await stage.settled()
  stage.elapse(5_400)
  await socket.close()
  await stage.settled()
  stage.elapse(away)
  const again = await stage.enter(code, host)
  await stage.settled()
  return { version, again, state: again.all('PLAYBACK_STATE')[0] }
}

it('[P7] a room that the last person left while it played is found paused where they left', async () => {
  const { version, state, again } = await foundAfter(3600_000)
  expect(state).toMatchObject({ is_playing: false, version: version + 1 })
  expect(state?.time).toBeGreaterThanOrEqual(105)
  expect(state?.time).toBeLessThan(112)
  again.send({ type: 'PLAY', time: 105 })
  expect(await again.next('PLAY')).toMatchObject({ version: version + 2 })
})

it('[P7] whoever comes back within the grace goes on as if nothing had been, however often', async () => {
  const { version, state, again } = await foundAfter(20_000)
  expect(state).toMatchObject({ is_playing: true, version })
  expect(state?.time).toBeGreaterThanOrEqual(125)
  expect(again.all('PAUSE')).toHaveLength(0)
})

const services = () => ({ ...stage.services, startRepair: async () => undefined })

/** A room that plays from 100 s on to its host alone, and the host's socket. */
const playing = async () => {
  const { code, host } = await stage.room()
  const socket = await stage.enter(code, host)
  socket.send({ type: 'PLAY', time: 100 })
  const { version } = await socket.next('PLAY')
  await stage.settled()
  return { code, host, socket, version }
}

it.each(['their own', 'another’s'])(
  '[P7] the room goes on where the last socket ends while %s is opening',
  async (whose) => {
    const { code, host, socket, version } = await playing()
    const comes = whose === 'their own' ? host : await stage.member(code, 'Bo')
    const opening = { code, userId: comes.id, connectionId: 'opening' }
    await recordSocket(opening, comes.name, stage.services.clock())
    await socket.close()
    await stage.settled()
    stage.elapse(2_000)
    const room = await roomByCode(code)
    if (room === undefined) throw new Error('The room is gone.')
    const found = await roomForNewcomer(room, opening.connectionId, 30_000, services())
    expect(found).toMatchObject({ is_playing: true, version })
    // Once they watch, the mark says nothing to whoever comes later.
    await claimGreeting(opening, 'test')
    await markLive(opening, stage.services.clock())
    stage.elapse(60_000)
    await noteSeen(opening, stage.services.clock())
    const late = await stage.enter(code, await stage.member(code, 'Cleo'))
    expect(late.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true, version }])
  },
)

it('[P7] a socket that opens and is given up does not move where an empty room stands', async () => {
  const { code, host, socket } = await playing()
  await socket.close()
  await stage.settled()
  stage.elapse(600_000)
  const opening = { code, userId: host.id, connectionId: 'given-up' }
  await recordSocket(opening, host.name, stage.services.clock())
  await depart(code, [opening], 'closed', services())
  stage.elapse(60_000)
  const late = await stage.enter(code, host)
  expect(late.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: false }])
  expect(late.all('PLAYBACK_STATE')[0]?.time).toBeLessThan(110)
})

/** A room that its host left while it played, twenty seconds ago, and somebody who may come. */
const leftWithin = async () => {
  const { code, host, socket, version } = await playing()
  const bo = await stage.member(code, 'Bo')
  await socket.close()
  await stage.settled()
  stage.elapse(20_000)
  return { code, host, version, url: stage.runtime.roomUrl(code, bo.token) }
}

const expectPausedWhereLeft = async (code: string, host: Person) => {
  await stage.settled()
  stage.elapse(40 * 60_000)
  const [state] = (await stage.enter(code, host)).all('PLAYBACK_STATE')
  expect(state).toMatchObject({ is_playing: false })
  expect(state?.time).toBeLessThan(110)
}

it('[P7] whose greeting fails within the grace does not move where an empty room stands', async () => {
  const { code, host, url } = await leftWithin()
  stage.runtime.faults.answerPost = ({ data }) => (data.includes('CHAT_HISTORY') ? 410 : undefined)
  const bo = await openSocket(url)
  await bo.closed
  stage.runtime.faults.reset()
  await expectPausedWhereLeft(code, host)
})

it('[P7] the same for who is gone before they are live', async () => {
  const { code, host, url } = await leftWithin()
  const { table } = await import('../../functions/table/client.ts')
  const marking = holdUpdate(table, 'catching_up')
  const bo = await openSocket(url)
  await marking.hasArrived
  await bo.close()
  await vi.waitUntil(async () => (await presencesIn(code)).length === 0)
  marking.letThrough()
  await expectPausedWhereLeft(code, host)
})

it('[P7] a room goes on for who came within the grace, also where the greeting ended before it noted that', async () => {
  const { code, host, version, url } = await leftWithin()
  let isForgetting = false
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    isForgetting ||= action === 'UpdateItem' && JSON.stringify(body).includes('"empty_since"')
    return isForgetting ? 'InternalServerError' : undefined
  }
  stage.runtime.faults.killInvocation = ({ function: name }) => isForgetting && name.startsWith('Welcome')
  const bo = await openSocket(url)
  await bo.next('PLAYBACK_STATE')
  await stage.settled()
  expect(isForgetting).toBe(true)
  stage.runtime.faults.reset()
  stage.elapse(40_000)
  bo.send({ type: 'PING', t0: 1 })
  await bo.next('PONG')
  await stage.settled()
  const late = await stage.enter(code, host)
  expect(late.all('PLAYBACK_STATE')).toMatchObject([{ is_playing: true, version }])
})

it('[P7] of several who come late at once all find the room paused, and it is paused once', async () => {
  const { code, host } = await stage.room()
  const members = await Promise.all(['Ana', 'Bo', 'Cy'].map((name) => stage.member(code, name)))
  const socket = await stage.enter(code, host)
  socket.send({ type: 'PLAY', time: 100 })
  const { version } = await socket.next('PLAY')
  await socket.close()
  await stage.settled()
  stage.elapse(60_000)
  const late = await Promise.all(members.map((member) => stage.enter(code, member)))
  await stage.settled()
  for (const one of late) {
    const told = [...one.all('PLAYBACK_STATE'), ...one.all('PAUSE')].at(-1)
    expect(told).toMatchObject({ is_playing: false, version: version + 1 })
    expect(told?.time).toBeLessThan(103)
  }
})

it('[P7] somebody leaving while others watch pauses nothing', async () => {
  const { code, host } = await stage.room()
  const socket = await stage.enter(code, host)
  const watching = await stage.enter(code, await stage.member(code, 'Bo'))
  socket.send({ type: 'PLAY', time: 1 })
  await watching.next('PLAY')
  await socket.close()
  await watching.next('USER_LEFT')
  await stage.settled()
  expect(watching.all('PAUSE')).toHaveLength(0)
})

it('a host whose second tab closes still commands', async () => {
  const { code, host } = await stage.room()
  const [first, second] = [await stage.enter(code, host), await stage.enter(code, host)]
  await second.close()
  await stage.settled()
  first.send({ type: 'PLAY', time: 3 })
  expect((await first.next('PLAY')).is_playing).toBe(true)
})
