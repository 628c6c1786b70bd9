import { beforeAll, describe, expect, it } from 'vitest'
import { administrator } from '../staging/administrator.ts'
import { fillRoom, lastId, putMember } from '../staging/crowd.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

const room = (code: string) => stage.call('admin/room', { room_id: code }, ada)

describe('a room with more members than a page has', () => {
  it('[M4] shows them in pages, each once', async () => {
    const { code } = await stage.room()
    await fillRoom(stage, code)
    const first = await room(code)
    const second = await stage.call('admin/members', { room_id: code, cursor: first.members_next ?? '' }, ada)
    expect(second.next).toBeNull()
    expect(new Set([...first.members, ...second.members].map(({ id }) => id)).size).toBe(130)
    expect((await stage.refused('admin/members', { room_id: 'CCCCCC' }, ada)).body.code).toBe('room_not_found')
  })

  it('[M4] shows who waits, whoever else was ever there, who asked first in front', async () => {
    const { code } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    await fillRoom(stage, code)
    const id = lastId(code)
    await putMember(stage, code, { id, name: 'Zoe', status: 'PENDING' })
    stage.elapse(1_000)
    const bo = await stage.member(code, 'Bo')
    const shown = await room(code)
    expect(shown.members.some((one) => one.id === id)).toBe(false)
    expect(shown.waiting).toMatchObject([
      { id, display_name: 'Zoe', status: 'PENDING' },
      { id: bo.id, display_name: 'Bo' },
    ])
    expect(shown.waiting_count).toBe(2)
    // Whose wish is over does not wait any more.
    stage.elapse(61_000)
    expect(await room(code)).toMatchObject({ waiting: [], waiting_count: 0 })
  })

  it('[M4] says of who is there and of who wrote what they are as members', async () => {
    const { code, host } = await stage.room()
    await fillRoom(stage, code)
    const id = lastId(code)
    await putMember(stage, code, { id, name: 'Zoe' })
    const { putMessage } = await import('../../functions/table/messages.ts')
    const at = stage.services.clock()
    const said = { user: 'Zoe', user_id: id, message: 'rude', created_at: at, connection_id: 'c' }
    await putMessage(code, { ...said, id: stage.services.ids.message(at) }, 7)
    const socket = await stage.enter(code, host)
    await stage.settled()
    const shown = await room(code)
    expect(shown.members.some((one) => one.id === id)).toBe(false)
    const named = (shown.named ?? []).map(({ display_name, is_host, status }) => [display_name, is_host, status])
    expect(named.toSorted()).toEqual([
      ['Hana', true, 'APPROVED'],
      ['Zoe', false, 'APPROVED'],
    ])
    await socket.close()
  })

  it('[M4] names a hundred of those who are there, the latest first, and counts all of them', async () => {
    const { code } = await stage.room()
    const { claimGreeting, markLive, recordSocket } = await import('../../functions/table/sockets.ts')
    for (let nth = 0; nth < 103; nth += 1) {
      const socket = { code, userId: `guest-${nth}`, connectionId: `c-${code}-${nth}` }
      const now = stage.services.clock()
      await recordSocket(socket, `Guest ${nth}`, now)
      await claimGreeting(socket, 'test')
      await markLive(socket, now + nth)
    }
    const shown = await room(code)
    expect(shown.room.viewers).toBe(103)
    expect(shown.people).toHaveLength(100)
    expect(shown.people[0]?.name).toBe('Guest 102')
    expect(shown.people.at(-1)?.name).toBe('Guest 3')
  })
})
