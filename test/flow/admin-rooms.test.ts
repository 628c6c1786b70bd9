import { beforeAll, describe, expect, it } from 'vitest'
import type { RouteName } from '../../protocol/routes.ts'
import { administrator } from '../staging/administrator.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

const HOUR_MS = 3600_000
const adminRoutes = (Object.keys((await import('../../protocol/addresses.ts')).addresses) as RouteName[]).filter(
  (name) => name.startsWith('admin/'),
)
const inputFor = {
  room_id: 'CCCCCC',
  user_id: 'x',
  message_id: '01ARZ3NDEKTSV4RRFFQ69G0000',
  seconds: 60,
  is_admin: true,
}
const more = { address: '203.0.113.7', days: 1, network_id: 'x' }

describe('every call of the administration', () => {
  it.each(adminRoutes)('[M1] %s is refused without the flag', async (name) => {
    const bo = await stage.guest('Bo')
    const { address: _, ...about } = { ...inputFor, ...more }
    const input = name === 'admin/ban-network' ? { address: more.address, days: 1 } : about
    expect((await stage.refused(name, input as never, bo)).body.code).toBe('not_admin')
  })

  it('[M1] reads nothing of what was asked for before the flag is looked at', async () => {
    const bo = await stage.guest('Bo')
    await stage.settled()
    const queries: unknown[] = []
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (action === 'Query') queries.push(body)
      return undefined
    }
    for (const name of ['admin/now', 'admin/rooms', 'admin/people', 'admin/networks', 'admin/audit'] as const)
      expect((await stage.refused(name, {}, bo)).body.code).toBe('not_admin')
    stage.runtime.faults.reset()
    expect(queries).toEqual([])
  })

  it('[M1] is refused twelve hours after the password was typed, whatever was renewed since', async () => {
    const eve = await administrator(stage, 'Eve')
    stage.elapse(7 * HOUR_MS)
    const { access_token } = await stage.call('auth/refresh', {}, eve)
    const renewed = { ...eve, token: access_token }
    await stage.call('admin/now', {}, renewed)
    stage.elapse(5 * HOUR_MS + 1_000)
    expect((await stage.refused('admin/now', {}, renewed)).body.code).toBe('sign_in_again')
    ada = await administrator(stage, 'Ada again')
    await stage.call('admin/now', {}, ada)
  })

  it('[A9] whoever has the flag is told so, and nobody else', async () => {
    expect(await stage.call('auth/me', {}, ada)).toMatchObject({ is_admin: true })
    expect(await stage.call('auth/me', {}, await stage.guest('Bo'))).not.toHaveProperty('is_admin')
  })
})

const codesOf = ({ rooms }: { rooms: readonly { code: string }[] }) => rooms.map(({ code }) => code)
const listed = async (input: object) => stage.call('admin/rooms', input as never, ada)

