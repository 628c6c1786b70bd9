import { expect, it } from 'vitest'
import { chooseSeed, createRandom } from '../client/simulated/seeded-random.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import { foldGiven } from './given-only-client.ts'

const random = createRandom(chooseSeed('races'))

const stage = setUpStage()

/** The room's own word on where it is. */
const truth = async (socket: RoomSocket) => {
  await stage.settled()
  const ref = `truth-${random()}`
  socket.send({ type: 'SYNC_REQUEST', ref })
  return socket.next('PLAYBACK_STATE', (event) => event.ref === ref)
}

it('[P6][P9] PLAY and PAUSE overtaking each other leave every client where the room is', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { code, host } = await stage.room()
    const bo = await stage.enter(code, await stage.member(code, 'Bo'))
    const hana = await stage.enter(code, host)
    await stage.settled()
    stage.runtime.faults.reorderFrames = true
    stage.runtime.faults.delayPost = () => random() * 40
    const commands = Array.from({ length: 6 }, (_, index) => ({
      type: random() < 0.5 ? 'PLAY' : 'PAUSE',
      time: index + 1,
    }))
    for (const command of commands) hana.send(command)
    // Sent last, so the fault starts it first: once it is heard, all of them run.
    hana.send({ type: 'CHAT_MESSAGE', message: 'end' })
    await bo.next('CHAT_MESSAGE')
    await stage.settled()
    stage.runtime.faults.reset()
    const room = await truth(hana)
    for (const socket of [hana, bo]) expect(foldGiven(socket).isPlaying).toBe(room.is_playing)
    const last = [...bo.frames].reverse().find((frame) => frame.type === 'PLAY' || frame.type === 'PAUSE')
    expect(last).toMatchObject({ version: room.version })
  }
})

it('[R11] of two hosts at once only the present one is heard', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const [hana, boSocket] = [await stage.enter(code, host), await stage.enter(code, bo)]
  const transfer = stage.handOver(code, host, bo)
  for (let count = 1; count <= 5; count += 1) {
    hana.send({ type: 'SEEK', time: count })
    boSocket.send({ type: 'SEEK', time: 100 + count })
  }
  await transfer
  await stage.settled()
  hana.send({ type: 'SEEK', time: 50 })
  await stage.settled()
  boSocket.send({ type: 'SEEK', time: 200 })
  const room = await truth(hana)
  expect(room.time).toBe(200)
  const byVersion = new Map(hana.all('SEEK').map((event) => [event.version, event.user_id]))
  const authors = [...byVersion].sort(([a], [b]) => a - b).map(([, author]) => author)
  expect(authors.lastIndexOf(host.id)).toBeLessThan(authors.indexOf(bo.id))
})

it('[W3] a greeting during live commands: a client that reads only the given fields ends where the room is', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const people = await Promise.all(Array.from({ length: 6 }, (_, index) => stage.member(code, `P${index}`)))
  await stage.settled()
  stage.runtime.faults.delayPost = () => random() * 60
  let busy = true
  const said: string[] = []
  const commanding = (async () => {
    for (let count = 1; busy; count += 1) {
      hana.send({ type: count % 3 === 0 ? 'PAUSE' : 'PLAY', time: count })
      if (count % 2 === 0) {
        stage.elapse(600)
        said.push(`m${count}`)
        hana.send({ type: 'CHAT_MESSAGE', message: `m${count}` })
        await hana.next('CHAT_MESSAGE')
      }
      await hana.flush()
    }
  })()
  const sockets = await Promise.all(people.map((person) => stage.enter(code, person)))
  await stage.request('GET', `/api/rooms/${code}`)
  busy = false
  await commanding
  await stage.settled()
  const room = await truth(hana)
  for (const socket of sockets) {
    const { isPlaying, people: seen, messages } = foldGiven(socket)
    expect(isPlaying).toBe(room.is_playing)
    expect([...seen].sort()).toEqual(['Hana', ...people.map(({ name }) => name)].sort())
    expect([...messages].sort()).toEqual([...said].sort())
  }
})

it('[W1] an asynchronous invoke delivered twice greets once', async () => {
  stage.runtime.faults.duplicateAsyncInvoke = true
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const bo = await stage.enter(code, await stage.member(code, 'Bo'))
  await stage.settled()
  for (const socket of [hana, bo])
    expect(socket.frames.slice(0, 3).map(({ type }) => type)).toEqual([
      'ROOM_PARTICIPANTS',
      'CHAT_HISTORY',
      'PLAYBACK_STATE',
    ])
  expect(bo.frames).toHaveLength(3)
  expect(hana.all('USER_JOINED')).toHaveLength(1)
})

it('[W1] the greeting meets its 410 while the upgrade is under way, and comes all the same', async () => {
  const { code, host } = await stage.room()
  stage.runtime.faults.delayUpgradeMilliseconds = 400
  const hana = await stage.enter(code, host)
  expect(hana.frames.map(({ type }) => type)).toEqual(['ROOM_PARTICIPANTS', 'CHAT_HISTORY', 'PLAYBACK_STATE'])
})

it('throttling and transaction conflicts of DynamoDB are waited for', async () => {
  // A call that failed goes through when it is repeated: what is repeated often enough is not what is asked here.
  let failed = 0
  const failedLast = new Set<string>()
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    const call = `${action} ${JSON.stringify({ ...(body as object), ClientRequestToken: undefined })}`
    if (failedLast.delete(call) || random() > 0.3) return undefined
    failedLast.add(call)
    failed += 1
    return action === 'TransactWriteItems' ? 'TransactionConflictException' : 'ThrottlingException'
  }
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const bo = await stage.enter(code, await stage.member(code, 'Bo'))
  hana.send({ type: 'PLAY', time: 4 })
  // Told by the fan-out or, where the greeting was not over yet, by it as what the room does by then.
  expect(await bo.next('PLAY')).toMatchObject({ is_playing: true, version: 1 })
  bo.send({ type: 'CHAT_MESSAGE', message: 'hi' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  expect(failed).toBeGreaterThan(0)
})

it('[A8] a room made, and a room joined, beside the deletion of the account outlive it in no case', async () => {
  const { code, host } = await stage.room()
  for (let round = 0; round < 12; round += 1) {
    const { token } = await stage.guest('Gone')
    const post = (path: string, body: object) => stage.request('POST', path, { body, token })
    const [made, joined, deleted] = await Promise.all([
      post('/api/rooms/create', { is_private: false }),
      post('/api/rooms/join', { code }),
      post('/api/auth/delete', {}),
    ])
    expect(deleted.status).toBe(200)
    // Let in or not, in time or too late: but never a fault.
    expect([201, 401, 409]).toContain(made.status)
    expect([200, 401, 409]).toContain(joined.status)
    if (made.status === 201) expect((await stage.request('GET', `/api/rooms/${made.body.code}`)).status).toBe(404)
  }
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  expect(participants.filter(({ status }) => status === 'APPROVED').map(({ id }) => id)).toEqual([host.id])
})

it('[W7] REMOVED is the last frame also while the host commands and others speak', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const [hana, socket] = [await stage.enter(code, host), await stage.enter(code, bo)]
    // What their greeting still tells is not what this is about.
    await stage.settled()
    const kick = stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host)
    for (let count = 1; count <= 8; count += 1) hana.send({ type: 'SEEK', time: count })
    await kick
    await socket.closed
    await stage.settled()
    expect(socket.frames.at(-1)?.type).toBe('REMOVED')
  }
})
