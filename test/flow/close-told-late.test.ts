import { describe, expect, it, vi } from 'vitest'
import { depart } from '../../functions/presence/depart.ts'
import { memberOf } from '../../functions/table/members.ts'
import { presenceOf } from '../../functions/table/presences.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const MINUTE_MS = 60_000
const services = () => ({ ...stage.services, startRepair: async () => undefined })

const pinged = async (socket: RoomSocket) => {
  socket.send({ type: 'PING', t0: 1 })
  await socket.next('PONG')
  await stage.settled()
}

/** The one connection of somebody. */
const connectionOf = async (code: string, { id: userId }: Person) => {
  const [connection] = (await presenceOf(code, userId))?.connections ?? []
  if (connection === undefined) throw new Error('They have no connection.')
  return { userId, connectionId: connection.id }
}

/** A room with a co-host, whose host has sent a PING and fell silent for five minutes. */
const withSilentHost = async () => {
  const { code, host } = await stage.room()
  const cora = await stage.member(code, 'Cora')
  await stage.call('rooms/role', { room_id: code, user_id: cora.id, role: 'cohost' }, host)
  const hana = await stage.enter(code, host)
  const watching = await stage.enter(code, cora)
  await pinged(hana)
  const lost = await connectionOf(code, host)
  stage.elapse(5 * MINUTE_MS)
  return { code, host, cora, hana, watching, lost }
}

const heirOf = async (code: string, person: Person) =>
  (await stage.call('rooms/heir', { room_id: code }, person)).user_id

describe('[R25] a host who has been silent for five minutes is away', () => {
  it('also where the close of their socket is told after it was found', async () => {
    const { code, cora, hana, watching, lost } = await withSilentHost()
    expect(await heirOf(code, cora)).toBe(cora.id)
    await lookAtRoom(stage, watching)
    await hana.closed
    await depart(code, [lost], 'closed', services())
    expect(await heirOf(code, cora)).toBe(cora.id)
    await stage.call('rooms/take-over', { room_id: code }, cora)
  })

  it('also where their socket is closed before it is found', async () => {
    const { code, cora, hana } = await withSilentHost()
    await hana.close()
    await stage.settled()
    expect(await heirOf(code, cora)).toBe(cora.id)
  })
})

it('[R25] a host who closed a tab just now is here, also where another is found to be over then', async () => {
  const { code, host } = await stage.room()
  const cora = await stage.member(code, 'Cora')
  await stage.call('rooms/role', { room_id: code, user_id: cora.id, role: 'cohost' }, host)
  const first = await stage.enter(code, host)
  await stage.enter(code, cora)
  await pinged(first)
  const lost = await connectionOf(code, host)
  const second = await stage.enter(code, host)
  await stage.settled()
  stage.elapse(5 * MINUTE_MS)
  await second.close()
  await stage.settled()
  await depart(code, [lost], 'found', services())
  expect(await heirOf(code, cora)).toBeNull()
})

it('[R25] of those who are found at once each was there until they fell silent, or until now', async () => {
  const { code, host } = await stage.room()
  const bo = await stage.member(code, 'Bo')
  const [hana, boSocket] = [await stage.enter(code, host), await stage.enter(code, bo)]
  await pinged(hana)
  const seenAt = (await presenceOf(code, host.id))?.connections[0]?.seen ?? 0
  const both = [await connectionOf(code, host), await connectionOf(code, bo)]
  stage.elapse(6 * MINUTE_MS)
  await pinged(boSocket)
  stage.elapse(MINUTE_MS)
  const foundAt = stage.services.clock()
  await depart(code, both, 'found', services())
  expect((await memberOf(code, host.id))?.left_at).toBeLessThan(seenAt + MINUTE_MS)
  expect((await memberOf(code, bo.id))?.left_at).toBeGreaterThanOrEqual(foundAt)
})

it('[R25] a host whose socket is found closed before the gateway tells it was there until then', async () => {
  const { code, host } = await stage.room()
  await stage.enter(code, host)
  await stage.settled()
  stage.elapse(10 * MINUTE_MS)
  const ended = await connectionOf(code, host)
  const foundAt = stage.services.clock()
  await depart(code, [ended], 'found', services())
  await depart(code, [ended], 'closed', services())
  expect((await memberOf(code, host.id))?.left_at).toBeGreaterThanOrEqual(foundAt)
})

