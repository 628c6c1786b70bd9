import { beforeAll, expect, it } from 'vitest'
import { account, administrator } from '../staging/administrator.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

/** Ends the administration's function once it has saved what it was asked for, before it looks whom to tell. */
const dieBeforeTelling = (): void => {
  stage.runtime.faults.killInvocation = ({ function: name, action }) => name.startsWith('Admin') && action === 'Query'
}
/** What the audit holds of such decisions, the latest first. */
const audited = async (what: string) =>
  (await stage.call('admin/audit', { what }, ada)).entries.map(({ outcome }) => outcome)

it('[M5] [H9] a function that died after it ended a room: asked again, everybody hears it', async () => {
  const { code, host } = await stage.room()
  const socket = await stage.enter(code, host)
  dieBeforeTelling()
  expect((await stage.refused('admin/end-room', { room_id: code }, ada)).status).toBe(500)
  expect(socket.all('ROOM_DELETED')).toEqual([])
  stage.runtime.faults.reset()
  expect((await stage.refused('rooms/preview', { code }, host)).body.code).toBe('room_not_found')
  await stage.call('admin/end-room', { room_id: code }, ada)
  expect(await socket.next('ROOM_DELETED')).toMatchObject({ code: 'room_deleted' })
  expect(await audited('delete_room')).toEqual(['intended'])
})

it('[M8] [H9] a function that died after a ban: asked again, the sockets hear it', async () => {
  const bo = await account(stage, 'Bo')
  const { code } = await stage.room()
  await stage.call('rooms/join', { code }, bo)
  const socket = await stage.enter(code, bo)
  dieBeforeTelling()
  expect((await stage.refused('admin/ban-person', { user_id: bo.id }, ada)).status).toBe(500)
  expect(socket.all('REMOVED')).toEqual([])
  stage.runtime.faults.reset()
  expect((await stage.refused('auth/me', {}, bo)).status).toBe(401)
  await stage.call('admin/ban-person', { user_id: bo.id }, ada)
  expect(await socket.next('REMOVED')).toMatchObject({ code: 'signed_out' })
  expect(await audited('ban_person')).toEqual(['done', 'intended'])
})

it('[M11] [H9] an administrator whom a version before has made is noted before another one resigns', async () => {
  const { change } = await import('../../functions/table/change.ts')
  const { adminsKey } = await import('../../functions/table/keys.ts')
  const { adminsOf } = await import('../staging/administrator.ts')
  const bo = await administrator(stage, 'Bo')
  await change(adminsKey, { takeOut: { ids: new Set([ada.id, bo.id]) } })
  await stage.call('admin/flag', { user_id: bo.id, is_admin: false }, ada)
  expect(await adminsOf()).toEqual([ada.id])
  expect((await stage.refused('admin/flag', { user_id: ada.id, is_admin: false }, ada)).body.code).toBe('last_admin')
})
