import { expect, it } from 'vitest'
import type { RoomPart } from '../../protocol/event-types.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()

let pings = 0
const revisionsFor = async (socket: RoomSocket) => {
  pings += 1
  const t0 = pings
  socket.send({ type: 'PING', t0 })
  const { revisions } = await socket.next('PONG', (pong) => pong.t0 === t0)
  if (revisions === undefined) throw new Error('The PONG says no revisions.')
  return revisions
}
const ask = async (socket: RoomSocket, parts: RoomPart[]) => {
  socket.send({ type: 'SYNC_REQUEST', parts, ref: parts.join() })
  await socket.next('PLAYBACK_STATE', ({ ref }) => ref === parts.join())
}

it('[K5] every change of a fact raises its revision once, and ROOM_UPDATED, PONG and detail say it', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  // Until the greeting has looked for the last time, it may tell a change as well (W3).
  await stage.settled()
  expect(await revisionsFor(hana)).toMatchObject({ facts: 0, chat: null, waiting: 0 })
  await stage.call('rooms/settings', { room_id: code, name: 'Film night' }, host)
  expect(await hana.next('ROOM_UPDATED')).toMatchObject({ revision: 1 })
  await stage.call('rooms/settings', { room_id: code, is_chat_enabled: false }, host)
  expect(await hana.next('ROOM_UPDATED')).toMatchObject({ revision: 2 })
  expect(await revisionsFor(hana)).toMatchObject({ facts: 2 })
  expect(await stage.call('rooms/detail', { code }, host)).toMatchObject({ revision: 2 })
  expect(await stage.call('rooms/settings', { room_id: code }, host)).toMatchObject({ revision: 2 })
})

it('[K5] whoever comes or goes raises the revision of the people, and everybody can tell that nothing is missing', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  const alone = await revisionsFor(hana)
  expect(alone.people).toBe(alone.joined)
  const bo = await stage.enter(code, await stage.member(code, 'Bo'))
  const joined = await hana.next('USER_JOINED')
  await stage.settled()
  expect(joined.revision).toBe(alone.people + 1)
  expect(bo.all('ROOM_PARTICIPANTS')[0]?.revision).toBe(alone.people)
  expect(await revisionsFor(bo)).toMatchObject({ people: joined.revision, joined: joined.revision })
  await bo.close()
  const left = await hana.next('USER_LEFT')
  expect(left.revision).toBe(alone.people + 2)
  expect(await revisionsFor(hana)).toMatchObject({ people: left.revision, joined: alone.joined })
})

it('[K5] who waits has a revision of its own, which only those hear who may let people in', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const hana = await stage.enter(code, host)
  const ana = await stage.guest('Ana')
  await stage.call('rooms/join', { code }, ana)
  expect(await hana.next('JOIN_REQUESTED')).toMatchObject({ user_id: ana.id, revision: 1 })
  expect(await revisionsFor(hana)).toMatchObject({ waiting: 1 })
  await stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
  expect(await hana.next('JOIN_RESOLVED')).toMatchObject({ status: 'APPROVED', revision: 2 })
  const anaSocket = await stage.enter(code, ana)
  expect(await revisionsFor(anaSocket)).not.toHaveProperty('waiting')
  expect(await revisionsFor(hana)).toMatchObject({ waiting: 2 })
})

it('[K3] [K5] a client asks for the parts that it lacks, and gets each whole, to itself alone', async () => {
  const { code, host } = await stage.room({ name: 'Film night' })
  const hana = await stage.enter(code, host)
  const bo = await stage.enter(code, await stage.member(code, 'Bo'))
  hana.send({ type: 'CHAT_MESSAGE', message: 'hello' })
  const { id } = await bo.next('CHAT_MESSAGE')
  await stage.settled()
  const heard = hana.frames.length
  expect(await revisionsFor(bo)).toMatchObject({ chat: id })
  await ask(bo, ['facts', 'people', 'chat'])
  expect(await bo.next('ROOM_UPDATED')).toMatchObject({ name: 'Film night', revision: 0 })
  expect((await bo.next('ROOM_PARTICIPANTS', ({ viewers }) => viewers === 2)).participants).toHaveLength(2)
  expect((await bo.next('CHAT_HISTORY', ({ messages }) => messages.length === 1)).messages[0]).toMatchObject({ id })
  await stage.settled()
  expect(hana.frames).toHaveLength(heard)
})

it('[X1] a part that does not exist is refused', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  for (const parts of [['everything'], 'facts', ['facts', 'facts', 'facts', 'facts']]) {
    hana.send({ type: 'SYNC_REQUEST', parts })
    expect(await hana.next('ERROR')).toMatchObject({ code: 'invalid_field', re: 'SYNC_REQUEST' })
  }
})
