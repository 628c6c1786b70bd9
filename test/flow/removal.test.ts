import { describe, expect, it } from 'vitest'
import { presenceOf } from '../../functions/table/presences.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'

const stage = setUpStage()

const three = async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  return {
    code,
    host,
    bo,
    about: { room_id: code, user_id: bo.id },
    hana: await stage.enter(code, host),
    tabs: [await stage.enter(code, bo), await stage.enter(code, bo)],
  }
}

it.each([
  ['rooms/kick', 'kicked'],
  ['rooms/ban', 'banned'],
] as const)(
  '[R10][W7] %s reaches every tab as REMOVED, closes them, and the others hear one USER_LEFT',
  async (route, why) => {
    const { host, bo, about, hana, tabs } = await three()
    await stage.call(route, about, host)
    for (const tab of tabs) {
      expect(await tab.next('REMOVED')).toMatchObject({ code: why })
      expect((await tab.closed).code).toBe(1000)
      expect(tab.frames.at(-1)?.type).toBe('REMOVED')
    }
    expect(await hana.next('USER_LEFT')).toMatchObject({ user_id: bo.id })
    await stage.settled()
    expect(hana.all('USER_LEFT')).toHaveLength(1)
  },
)

it('[R10] leaving closes every tab of the one who leaves', async () => {
  const { code, bo, hana, tabs } = await three()
  await stage.call('rooms/leave', { room_id: code }, bo)
  for (const tab of tabs) {
    expect((await tab.next('REMOVED')).code).toBe('left')
    await tab.closed
  }
  await hana.next('USER_LEFT')
})

it('[R13] deleting tells everyone ROOM_DELETED as the last frame; the code is gone for good', async () => {
  const { code, host, hana, tabs } = await three()
  await stage.call('rooms/delete', { room_id: code }, host)
  for (const socket of [hana, ...tabs]) {
    expect((await socket.next('ROOM_DELETED')).code).toBe('room_deleted')
    await socket.closed
    expect(socket.frames.at(-1)?.type).toBe('ROOM_DELETED')
  }
  expect((await stage.refused('rooms/join', { code }, host)).status).toBe(404)
})

it('[R11] after a transfer the new host commands and the old one does not', async () => {
  const { code, host, bo: person, about, hana, tabs } = await three()
  const [bo] = tabs
  await stage.call('rooms/transfer', about, host)
  await stage.call('rooms/accept-transfer', { room_id: code, accept: true }, person)
  expect(await bo?.next('ROOM_UPDATED', ({ host_id }) => host_id === about.user_id)).toMatchObject({
    host: 'Bo',
    host_id: about.user_id,
  })
  hana.send({ type: 'PLAY', time: 1 })
  await stage.settled()
  bo?.send({ type: 'PLAY', time: 2 })
  expect(await hana.next('PLAY')).toMatchObject({ time: 2, version: 1, user_id: about.user_id })
  await stage.settled()
  expect(hana.all('PLAY')).toHaveLength(1)
  await stage.call('rooms/leave', { room_id: code }, host)
})

it('somebody kicked while their socket is opening is not let in', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const bo = await stage.member(code, 'Bo')
  stage.runtime.faults.delayUpgradeMilliseconds = 300
  const opening = stage.enter(code, bo).then(
    () => 'greeted',
    () => 'not greeted',
  )
  await stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host)
  stage.runtime.faults.reset()
  expect(await opening).toBe('not greeted')
  await stage.settled()
  expect(hana.all('USER_JOINED')).toHaveLength(0)
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(1)
})

it('[R7] a waiting person is announced to the host alone, and so is the answer', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const hana = await stage.enter(code, host)
  const [ana, bo] = [await stage.guest('Ana'), await stage.guest('Bo')]
  await stage.call('rooms/join', { code }, ana)
  expect(await hana.next('JOIN_REQUESTED')).toMatchObject({ user: 'Ana', user_id: ana.id })
  await stage.call('rooms/approve', { room_id: code, user_id: ana.id }, host)
  expect(await hana.next('JOIN_RESOLVED')).toMatchObject({ user_id: ana.id, status: 'APPROVED' })
  const inside = await stage.enter(code, ana)
  await stage.call('rooms/join', { code }, bo)
  await hana.next('JOIN_REQUESTED')
  await stage.call('rooms/reject', { room_id: code, user_id: bo.id }, host)
  expect(await hana.next('JOIN_RESOLVED')).toMatchObject({ user_id: bo.id, status: 'REJECTED' })
  await stage.settled()
  expect(inside.all('JOIN_REQUESTED')).toHaveLength(0)
  expect(inside.all('JOIN_RESOLVED')).toHaveLength(0)
})

it('[R13] deleting a room again closes a socket that the function before did not come to close', async () => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  await stage.settled()
  stage.runtime.faults.killInvocation = ({ service, action }) => service === 'management' && action === 'DELETE'
  await stage.refused('rooms/delete', { room_id: code }, host)
  await stage.settled()
  stage.runtime.faults.reset()
  await stage.call('rooms/delete', { room_id: code }, host)
  expect((await hana.closed).code).toBe(1000)
})

describe('[R10] [W8] a socket that the gateway does not close when somebody is removed', () => {
  const look = async (hana: RoomSocket) => {
    stage.elapse(61_000)
    hana.send({ type: 'PING', t0: 1 })
    await hana.next('PONG')
    await stage.settled()
  }
  const removed = async () => {
    const staged = await three()
    stage.runtime.faults.answerClose = () => 500
    await stage.call('rooms/kick', staged.about, staged.host)
    await staged.hana.next('USER_LEFT')
    await stage.settled()
    return staged
  }

  it('is closed by a look, and then its row goes', async () => {
    const { code, bo, hana, tabs } = await removed()
    // The gateway refuses once more.
    await look(hana)
    expect((await presenceOf(code, bo.id))?.closing).toHaveLength(tabs.length)
    stage.runtime.faults.reset()
    await look(hana)
    for (const tab of tabs) expect((await tab.closed).code).toBe(1000)
    expect(await presenceOf(code, bo.id)).toBeUndefined()
    expect(hana.all('USER_LEFT')).toHaveLength(1)
  })

  it('is closed also where its person is back by then, and their new one stays', async () => {
    const { code, host, bo, about, hana, tabs } = await removed()
    await stage.call('rooms/unban', about, host)
    const back = await stage.enter(code, bo)
    await hana.next('USER_JOINED', ({ user_id }) => user_id === bo.id)
    stage.runtime.faults.reset()
    await look(hana)
    for (const tab of tabs) expect((await tab.closed).code).toBe(1000)
    expect(await presenceOf(code, bo.id)).toMatchObject({ closing: [], connections: [expect.anything()] })
    await back.close()
    await stage.settled()
    expect(await presenceOf(code, bo.id)).toBeUndefined()
  })

  it('is closed by the same call as well, and so is one of a room that was deleted', async () => {
    const { about, host, tabs } = await removed()
    stage.runtime.faults.reset()
    await stage.call('rooms/kick', about, host)
    for (const tab of tabs) expect((await tab.closed).code).toBe(1000)
    const other = await three()
    stage.runtime.faults.answerClose = () => 500
    await stage.call('rooms/delete', { room_id: other.code }, other.host)
    stage.runtime.faults.reset()
    await stage.call('rooms/delete', { room_id: other.code }, other.host)
    for (const socket of [other.hana, ...other.tabs]) expect((await socket.closed).code).toBe(1000)
  })
})
