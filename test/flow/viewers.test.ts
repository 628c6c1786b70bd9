import { afterEach, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { refusedWith } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
afterEach(() => stage.runtime.faults.reset())

const viewersOf = async (code: string) => (await stage.call('rooms/preview', { code })).viewers
const sendPing = async (code: string, person: Person) => {
  const tab = await stage.enter(code, person)
  tab.send({ type: 'PING', t0: 1 })
  await tab.next('PONG')
  await stage.settled()
  return tab
}

it('[R14] a handshake of which a part cannot be saved leaves nothing behind', async () => {
  const { code } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const { change } = await import('../../functions/table/change.ts')
  const { memberKey } = await import('../../functions/table/keys.ts')
  const { presenceOf } = await import('../../functions/table/presences.ts')
  await change(memberKey(code, bo.id), { set: { network_trace: 'another' } })
  stage.runtime.faults.failDynamoDb = ({ action, body }) =>
    action === 'UpdateItem' && JSON.stringify(body).includes('network_trace') ? 'InternalServerError' : undefined
  expect(await refusedWith(stage.runtime.roomUrl(code, bo.token))).toBe(500)
  stage.runtime.faults.reset()
  await stage.settled()
  expect(await presenceOf(code, bo.id)).toBeUndefined()
})

it('[R14] [R17] nobody is counted by a socket that was not greeted within half a minute', async () => {
  const { code } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  stage.runtime.faults.killInvocation = ({ function: name, service }) =>
    name.startsWith('Connect') && service === 'lambda'
  await refusedWith(stage.runtime.roomUrl(code, bo.token))
  stage.runtime.faults.reset()
  await stage.settled()
  stage.elapse(30_000)
  expect(await viewersOf(code)).toBe(0)
  const { rooms } = await stage.call('rooms/public', {})
  expect(rooms.filter((one) => one.code === code)).toEqual([])
})

it('[R14] [W8] who stays by a client without PINGs, once their tab with PINGs is closed, is counted', async () => {
  const { code } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const tab = await sendPing(code, bo)
  await stage.enter(code, bo)
  await stage.settled()
  await tab.close()
  await stage.settled()
  stage.elapse(6 * 60_000)
  expect(await viewersOf(code)).toBe(1)
})

it('[R14] [W8] who stays by a client without PINGs, while a tab that fell silent is still recorded, is counted', async () => {
  const { code } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  await stage.enter(code, bo)
  const tab = await sendPing(code, bo)
  stage.runtime.faults.dropDisconnect = true
  tab.socket.terminate()
  await tab.closed
  stage.elapse(6 * 60_000)
  expect(await viewersOf(code)).toBe(1)
})

it('[R14] [W8] who is there by a tab that fell silent alone is counted no more', async () => {
  const { code } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  await sendPing(code, bo)
  expect(await viewersOf(code)).toBe(1)
  stage.elapse(6 * 60_000)
  expect(await viewersOf(code)).toBe(0)
})
