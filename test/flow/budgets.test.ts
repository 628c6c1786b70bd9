import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { watchDepth } from '../staging/call-depth.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let watch: ReturnType<typeof watchDepth>
let code: string
let host: Person
let bo: Person
let hana: RoomSocket
const table: { event: string; budget: number; measured: number; calls: string }[] = []

beforeAll(async () => {
  const room = await stage.room()
  code = room.code
  host = room.host
  bo = await stage.member(code, 'Bo')
  hana = await stage.enter(code, host)
  await stage.settled()
  const { dynamoDb } = await import('../../functions/table/client.ts')
  watch = watchDepth(dynamoDb)
})
beforeEach(async () => {
  await stage.settled()
  watch.clear()
  stage.runtime.faults.answerPost = () => {
    watch.notePost()
    return undefined
  }
})
afterAll(() => console.table(table))

/** Round trips before the first post or, where nothing is posted, before the answer. */
const held = (event: string, name: string, budget: number) => {
  const [invocation, ...others] = watch.of(name)
  expect(others, `one ${name} invocation for ${event}`).toHaveLength(0)
  const measured = invocation?.beforeFirstPost ?? invocation?.depth ?? 0
  table.push({ event, budget, measured, calls: invocation?.calls.join(', ') ?? '' })
  expect(invocation?.calls.length, `${event} calls DynamoDB`).toBeGreaterThan(0)
  expect(measured, `${event}: ${invocation?.calls.join(', ')}`).toBeLessThanOrEqual(budget)
}

it.each(['PLAY', 'SEEK', 'PAUSE'] as const)('%s costs one round trip before the first post', async (type) => {
  hana.send({ type, time: 5 })
  await hana.next(type)
  await stage.settled()
  held(type, 'Message', 1)
})

it('[R22] [R23] a command of a co-host, and of anybody where everyone has the command, costs no more', async () => {
  const socket = await stage.enter(code, bo)
  const asBo = async (event: string, time: number) => {
    await stage.settled()
    watch.clear()
    socket.send({ type: 'PLAY', time })
    await socket.next('PLAY', (told) => told.time === time)
    await stage.settled()
    held(event, 'Message', 1)
  }
  await stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'cohost' }, host)
  await asBo('PLAY of a co-host', 7)
  await stage.call('rooms/role', { room_id: code, user_id: bo.id, role: 'participant' }, host)
  await stage.call('rooms/settings', { room_id: code, control: 'EVERYONE' }, host)
  await asBo('PLAY where everyone may', 8)
  await socket.close()
})

it('CHAT_MESSAGE costs two, also in a burst', async () => {
  hana.send({ type: 'CHAT_MESSAGE', message: 'first' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  held('CHAT_MESSAGE', 'Message', 2)
  watch.clear()
  hana.send({ type: 'CHAT_MESSAGE', message: 'second' })
  await hana.next('CHAT_MESSAGE')
  await stage.settled()
  held('CHAT_MESSAGE in a burst', 'Message', 2)
})

it('CHAT_MESSAGE costs two also of a newcomer, and in slow mode', async () => {
  const cleo = await stage.enter(code, await stage.member(code, 'Cleo'))
  await stage.call('rooms/settings', { room_id: code, slow_mode_seconds: 5 }, host)
  await stage.settled()
  watch.clear()
  cleo.send({ type: 'CHAT_MESSAGE', message: 'slowly' })
  await cleo.next('CHAT_MESSAGE')
  await stage.settled()
  held('CHAT_MESSAGE in slow mode', 'Message', 2)
})

it('PING and SYNC_REQUEST cost one; a sign of life that is due is written after it', async () => {
  hana.send({ type: 'PING', t0: 0 })
  await hana.next('PONG')
  held('PING, once in two minutes', 'Message', 2)
  await stage.settled()
  watch.clear()
  hana.send({ type: 'PING', t0: 1 })
  await hana.next('PONG', ({ t0 }) => t0 === 1)
  held('PING', 'Message', 1)
  watch.clear()
  hana.send({ type: 'SYNC_REQUEST', ref: 'b' })
  await hana.next('PLAYBACK_STATE', ({ ref }) => ref === 'b')
  held('SYNC_REQUEST', 'Message', 1)
  watch.clear()
  hana.send({ type: 'CHAT_MESSAGE', message: 'third' })
  const { id } = await hana.next('CHAT_MESSAGE')
  await stage.settled()
  watch.clear()
  hana.send({ type: 'SYNC_REQUEST', after: id })
  await hana.next('CHAT_HISTORY', ({ since }) => since === id)
  held('SYNC_REQUEST with after', 'Message', 1)
})

it('$connect costs one in the authorizer and one in connect', async () => {
  await stage.enter(code, bo)
  held('$connect, authorizer', 'Authorizer', 1)
  held('$connect, connect', 'Connect', 1)
  expect(watch.of('Connect')[0]?.calls, 'nothing is noted of a network that is known').toHaveLength(1)
})

it('[R17] a page of the public list costs three', async () => {
  expect((await stage.call('rooms/public', {})).rooms).not.toEqual([])
  await stage.settled()
  held('public list', 'Api', 3)
})

it('joining a public room costs two', async () => {
  const ana = await stage.guest('Ana')
  watch.clear()
  await stage.call('rooms/join', { code }, ana)
  held('join of a public room', 'Api', 2)
})

it('a token that is checked adds nothing to a call: the first read runs beside it', async () => {
  await stage.call('rooms/preview', { code })
  const [open] = watch.of('Api')
  watch.clear()
  await stage.call('rooms/detail', { code }, host)
  held('detail, with a token', 'Api', open?.depth ?? 0)
})