describe('rooms', () => {
  it('[M3] are found by the whole code, and by the beginning of a name, as it is by now', async () => {
    const { code, host } = await stage.room({ name: 'Zebra night' })
    expect(codesOf(await listed({ search: code.toLowerCase() }))).toEqual([code])
    expect(codesOf(await listed({ search: 'zEBra' }))).toEqual([code])
    await stage.call('rooms/settings', { room_id: code, name: 'Quagga night' }, host)
    expect(codesOf(await listed({ search: 'zebra' }))).toEqual([])
    const { rooms } = await listed({ search: 'quagga n' })
    expect(rooms).toMatchObject([{ code, name: 'Quagga night', host: 'Hana', state: 'idle', viewers: 0 }])
  })

  it('[M3] come by activity, by age and by people, and by what became of them', async () => {
    const older = await stage.room({ name: 'Older' })
    stage.elapse(11 * 60_000)
    const younger = await stage.room({ name: 'Younger' })
    const ended = await stage.room({ name: 'Ended' })
    await stage.call('rooms/delete', { room_id: ended.code }, ended.host)
    stage.elapse(11 * 60_000)
    const socket = await stage.enter(older.code, older.host)
    await stage.settled()
    const mine = [older.code, younger.code, ended.code]
    const order = async (input: object) => codesOf(await listed(input)).filter((code) => mine.includes(code))
    expect(await order({})).toEqual([older.code, younger.code])
    expect(await order({ sort: 'age' })).toEqual([ended.code, younger.code, older.code])
    expect(await order({ sort: 'people' })).toEqual([older.code, younger.code])
    expect(await order({ state: 'live' })).toEqual([older.code])
    expect(await order({ state: 'idle' })).toEqual([younger.code])
    expect(await order({ state: 'ended' })).toEqual([ended.code])
    expect(await order({ state: 'ended', sort: 'people' })).toEqual([ended.code])
    expect(await order({ sort: 'people', state: 'live' })).toEqual([older.code])
    await socket.close()
  })

  it.each([{ sort: 'age' }, {}, { sort: 'people' }, { search: 'many' }])(
    '[M3] %j comes in pages, each room once',
    async (input) => {
      await Promise.all(Array.from({ length: 30 }, (_, index) => stage.room({ name: `Many ${index}` })))
      const seen: string[] = []
      let cursor: string | null | undefined
      do {
        const page = await listed({ ...input, ...(cursor != null && { cursor }) })
        expect(page.rooms.length).toBeLessThanOrEqual(25)
        seen.push(...codesOf(page))
        cursor = page.next
      } while (cursor !== null)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(30)
      expect((await stage.refused('admin/rooms', { cursor: '%' }, ada)).body.code).toBe('invalid_field')
    },
  )

  it('[M4] one is shown in full: who is there, who waits, what was said and decided', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL', name: 'Full' })
    const bo = await stage.member(code, 'Bo')
    const socket = await stage.enter(code, host)
    stage.elapse(61_000)
    socket.send({ type: 'PING', t0: 1 })
    await socket.next('PONG')
    socket.send({ type: 'CHAT_MESSAGE', message: 'hello' })
    await socket.next('CHAT_MESSAGE')
    await stage.call('rooms/settings', { room_id: code, is_locked: true }, host)
    const shown = await stage.call('admin/room', { room_id: code }, ada)
    expect(shown.room).toMatchObject({ code, name: 'Full', state: 'live', viewers: 1, is_locked: true, ended_at: null })
    expect(shown.playback).toEqual({ is_playing: false, time: 0, version: 0 })
    expect(shown.people).toEqual([
      { user_id: host.id, name: 'Hana', sockets: [{ since: expect.any(Number), seen: expect.any(Number) }] },
    ])
    const waiting = shown.members.find(({ id }) => id === bo.id)
    expect(waiting).toMatchObject({ display_name: 'Bo', online: false })
    expect(shown.messages).toMatchObject([{ user: 'Hana', message: 'hello' }])
    expect(shown.decisions).toMatchObject([{ what: 'settings', by: 'Hana', room: code, outcome: 'done' }])
    expect((await stage.refused('admin/room', { room_id: 'CCCCCC' }, ada)).body.code).toBe('room_not_found')
    await socket.close()
  })

  it('[M5] one is ended: everybody hears it, the code is gone, and the audit says who did it', async () => {
    const { code, host } = await stage.room({ name: 'Misbehaving' })
    const socket = await stage.enter(code, host)
    await stage.call('admin/end-room', { room_id: code }, ada)
    expect(await socket.next('ROOM_DELETED')).toMatchObject({ code: 'room_deleted' })
    expect((await stage.refused('rooms/preview', { code }, host)).body.code).toBe('room_not_found')
    const [entry] = (await stage.call('admin/audit', { room: code }, ada)).entries
    expect(entry).toMatchObject({ what: 'delete_room', by: 'Ada again', is_admin: true, room: code, outcome: 'done' })
    // Asked again, because the answer was lost: it is no second decision.
    await stage.call('admin/end-room', { room_id: code }, ada)
    expect((await stage.call('admin/audit', { room: code }, ada)).entries).toHaveLength(1)
    expect(codesOf(await listed({ search: 'misbehaving' }))).toEqual([code])
    expect((await stage.call('admin/room', { room_id: code }, ada)).room.state).toBe('ended')
    expect((await stage.refused('admin/end-room', { room_id: 'CCCCCC' }, ada)).body.code).toBe('room_not_found')
  })

  it('[M6] who is in one is muted and removed, and a message goes: the room hears as if a host had', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const [hana, boSocket] = [await stage.enter(code, host), await stage.enter(code, bo)]
    stage.elapse(61_000)
    boSocket.send({ type: 'CHAT_MESSAGE', message: 'rude' })
    const { id } = await hana.next('CHAT_MESSAGE')
    await stage.call('admin/remove-message', { room_id: code, message_id: id }, ada)
    expect(await hana.next('MESSAGE_REMOVED')).toMatchObject({ id })
    await stage.call('admin/mute', { room_id: code, user_id: bo.id, seconds: 60 }, ada)
    expect(await boSocket.next('MUTED')).toMatchObject({ until: expect.any(Number) })
    await stage.call('admin/unmute', { room_id: code, user_id: bo.id }, ada)
    expect(await boSocket.next('MUTED', ({ until }) => until === null)).toBeDefined()
    await stage.call('admin/remove-member', { room_id: code, user_id: bo.id }, ada)
    expect(await boSocket.next('REMOVED')).toMatchObject({ code: 'kicked' })
    const refused = await stage.refused('admin/remove-member', { room_id: code, user_id: host.id }, ada)
    expect(refused.body.code).toBe('host_must_stay')
    const { entries } = await stage.call('rooms/audit', { room_id: code }, host)
    expect(entries.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'kick refused',
      'kick done',
      'unmute done',
      'mute done',
      'remove_message done',
    ])
    for (const entry of entries) expect(entry).toMatchObject({ by: 'Ada again', is_admin: true })
    const nobody = { room_id: code, user_id: 'nobody' }
    expect((await stage.refused('admin/mute', { ...nobody, seconds: 60 }, ada)).body.code).toBe('member_not_found')
    const gone = { room_id: code, message_id: '01ARZ3NDEKTSV4RRFFQ69G0000' }
    expect((await stage.refused('admin/remove-message', gone, ada)).body.code).toBe('message_not_found')
  })
})
