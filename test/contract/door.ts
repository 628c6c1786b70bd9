import { expect } from 'vitest'
import { type Cases, hostAndViewer } from './case.ts'

export const door: Cases = {
  '[R9] who was kicked is let back at once, once the host lifts it': async (open) => {
    const room = await open()
    const { host } = await hostAndViewer(room)
    const bo = await room.newcomer('Cy')
    const about = { room_id: room.code, user_id: bo.id }
    await bo.join()
    await host.call('rooms/kick', about)
    await expect(bo.join()).rejects.toMatchObject({ status: 403, code: 'kicked' })
    expect(await host.call('rooms/unban', about)).toEqual({ ok: true })
    const again = await bo.join()
    await room.settled()
    expect(again.store.get().connection.status).toBe('open')
  },

  '[R31] a locked room lets nobody new in, its members come and go, and everybody knows': async (open) => {
    const room = await open()
    const { host, viewer } = await hostAndViewer(room)
    const detail = await host.call('rooms/settings', { room_id: room.code, is_locked: true })
    expect(detail.is_locked).toBe(true)
    await viewer.next('ROOM_UPDATED', ({ is_locked }) => is_locked === true)
    for (const client of [host, viewer]) expect(client.state().room?.is_locked).toBe(true)
    const cy = await room.newcomer('Cy')
    await expect(cy.join()).rejects.toMatchObject({ status: 403, code: 'room_locked' })
    const otherTab = await room.enter(viewer)
    expect(otherTab.state().connection.status).toBe('open')
    await expect(viewer.call('rooms/settings', { room_id: room.code, is_locked: false })).rejects.toMatchObject({
      code: 'not_host',
    })
    await host.call('rooms/settings', { room_id: room.code, is_locked: false })
    await cy.join()
  },
}
