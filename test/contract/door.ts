import { expect } from 'vitest'
import { type Cases, expectClosed, holderAndViewer, untilGreeted } from './case.ts'

/** What who moderates does at the door. */
export const door: Cases = {
  '[R10] [W7] a kick is the last word to every tab, and the others hear one USER_LEFT': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    const otherTab = await room.enter(viewer)
    await room.settled()
    await holder.call('rooms/kick', { room_id: room.code, user_id: viewer.id })
    for (const client of [viewer, otherTab]) await expectClosed(room, client, 'REMOVED', 'kicked')
    expect(holder.all('USER_LEFT')).toMatchObject([{ user_id: viewer.id }])
    expect(holder.state().people.viewers).toBe(1)
  },

  '[W4] somebody who was removed does not come in again, and hears why': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await holder.call('rooms/kick', { room_id: room.code, user_id: viewer.id })
    await viewer.next('REMOVED')
    const again = await room.enter(viewer)
    expect(again.state().connection).toMatchObject({ status: 'closed', code: 'not_a_member' })
    expect(again.heard()).toEqual([])
  },

  '[R9] [R31] who was kicked is let back at once, once it is lifted, also where nobody new is let in': async (open) => {
    const room = await open()
    const { holder } = await holderAndViewer(room)
    const cy = await room.newcomer('Cy')
    const about = { room_id: room.code, user_id: cy.id }
    await cy.join()
    await holder.call('rooms/kick', about)
    await expect(cy.join()).rejects.toMatchObject({ status: 403, code: 'kicked' })
    await holder.call('rooms/settings', { room_id: room.code, is_locked: true })
    expect(await holder.call('rooms/unban', about)).toEqual({ ok: true })
    await untilGreeted(room, await cy.join())
  },

  '[R31] a locked room lets nobody new in, its members come and go, and everybody knows': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    const detail = await holder.call('rooms/settings', { room_id: room.code, is_locked: true })
    expect(detail.is_locked).toBe(true)
    await viewer.next('ROOM_UPDATED', ({ is_locked }) => is_locked === true)
    for (const client of [holder, viewer]) expect(client.state().room?.is_locked).toBe(true)
    const cy = await room.newcomer('Cy')
    await expect(cy.join()).rejects.toMatchObject({ status: 403, code: 'room_locked' })
    const otherTab = await room.enter(viewer)
    expect(otherTab.state().connection.status).toBe('open')
    await expect(viewer.call('rooms/settings', { room_id: room.code, is_locked: false })).rejects.toMatchObject({
      code: 'not_host',
    })
    await holder.call('rooms/settings', { room_id: room.code, is_locked: false })
    await cy.join()
  },
}
