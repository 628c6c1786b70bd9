import { expect } from 'vitest'
import { type Cases, film, hostAndViewer } from './case.ts'
import type { Client, ContractRoom } from './room.ts'

/** The client is closed for good: the goodbye was its last frame, and it does not dial again. */
const expectClosed = async (room: ContractRoom, client: Client, type: 'REMOVED' | 'ROOM_DELETED', code: string) => {
  const goodbye = await client.next(type)
  expect(goodbye.code).toBe(code)
  await room.settled()
  expect(client.heard().at(-1)).toBe(type)
  expect(client.state().connection).toEqual({ status: 'closed', code, message: goodbye.message })
  expect(client.dials()).toBe(1)
}

export const endings: Cases = {
  '[R10] [W7] a kick is the last word to every tab, and the others hear one USER_LEFT': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const otherTab = await room.enter(viewer)
    await room.settled()
    await host.call('rooms/kick', { room_id: room.code, user_id: viewer.id })
    for (const client of [viewer, otherTab]) await expectClosed(room, client, 'REMOVED', 'kicked')
    expect(host.all('USER_LEFT')).toMatchObject([{ user_id: viewer.id }])
    expect(host.state().people.viewers).toBe(1)
  },

  '[W4] somebody who was removed does not come in again, and hears why': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await host.call('rooms/kick', { room_id: room.code, user_id: viewer.id })
    await viewer.next('REMOVED')
    const again = await room.enter(viewer)
    expect(again.state().connection).toMatchObject({ status: 'closed', code: 'not_a_member' })
    expect(again.heard()).toEqual([])
  },

  '[R8] [R10] leaving is the last word to the one who leaves, and the host cannot leave': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    await viewer.call('rooms/leave', { room_id: room.code })
    await expectClosed(room, viewer, 'REMOVED', 'left')
    expect(host.all('USER_LEFT')).toMatchObject([{ user_id: viewer.id }])
    const left = host.call('rooms/leave', { room_id: room.code })
    await expect(left).rejects.toMatchObject({ status: 409, code: 'host_must_stay' })
  },

  '[R13] [W7] deleting the room is the last word to everybody, and the code is gone': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const refused = viewer.call('rooms/delete', { room_id: room.code })
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await host.call('rooms/delete', { room_id: room.code })
    for (const client of [host, viewer]) await expectClosed(room, client, 'ROOM_DELETED', 'room_deleted')
    const again = await room.enter(viewer)
    expect(again.state().connection).toMatchObject({ status: 'closed', code: 'room_not_found' })
  },

  '[R11] a transfer is told to everybody, and from then on the new host alone commands': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const about = { room_id: room.code, user_id: viewer.id }
    await expect(viewer.call('rooms/transfer', about)).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await host.call('rooms/transfer', about)
    await viewer.call('rooms/accept-transfer', { room_id: room.code, accept: true })
    for (const client of [host, viewer]) {
      expect(await client.next('ROOM_UPDATED', ({ host_id }) => host_id === viewer.id)).toMatchObject({
        host: viewer.name,
        host_id: viewer.id,
      })
      expect(client.state().people.list.map(({ user_id, role }) => [user_id, role])).toEqual([
        [viewer.id, 'host'],
        [host.id, 'participant'],
      ])
    }
    host.send({ type: 'PLAY', time: 1 })
    await room.settled()
    viewer.session.play(2)
    expect(await host.next('PLAY')).toMatchObject({ time: 2, user_id: viewer.id })
    await room.settled()
    expect(host.all('PLAY')).toHaveLength(1)
    await host.call('rooms/leave', { room_id: room.code })
    await expectClosed(room, host, 'REMOVED', 'left')
  },
}
