import { expect } from 'vitest'
import { type Cases, film, hostAndViewer, versionOf } from './case.ts'

export const settings: Cases = {
  '[R12] a change is told to everybody as ROOM_UPDATED and costs no version': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const version = versionOf(host)
    const detail = await host.call('rooms/settings', { room_id: room.code, name: ' Film night ' })
    expect(detail).toMatchObject({ code: room.code, name: 'Film night', host: host.name, is_host: true, media: film })
    for (const client of [host, viewer]) {
      const told = await client.next('ROOM_UPDATED')
      expect(told).toMatchObject({ name: 'Film night', host_id: host.id, is_chat_enabled: true, media: film, version })
      expect(client.state().room?.name).toBe('Film night')
    }
    await room.settled()
    expect(viewer.all('PAUSE')).toEqual([])
    expect(await viewer.call('rooms/detail', { code: room.code })).toMatchObject({
      name: 'Film night',
      is_host: false,
      viewers: 2,
    })
  },

  '[R12] nobody but the host may change anything': async (open) => {
    const room = await open(film)
    const { host, viewer } = await hostAndViewer(room)
    const asked = viewer.call('rooms/settings', { room_id: room.code, name: 'Mine' })
    await expect(asked).rejects.toMatchObject({ status: 403, code: 'not_host' })
    await room.settled()
    expect(host.all('ROOM_UPDATED')).toEqual([])
  },
}