/** By how many milliseconds their bucket of openings is not full. */
const spentBy = async (code: string, { id }: Person) =>
  Math.max(0, ((await memberOf(code, id))?.openings_full_at ?? 0) - stage.services.clock())

describe('[W4] each socket counts once among the openings', () => {
  it('however often its end is told', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    await stage.settled()
    const ended = await connectionOf(code, host)
    await socket.close()
    await stage.settled()
    const once = (await memberOf(code, host.id))?.openings_full_at
    for (const how of ['closed', 'closed', 'found'] as const) await depart(code, [ended], how, services())
    expect((await memberOf(code, host.id))?.openings_full_at).toBe(once)
    expect(await spentBy(code, host)).toBeLessThanOrEqual(2_000)
  })

  it('where two functions are told of it at once', async () => {
    const { code, host } = await stage.room()
    await stage.enter(code, host)
    await stage.settled()
    const ended = await connectionOf(code, host)
    await Promise.all([1, 2, 3].map(() => depart(code, [ended], 'closed', services())))
    expect(await spentBy(code, host)).toBeLessThanOrEqual(2_000)
    expect(await spentBy(code, host)).toBeGreaterThan(0)
  })

  it('where its person is removed with several of them', async () => {
    const { code } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    for (let count = 0; count < 3; count += 1) await stage.enter(code, ana)
    await stage.settled()
    await stage.call('rooms/leave', { room_id: code }, ana)
    await stage.settled()
    expect(await spentBy(code, ana)).toBeGreaterThan(3_000)
    expect(await spentBy(code, ana)).toBeLessThanOrEqual(6_000)
  })
})

it('[M7] who left the room was last seen then', async () => {
  const { code } = await stage.room()
  const ana = await stage.member(code, 'Ana')
  const socket = await stage.enter(code, ana)
  await stage.settled()
  stage.runtime.faults.dropDisconnect = true
  const before = stage.services.clock()
  await stage.call('rooms/leave', { room_id: code }, ana)
  await socket.closed
  await stage.settled()
  expect((await memberOf(code, ana.id))?.left_at).toBeGreaterThanOrEqual(before)
})

it('[R25] a host who closed a tab is here for a minute, also where the function ended once it had removed the socket', async () => {
  const { code, host } = await stage.room()
  const cora = await stage.member(code, 'Cora')
  await stage.call('rooms/role', { room_id: code, user_id: cora.id, role: 'cohost' }, host)
  const hana = await stage.enter(code, host)
  const watching = await stage.enter(code, cora)
  await stage.settled()
  stage.elapse(2 * MINUTE_MS)
  const closedAt = stage.services.clock()
  stage.runtime.faults.killInvocation = ({ function: name, nth }) => name.startsWith('Disconnect') && nth > 1
  hana.socket.terminate()
  await vi.waitUntil(async () => (await presenceOf(code, host.id))?.connections.length === 0)
  await stage.settled()
  stage.runtime.faults.reset()
  stage.elapse(MINUTE_MS / 2)
  expect(await heirOf(code, cora)).toBeNull()
  await lookAtRoom(stage, watching)
  expect(await heirOf(code, cora)).toBe(cora.id)
  const { left_at: leftAt = 0 } = (await memberOf(code, host.id)) ?? {}
  expect(leftAt).toBeGreaterThanOrEqual(closedAt)
  expect(leftAt).toBeLessThan(closedAt + MINUTE_MS / 2)
})

it('[R25] a host who fell silent stays away where the function ended once it had removed their closed socket', async () => {
  const { code, host, cora, hana } = await withSilentHost()
  stage.runtime.faults.killInvocation = ({ function: name, nth }) => name.startsWith('Disconnect') && nth > 1
  hana.socket.terminate()
  await vi.waitUntil(async () => (await presenceOf(code, host.id))?.connections.length === 0)
  await stage.settled()
  expect(await heirOf(code, cora)).toBe(cora.id)
})
