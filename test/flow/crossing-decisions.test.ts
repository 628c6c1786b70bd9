import { describe, expect, it, vi } from 'vitest'
import { table } from '../../functions/table/client.ts'
import { memberOf } from '../../functions/table/members.ts'
import { roomByCode } from '../../functions/table/rooms.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

/** A room with its host, a co-host and a participant. */
const ofThree = async () => {
  const { code, host } = await stage.room()
  const [cleo, pia] = [await stage.member(code, 'Cleo'), await stage.member(code, 'Pia')]
  await stage.call('rooms/role', { room_id: code, user_id: cleo.id, role: 'cohost' }, host)
  return { code, host, cleo, pia, about: { room_id: code, user_id: pia.id } }
}

describe('[R22] a co-host removes nobody', () => {
  it.each(['rooms/ban', 'rooms/kick'] as const)('who becomes one at that moment: %s', async (route) => {
    const { code, host, cleo, pia, about } = await ofThree()
    const removing = holdUpdate(table, 'barred')
    const refused = stage.refused(route, about, cleo)
    await removing.hasArrived
    await stage.call('rooms/role', { ...about, role: 'cohost' }, host)
    removing.letThrough()
    expect(await refused).toMatchObject({ status: 403, body: { code: 'not_host' } })
    expect(await memberOf(code, pia.id)).toMatchObject({ status: 'APPROVED' })
    expect(await roomByCode(code)).toMatchObject({ cohosts: expect.arrayContaining([cleo.id, pia.id]), barred: [] })
  })

  it('once they are none any more', async () => {
    const { code, host, cleo, pia, about } = await ofThree()
    const removing = holdUpdate(table, 'barred')
    const refused = stage.refused('rooms/ban', about, cleo)
    await removing.hasArrived
    await stage.call('rooms/role', { room_id: code, user_id: cleo.id, role: 'participant' }, host)
    removing.letThrough()
    expect(await refused).toMatchObject({ status: 403, body: { code: 'not_host' } })
    expect(await memberOf(code, pia.id)).toMatchObject({ status: 'APPROVED' })
  })
})

it('[R22] whom a co-host is removing just then becomes none: the host is told so', async () => {
  const { code, host, cleo, pia, about } = await ofThree()
  const removing = holdUpdate(table, 'BANNED', 1, 'TransactWriteItemsCommand')
  const ban = stage.call('rooms/ban', about, cleo)
  await removing.hasArrived
  expect(await stage.refused('rooms/role', { ...about, role: 'cohost' }, host)).toMatchObject({
    status: 409,
    body: { code: 'conflict' },
  })
  removing.letThrough()
  await ban
  expect(await memberOf(code, pia.id)).toMatchObject({ status: 'BANNED' })
  expect(await roomByCode(code)).toMatchObject({ cohosts: [cleo.id], barred: [pia.id] })
})

it('[R9] somebody who leaves while they are banned is banned', async () => {
  const { code, host, pia, about } = await ofThree()
  const banning = holdUpdate(table, 'BANNED', 1, 'TransactWriteItemsCommand')
  const ban = stage.call('rooms/ban', about, host)
  await banning.hasArrived
  await stage.call('rooms/leave', { room_id: code }, pia)
  banning.letThrough()
  await ban
  expect(await memberOf(code, pia.id)).toMatchObject({ status: 'BANNED' })
  expect(await stage.refused('rooms/join', { code }, pia)).toMatchObject({ body: { code: 'banned' } })
  expect(await roomByCode(code)).toMatchObject({ barred: [pia.id] })
})

it('[R8] who has left and come back does not leave by the call of before', async () => {
  const { code, pia } = await ofThree()
  const leaving = holdUpdate(table, 'LEFT', 1, 'TransactWriteItemsCommand')
  const late = stage.refused('rooms/leave', { room_id: code }, pia)
  await leaving.hasArrived
  await stage.call('rooms/leave', { room_id: code }, pia)
  await stage.call('rooms/join', { code }, pia)
  leaving.letThrough()
  expect(await late).toMatchObject({ status: 409, body: { code: 'conflict' } })
  expect(await memberOf(code, pia.id)).toMatchObject({ status: 'APPROVED' })
  expect(await roomByCode(code)).toMatchObject({ barred: [] })
})

it.each([
  ['is under way', 'closing', 'UpdateItemCommand'],
  ['is asked again', 'intended', 'PutItemCommand'],
])(
  '[R9] who was let back in keeps the socket that they open, where the kick of before %s',
  async (_, mark, command) => {
    const { code, host, pia, about } = await ofThree()
    await stage.enter(code, pia)
    if (command === 'PutItemCommand') await stage.call('rooms/kick', about, host)
    const removing = holdUpdate(table, mark, 1, command)
    const kick = stage.call('rooms/kick', about, host)
    await removing.hasArrived
    await stage.call('rooms/unban', about, host)
    const socket = await stage.enter(code, pia)
    removing.letThrough()
    await kick
    await stage.settled()
    socket.send({ type: 'CHAT_MESSAGE', message: 'Here.' })
    expect(await socket.next('CHAT_MESSAGE')).toMatchObject({ message: 'Here.' })
    expect(await memberOf(code, pia.id)).toMatchObject({ status: 'APPROVED' })
  },
)

