import { expect } from 'vitest'
import { type Cases, expectClosed, film, hostAndViewer } from './case.ts'

export const endings: Cases = {
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
