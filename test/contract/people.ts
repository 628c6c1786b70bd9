import { expect } from 'vitest'
import type { Cases } from './case.ts'

export const people: Cases = {
  '[W2] somebody who comes is told to the others, once, and not to themselves': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    await room.settled()
    const bo = await room.enter(await room.newMember('Bo'))
    expect(await host.next('USER_JOINED')).toMatchObject({ user: bo.name, user_id: bo.id })
    await room.settled()
    expect([host.all('USER_JOINED').length, bo.all('USER_JOINED').length]).toEqual([1, 0])
    expect(host.state().people.list.map(({ user_id }) => user_id)).toEqual([host.id, bo.id])
  },

  '[W2] a person with two tabs joins once, and leaves when the last one closes': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    const bo = await room.newMember('Bo')
    const tabs = [await room.enter(bo), await room.enter(bo)]
    await room.settled()
    tabs[0]?.session.close()
    await room.settled()
    expect([host.all('USER_JOINED').length, host.all('USER_LEFT').length]).toEqual([1, 0])
    tabs[1]?.session.close()
    expect(await host.next('USER_LEFT')).toMatchObject({ user: bo.name, user_id: bo.id })
    await room.settled()
    expect([host.all('USER_JOINED').length, host.all('USER_LEFT').length]).toEqual([1, 1])
  },

  '[W2] somebody who closes right after the greeting leaves nobody behind': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    await room.settled()
    const bo = await room.enter(await room.newMember('Bo'))
    bo.session.close()
    await room.settled()
    const told = host.heard().filter((type) => type.startsWith('USER_'))
    expect(told.filter((type) => type === 'USER_LEFT')).toHaveLength(told.length / 2)
    expect(told.at(0)).not.toBe('USER_LEFT')
    expect(host.state().people).toMatchObject({ list: [{ user_id: host.id }], viewers: 1 })
  },

  '[A14] a new name stands in the list of everybody, in the same place, and nobody has come or left': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    const bo = await room.enter(await room.newMember('Bo'))
    const cleo = await room.enter(await room.newMember('Cleo'))
    await room.settled()
    const answer = await bo.call('auth/name', { display_name: 'Bob' })
    expect(answer).toMatchObject({ id: bo.id, display_name: 'Bob' })
    await cleo.next('USER_JOINED', ({ user }) => user === 'Bob')
    await room.settled()
    for (const client of [host, bo, cleo]) {
      const { list, viewers } = client.state().people
      expect(list.map(({ user_id }) => user_id)).toContain(bo.id)
      expect(list.find(({ user_id }) => user_id === bo.id)).toMatchObject({ name: 'Bob', role: 'participant' })
      expect([viewers, list.length]).toEqual([3, 3])
    }
    expect(host.state().people.list.map(({ user_id }) => user_id)).toEqual([host.id, bo.id, cleo.id])
    bo.session.close()
    expect(await host.next('USER_LEFT', ({ renamed }) => renamed === undefined)).toMatchObject({ user: 'Bob' })
  },

  '[A14] a new name of the host is a fact, too': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    const bo = await room.enter(await room.newMember('Bo'))
    await room.settled()
    await host.call('auth/name', { display_name: 'Hanna' })
    expect(await bo.next('ROOM_UPDATED')).toMatchObject({ host: 'Hanna', host_id: host.id })
    await room.settled()
    expect(bo.state().room?.host).toBe('Hanna')
    expect(bo.state().people.list[0]).toMatchObject({ name: 'Hanna', role: 'host' })
  },

  '[W2] somebody who comes back is told anew': async (open) => {
    const room = await open()
    const host = await room.enter(room.host)
    const bo = await room.newMember('Bo')
    for (const _ of [1, 2]) {
      const client = await room.enter(bo)
      await host.next('USER_JOINED')
      client.session.close()
      await host.next('USER_LEFT')
    }
    await room.settled()
    expect(host.heard().filter((type) => type.startsWith('USER_'))).toEqual([
      'USER_JOINED',
      'USER_LEFT',
      'USER_JOINED',
      'USER_LEFT',
    ])
  },
}
