import { describe, expect, it } from 'vitest'
import { depart } from '../../functions/presence/depart.ts'
import { table } from '../../functions/table/client.ts'
import { presenceOf } from '../../functions/table/presences.ts'
import { recordSocket } from '../../functions/table/sockets.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { RoomSocket } from '../staging/socket.ts'
import { lookAtRoom } from './silent-viewer.ts'

const stage = setUpStage()

const SILENT_MS = 5 * 60_000 + 1_000
const services = () => ({ ...stage.services, startRepair: async () => undefined })

const pinged = async (socket: RoomSocket | undefined) => {
  socket?.send({ type: 'PING', t0: 1 })
  await socket?.next('PONG')
}

/** A host who watches, and so many tabs of Cleo. */
const withTabs = async (count: number) => {
  const { code, host } = await stage.room()
  const hana = await stage.enter(code, host)
  const cleo = await stage.member(code, 'Cleo')
  const tabs: RoomSocket[] = []
  for (let tab = 0; tab < count; tab += 1) tabs.push(await stage.enter(code, cleo))
  await hana.next('USER_JOINED')
  await stage.settled()
  const kick = () => stage.call('rooms/kick', { room_id: code, user_id: cleo.id }, host)
  return { code, hana, cleo, tabs, kick }
}

/** Who came and who left, as the host hears it until the room was looked at. */
const heardInTheEnd = async (hana: RoomSocket) => {
  await stage.settled()
  await lookAtRoom(stage, hana)
  await lookAtRoom(stage, hana)
  return hana.frames.flatMap((one) => (one.type === 'USER_JOINED' || one.type === 'USER_LEFT' ? [one.type] : []))
}

/** Cleo closes her tab, and the function that has removed it does not come to tell that. */
const closingSlowly = async (code: string, tab: RoomSocket | undefined) => {
  const leaving = holdUpdate(table, code, 1, 'QueryCommand')
  await tab?.close()
  await leaving.hasArrived
  return leaving
}

describe('[W2] a leave is told once', () => {
  it('where two functions each find one of two tabs that fell silent', async () => {
    const { code, hana, cleo, tabs } = await withTabs(2)
    for (const tab of tabs) await pinged(tab)
    await stage.settled()
    stage.elapse(SILENT_MS)
    const silent = (await presenceOf(code, cleo.id))?.connections ?? []
    const found = silent.map(({ id: connectionId }) => [{ userId: cleo.id, connectionId }])
    await Promise.all(found.map((one) => depart(code, one, 'found', services())))
    expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT'])
    expect(await presenceOf(code, cleo.id)).toBeUndefined()
  })

  it('where somebody is removed who has just closed their tab', async () => {
    const { code, hana, cleo, tabs, kick } = await withTabs(1)
    const leaving = await closingSlowly(code, tabs[0])
    await kick()
    leaving.letThrough()
    expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT'])
    expect(await presenceOf(code, cleo.id)).toBeUndefined()
  })

  it('where somebody is removed who has just closed a tab, and whose other one fell silent', async () => {
    const { code, hana, cleo, tabs, kick } = await withTabs(2)
    await pinged(tabs[0])
    await stage.settled()
    stage.elapse(SILENT_MS)
    const leaving = await closingSlowly(code, tabs[1])
    await kick()
    leaving.letThrough()
    expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT'])
    expect(await presenceOf(code, cleo.id)).toBeUndefined()
  })

  it('where somebody is removed who has just closed their tab, and opens another', async () => {
    const { code, hana, cleo, tabs, kick } = await withTabs(1)
    const leaving = await closingSlowly(code, tabs[0])
    await recordSocket({ code, userId: cleo.id, connectionId: 'opening' }, 'Cleo', stage.services.clock())
    await kick()
    leaving.letThrough()
    expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT'])
  })

  it('where somebody comes back before it is told', async () => {
    const { code, hana, cleo, tabs } = await withTabs(1)
    const leaving = await closingSlowly(code, tabs[0])
    await stage.enter(code, cleo)
    await hana.next('USER_JOINED')
    leaving.letThrough()
    expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT', 'USER_JOINED'])
  })
})

it.each([
  ['read who is there', 'Query', ''],
  ['counted the leave', 'UpdateItem', 'REVISION#people'],
])('[W2] who is back at once has left before, where the function ended before it had %s', async (_, action, mark) => {
  const { code, hana, cleo, tabs } = await withTabs(1)
  stage.runtime.faults.failDynamoDb = (call) =>
    call.action === action && JSON.stringify(call.body).includes(mark) ? 'InternalServerError' : undefined
  await tabs[0]?.close()
  await stage.settled()
  stage.runtime.faults.reset()
  stage.elapse(5_000)
  await stage.enter(code, cleo)
  expect(await heardInTheEnd(hana)).toEqual(['USER_JOINED', 'USER_LEFT', 'USER_JOINED'])
  const [left, back] = [hana.all('USER_LEFT')[0], hana.all('USER_JOINED')[1]]
  expect(back?.at).toBeGreaterThan(left?.at ?? Number.NaN)
})
