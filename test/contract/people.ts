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
