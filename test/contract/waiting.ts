import { expect } from 'vitest'
import { type Cases, holderAndViewer, untilGreeted } from './case.ts'
import type { Client, ContractRoom } from './room.ts'

const letNobodyIn = (room: ContractRoom) =>
  room.callAsHost('rooms/settings', { room_id: room.code, is_private: true, entry_mode: 'APPROVAL' })

const waitingFor = async (client: Client, room: ContractRoom): Promise<string[]> => {
  const { participants } = await client.call('rooms/participants', { room_id: room.code })
  return participants.filter(({ status }) => status === 'PENDING').map(({ id }) => id)
}

/** Everything that a client heard of those who wait, and what its PONGs say of them. */
const heardOfWaiting = (client: Client) => ({
  told: client.heard().filter((type) => type.startsWith('JOIN_')),
  revisions: client.all('PONG').flatMap(({ revisions }) => revisions?.waiting ?? []),
})

/** What those see and say who may let people in. */
export const waiting: Cases = {
  '[R20] [R15] [K5] who waits is shown to who may let people in, and to nobody else': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await letNobodyIn(room)
    const cy = await room.newcomer('Cy')
    const joined = cy.join()
    const { revision } = await holder.next('JOIN_REQUESTED', ({ user_id }) => user_id === cy.id)
    expect(holder.state().requests).toEqual([{ user: cy.name, user_id: cy.id }])
    expect(await waitingFor(holder, room)).toEqual([cy.id])
    expect(await waitingFor(viewer, room)).toEqual([])
    const about = { room_id: room.code, user_id: cy.id }
    for (const answer of ['rooms/approve', 'rooms/reject'] as const)
      await expect(viewer.call(answer, about)).rejects.toMatchObject({ status: 403, code: 'not_host' })
    expect(await holder.call('rooms/approve', about)).toEqual({ approved: true })
    const resolved = await holder.next('JOIN_RESOLVED')
    expect(resolved).toMatchObject({ user: cy.name, user_id: cy.id, status: 'APPROVED', revision: (revision ?? 0) + 1 })
    expect(holder.state().requests).toEqual([])
    await untilGreeted(room, await joined)
    await room.settled()
    expect(heardOfWaiting(holder).revisions.at(-1)).toBe(resolved.revision)
    expect(heardOfWaiting(viewer)).toEqual({ told: [], revisions: [] })
  },

  '[R7] [R9] who is declined does not come in, and may ask again at once where that is lifted': async (open) => {
    const room = await open()
    const { holder, viewer } = await holderAndViewer(room)
    await letNobodyIn(room)
    const cy = await room.newcomer('Cy')
    const about = { room_id: room.code, user_id: cy.id }
    const declined = expect(cy.join()).rejects.toMatchObject({ status: 403, code: 'rejected' })
    await holder.next('JOIN_REQUESTED')
    expect(await holder.call('rooms/reject', about)).toEqual({ rejected: true })
    expect(await holder.next('JOIN_RESOLVED')).toMatchObject({ user_id: cy.id, status: 'REJECTED' })
    await declined
    await expect(holder.call('rooms/approve', about)).rejects.toMatchObject({ status: 404, code: 'not_pending' })
    await holder.call('rooms/unban', about)
    const joined = cy.join()
    await holder.next('JOIN_REQUESTED')
    await holder.call('rooms/approve', about)
    await untilGreeted(room, await joined)
    expect(heardOfWaiting(viewer).told).toEqual([])
  },
}