it('[R9] [H9] a co-host who leaves while they are banned keeps no role, also where their own call ended half way', async () => {
  const { code, host, cleo } = await ofThree()
  const about = { room_id: code, user_id: cleo.id }
  const banning = holdUpdate(table, 'BANNED', 1, 'TransactWriteItemsCommand')
  const ban = stage.call('rooms/ban', about, host)
  await banning.hasArrived
  let isSaved = false
  stage.runtime.faults.failDynamoDb = ({ action }) => {
    if (isSaved) return 'InternalServerError'
    isSaved = action === 'TransactWriteItems'
    return undefined
  }
  await stage.refused('rooms/leave', { room_id: code }, cleo)
  stage.runtime.faults.reset()
  banning.letThrough()
  await ban
  expect(await roomByCode(code)).toMatchObject({ cohosts: [], barred: [cleo.id] })
})

it('[R9] whoever is banned when they have just left is not barred for ever', async () => {
  const { code, host, pia, about } = await ofThree()
  const barring = holdUpdate(table, 'barred')
  const ban = stage.call('rooms/ban', about, host)
  await barring.hasArrived
  await stage.call('rooms/leave', { room_id: code }, pia)
  barring.letThrough()
  await ban
  expect(await memberOf(code, pia.id)).toMatchObject({ status: 'BANNED' })
  await stage.call('rooms/unban', about, host)
  await stage.call('rooms/join', { code }, pia)
  expect(await roomByCode(code)).toMatchObject({ barred: [] })
})

it('[R9] a ban that crosses the lifting of a decline does not undo it', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const wendy = await stage.guest('Wendy')
  await stage.call('rooms/join', { code }, wendy)
  const about = { room_id: code, user_id: wendy.id }
  await stage.call('rooms/reject', about, host)
  const banning = holdUpdate(table, 'BANNED', 1, 'TransactWriteItemsCommand')
  const ban = stage.refused('rooms/ban', about, host)
  await banning.hasArrived
  await stage.call('rooms/unban', about, host)
  banning.letThrough()
  expect(await ban).toMatchObject({ status: 409, body: { code: 'conflict' } })
  expect(await memberOf(code, wendy.id)).toMatchObject({ status: 'LEFT' })
})

it('[R22] a removal that is still under way leaves the role that was given once it was lifted', async () => {
  const { code, host, cleo } = await ofThree()
  const about = { room_id: code, user_id: cleo.id }
  const socket = await stage.enter(code, cleo)
  await stage.settled()
  // The kick is saved, and closes the sockets.
  stage.runtime.faults.delayPost = ({ data }) => (data.includes('REMOVED') ? 1_000 : 0)
  const kick = stage.call('rooms/kick', about, host)
  await vi.waitUntil(async () => (await memberOf(code, cleo.id))?.status === 'KICKED', { interval: 10 })
  await stage.call('rooms/unban', about, host)
  await stage.call('rooms/role', { ...about, role: 'cohost' }, host)
  await kick
  await socket.closed
  expect(await memberOf(code, cleo.id)).toMatchObject({ status: 'APPROVED' })
  expect(await roomByCode(code)).toMatchObject({ cohosts: [cleo.id], barred: [] })
})

it('[R8] somebody who takes their wish back while they are let in has left', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const wendy = await stage.guest('Wendy')
  await stage.call('rooms/join', { code }, wendy)
  const leaving = holdUpdate(table, 'LEFT', 1, 'TransactWriteItemsCommand')
  const leave = stage.call('rooms/leave', { room_id: code }, wendy)
  await leaving.hasArrived
  await stage.call('rooms/approve', { room_id: code, user_id: wendy.id }, host)
  leaving.letThrough()
  await leave
  expect(await memberOf(code, wendy.id)).toMatchObject({ status: 'LEFT' })
  expect(await roomByCode(code)).toMatchObject({ barred: [] })
})

it('[R8] [R22] somebody who takes their wish back, is let in and made a co-host meanwhile, has no role in the end', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const wendy = await stage.guest('Wendy')
  await stage.call('rooms/join', { code }, wendy)
  const about = { room_id: code, user_id: wendy.id }
  const leaving = holdUpdate(table, 'LEFT', 1, 'TransactWriteItemsCommand')
  const leave = stage.call('rooms/leave', { room_id: code }, wendy)
  await leaving.hasArrived
  await stage.call('rooms/approve', about, host)
  await stage.call('rooms/role', { ...about, role: 'cohost' }, host)
  leaving.letThrough()
  await leave
  expect(await memberOf(code, wendy.id)).toMatchObject({ status: 'LEFT' })
  expect(await roomByCode(code)).toMatchObject({ cohosts: [], barred: [] })
})
