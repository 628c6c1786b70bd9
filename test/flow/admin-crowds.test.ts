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

describe('a person', () => {
  const shown = (user_id: string, cursor?: string) =>
    stage.call('admin/person', { user_id, ...(cursor !== undefined && { cursor }) }, ada)

  it('[M7] is shown with the rooms that they left, and those that removed or banned them, the latest first', async () => {
    const bo = await stage.guest('Bo')
    const joined = async (name: string) => {
      const { code, host } = await stage.room({ name })
      await stage.call('rooms/join', { code }, bo)
      stage.elapse(1_000)
      return { about: { room_id: code, user_id: bo.id }, host }
    }
    const [here, left, kicked, banned] = [
      await joined('Here'),
      await joined('Left'),
      await joined('Kicked'),
      await joined('Banned'),
    ]
    const socket = await stage.enter(left.about.room_id, bo)
    await stage.settled()
    stage.elapse(60_000)
    const leftAt = stage.services.clock()
    await stage.call('rooms/leave', { room_id: left.about.room_id }, bo)
    await socket.next('REMOVED')
    stage.elapse(60_000)
    await stage.call('rooms/kick', kicked.about, kicked.host)
    stage.elapse(1_000)
    await stage.call('rooms/ban', banned.about, banned.host)
    const { person, rooms, rooms_next } = await shown(bo.id)
    expect(rooms.map(({ name, status }) => [name, status])).toEqual([
      ['Banned', 'BANNED'],
      ['Kicked', 'KICKED'],
      ['Left', 'LEFT'],
      ['Here', 'APPROVED'],
    ])
    expect(rooms_next).toBeNull()
    expect(person.last_seen_at).toBeGreaterThanOrEqual(leftAt)
    expect(person.last_seen_at).toBeLessThan(leftAt + 30_000)
    await stage.call('rooms/delete', { room_id: here.about.room_id }, here.host)
    expect((await shown(bo.id)).rooms.map(({ name }) => name)).toEqual(['Banned', 'Kicked', 'Left'])
  })

  it('[M7] is shown with whether their network is banned', async () => {
    const bo = await stage.guest('Bo')
    expect((await shown(bo.id)).person.network_ban).toBeNull()
    const ban = await stage.call('admin/ban-network', { user_id: bo.id, days: 2 }, ada)
    expect((await shown(bo.id)).person.network_ban).toEqual(ban)
    stage.elapse(2 * 24 * 3600_000)
    ada = await administrator(stage, 'Ada later')
    expect((await shown(bo.id)).person.network_ban).toBeNull()
  })

  it('[M7] of many rooms is shown with all of them, page after page, each once', async () => {
    const bo = await stage.guest('Bo')
    for (let nth = 0; nth < 27; nth += 1) {
      const { code, host } = await stage.room({ name: `Room ${nth}` })
      await stage.call('rooms/join', { code }, bo)
      stage.elapse(1)
      if (nth % 9 === 0) await stage.call('rooms/kick', { room_id: code, user_id: bo.id }, host)
    }
    const names: (string | null)[] = []
    let cursor: string | undefined
    do {
      const { rooms, rooms_next } = await shown(bo.id, cursor)
      expect(rooms.length).toBeLessThanOrEqual(25)
      names.push(...rooms.map(({ name }) => name))
      cursor = rooms_next ?? undefined
    } while (cursor !== undefined)
    expect(names).toEqual(Array.from({ length: 27 }, (_, nth) => `Room ${26 - nth}`))
    const wrong = { user_id: bo.id, cursor: '%' }
    expect((await stage.refused('admin/person', wrong, ada)).body.code).toBe('invalid_field')
  })
})
