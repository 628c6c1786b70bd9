import { describe, expect, it } from 'vitest'
import { CODE_ALPHABET } from '../../protocol/ids.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const DAY_MS = 24 * 3600 * 1000
const media = { url: 'https://media.example/film.mp4', title: 'A film', duration: 5400 }

const stage = setUpStage()

const functionOf = (id: string) => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
  if (found === undefined) throw new Error(`The stack has no function ${id}.`)
  return found
}
const sweep = () => stage.runtime.invoke(functionOf('Sweep').logicalId)
const joinStatus = async (code: string, password?: unknown) => {
  const { token } = await stage.guest('Bo')
  return (await stage.request('POST', '/api/rooms/join', { body: { code, password }, token })).status
}
const notFound = { status: 404, body: { code: 'room_not_found', error: 'There is no room with this code.' } }

describe('making a room', () => {
  it('[R1] a public room has no entry mode and no password, and its maker hosts it', async () => {
    const host = await stage.guest('Hana')
    const made = await stage.call('rooms/create', { is_private: false, entry_mode: null }, host)
    expect(made).toEqual({ room_id: made.code, code: made.code, is_private: false, entry_mode: null })
    const detail = await stage.call('rooms/detail', { code: made.code }, host)
    expect(detail).toMatchObject({
      ...{ room_id: made.code, name: null, is_chat_enabled: true, guests_allowed: true, media: null },
      ...{ host: 'Hana', host_id: host.id, is_host: true, viewers: 0 },
    })
  })

  it('[R1] [R3] takes its name, its chat and its video from the request', async () => {
    const { code, host } = await stage.room({ name: ' Film night ', is_chat_enabled: false, media })
    expect(await stage.call('rooms/detail', { code }, host)).toMatchObject({
      name: 'Film night',
      is_chat_enabled: false,
      media,
    })
  })

  it.each([
    { is_private: true },
    { is_private: true, entry_mode: null },
    { is_private: false, entry_mode: 'PASSWORD' },
    { is_private: false, entry_mode: 'APPROVAL' },
  ])('[R1] %o is 400: entry mode and privacy go together', async (input) => {
    const refused = await stage.refused('rooms/create', input, await stage.guest('Hana'))
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"entry_mode"') } })
  })

  it('[R2] codes have six characters without look-alikes, and their case does not matter', async () => {
    const { code, host } = await stage.room()
    expect(code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{6}$`))
    expect(await stage.call('rooms/preview', { code: code.toLowerCase() })).toMatchObject({ code })
    const bo = await stage.guest('Bo')
    expect(await stage.call('rooms/join', { code: ` ${code.toLowerCase()} ` }, bo)).toMatchObject({ code })
    for (const typed of [
      `${code.slice(0, 3)}-${code.slice(3)}`,
      `“${code}”.`,
      `${code}\u200b`,
      `https://a.example/r/${code}`,
    ])
      expect(await stage.call('rooms/join', { code: typed }, bo)).toMatchObject({ code })
    const kick = { room_id: code.toLowerCase(), user_id: bo.id }
    expect(await stage.call('rooms/kick', kick, host)).toEqual({ ok: true })
  })

  it('[R2] a code that was ever used is passed over', async () => {
    const { code, host } = await stage.room()
    const { code: other, host: otherHost } = await stage.room()
    await stage.call('rooms/delete', { room_id: other }, otherHost)
    const ids = stage.services.ids
    const drawn = [code, other, code, 'CCCCCC']
    stage.services.ids = { ...ids, roomCode: () => drawn.shift() ?? ids.roomCode() }
    try {
      expect((await stage.call('rooms/create', { is_private: false }, host)).code).toBe('CCCCCC')
    } finally {
      stage.services.ids = ids
    }
  })

  it('[R1] is refused to guests with 403 guests_cannot_host where the setting says so, and not to accounts', async () => {
    const { environment } = functionOf('Api')
    const guest = await stage.guest('Ana')
    environment.GUESTS_MAY_HOST = 'false'
    try {
      const refused = await stage.refused('rooms/create', { is_private: false }, guest)
      expect(refused).toMatchObject({ status: 403, body: { code: 'guests_cannot_host' } })
      const account = { email: 'ana@example.com', password: 'correct horse', display_name: 'Ana' }
      await stage.call('auth/register', account, guest)
      await stage.call('rooms/create', { is_private: false }, guest)
    } finally {
      environment.GUESTS_MAY_HOST = 'true'
    }
  })
})

describe('a room with a password', () => {
  it('[R1] [R5] shows it once; with it one is in, without it 403 wrong_password', async () => {
    const { code, host, password } = await stage.room({ is_private: true, entry_mode: 'PASSWORD' })
    expect(password).toMatch(new RegExp(`^[${CODE_ALPHABET}]{10}$`))
    const detail = await stage.call('rooms/detail', { code }, host)
    const preview = await stage.call('rooms/preview', { code })
    // When it was set is no secret.
    expect(JSON.stringify([detail, preview])).not.toMatch(/password(?!_at)/)

    const bo = await stage.guest('Bo')
    for (const wrong of [undefined, null, '', 'WRONG', `${password}X`]) {
      const refused = await stage.refused('rooms/join', { code, password: wrong }, bo)
      expect(refused).toMatchObject({ status: 403, body: { code: 'wrong_password' } })
    }
    const typed = ` ${password?.slice(0, 5).toLowerCase()}-${password?.slice(5)}.\u200b `
    expect(await stage.call('rooms/join', { code, password: typed }, bo)).toMatchObject({ status: 'APPROVED' })
    expect(await stage.call('rooms/join', { code }, bo)).toMatchObject({ status: 'APPROVED', is_host: false })
    expect(await stage.call('rooms/join', { code }, host)).toMatchObject({ status: 'APPROVED', is_host: true })
  })

  it('[R12] is renewed on demand: the old password is wrong from then on', async () => {
    const { code, host, password } = await stage.room({ is_private: true, entry_mode: 'PASSWORD' })
    const renewed = await stage.call('rooms/settings', { room_id: code, new_password: true }, host)
    expect(renewed.room_password).not.toBe(password)
    expect(await joinStatus(code, password)).toBe(403)
    expect(await joinStatus(code, renewed.room_password)).toBe(200)
  })

  it('[R12] keeps its password where a change says PASSWORD again, and shows it no more', async () => {
    const { code, host, password } = await stage.room({ is_private: true, entry_mode: 'PASSWORD' })
    const same = { room_id: code, is_private: true, entry_mode: 'PASSWORD', name: 'Renamed' }
    expect(await stage.call('rooms/settings', same, host)).not.toHaveProperty('room_password')
    expect(await joinStatus(code, password)).toBe(200)
  })

  it('[R12] loses it when it opens, and gets a new one when it closes again', async () => {
    const { code, host, password } = await stage.room({ is_private: true, entry_mode: 'PASSWORD' })
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    expect(await joinStatus(code)).toBe(200)
    const closed = { room_id: code, is_private: true, entry_mode: 'PASSWORD' }
    const { room_password } = await stage.call('rooms/settings', closed, host)
    expect([await joinStatus(code, password), await joinStatus(code, room_password)]).toEqual([403, 200])
  })

  it('[R12] cannot be renewed where there is none', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const refused = await stage.refused('rooms/settings', { room_id: code, new_password: true }, host)
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"new_password"') } })
  })
})

describe('settings', () => {
  it('[R12] answer the room’s detail, and everyone hears ROOM_UPDATED', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const socket = await stage.enter(code, bo)
    await stage.settled()
    const change = { name: 'New', is_chat_enabled: false, guests_allowed: false }
    const detail = await stage.call('rooms/settings', { room_id: code, ...change }, host)
    expect(detail).toMatchObject({ ...change, code, is_host: true, viewers: 1 })
    expect(await socket.next('ROOM_UPDATED')).toMatchObject({ ...change, host: 'Hana', host_id: host.id })
    await stage.settled()
    expect(socket.all('ROOM_UPDATED')).toHaveLength(1)
    expect(socket.all('PAUSE')).toHaveLength(0)
    const back = await stage.call('rooms/settings', { room_id: code, name: null, media }, host)
    expect(back).toMatchObject({ name: null, media, is_chat_enabled: false })
    expect(await stage.call('rooms/settings', { room_id: code, media: null }, host)).toMatchObject({ media: null })
  })

  it('[R12] an entry mode without is_private is 400', async () => {
    const { code, host } = await stage.room()
    const refused = await stage.refused('rooms/settings', { room_id: code, entry_mode: 'APPROVAL' }, host)
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"is_private"') } })
  })

  it('[R12] changes of entry that cross end as one of them, and a password told is one that opens', async () => {
    const { code, host } = await stage.room()
    const change = (wish: Record<string, unknown>) =>
      stage.request('POST', '/api/rooms/settings', { body: { room_id: code, ...wish }, token: host.token })
    const closing = { is_private: true, entry_mode: 'PASSWORD' }
    const answers = await Promise.all(Array.from({ length: 4 }, () => change(closing)))
    for (const { status, body } of answers) expect(body.code).toBe(status === 200 ? code : 'conflict')
    const passwords = answers.flatMap(({ body }) => body.room_password ?? [])
    expect(passwords).toHaveLength(1)
    expect(await joinStatus(code, passwords[0])).toBe(200)
  })

  it('[R11] [R12] of a former host who changes something while the room changes hands, nothing half remains', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const send = (route: string, body: Record<string, unknown>, { token } = host) =>
      stage.request('POST', `/api/rooms/${route}`, { body: { room_id: code, ...body }, token })
    await send('transfer', { user_id: ana.id })
    const [handed, renamed] = await Promise.all([
      send('accept-transfer', { accept: true }, ana),
      send('settings', { name: 'Mine' }),
    ])
    expect(handed.status).toBe(200)
    const detail = await stage.call('rooms/detail', { code }, ana)
    expect(detail).toMatchObject({ host_id: ana.id, host: 'Ana', name: renamed.status === 200 ? 'Mine' : null })
    expect([200, 403]).toContain(renamed.status)
    expect((await send('settings', { name: 'Mine still' })).body.code).toBe('not_host')
  })
})

describe('the end of a room', () => {
  it('[R13] deleting it tells and closes every socket, and the code answers 404 from then on', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const sockets = [await stage.enter(code, host), await stage.enter(code, bo)]
    expect(await stage.call('rooms/delete', { room_id: code }, host)).toEqual({ status: 'room_deleted' })
    for (const socket of sockets) {
      expect(await socket.next('ROOM_DELETED')).toMatchObject({ code: 'room_deleted' })
      expect(await socket.closed).toMatchObject({ code: 1000 })
      expect(socket.frames.at(-1)?.type).toBe('ROOM_DELETED')
    }
    expect(await stage.refused('rooms/preview', { code })).toEqual(notFound)
    expect(await stage.refused('rooms/detail', { code }, host)).toEqual(notFound)
    expect(await stage.refused('rooms/join', { code }, bo)).toEqual(notFound)
    expect(await stage.refused('rooms/settings', { room_id: code, name: 'x' }, host)).toEqual(notFound)
    // Only the host's own call is answered as before (H9).
    expect(await stage.refused('rooms/delete', { room_id: code }, bo)).toEqual(notFound)
  })

  it('[R13] deletions at once end the room, and none is a fault', async () => {
    const { code, host } = await stage.room()
    const answers = await Promise.all(
      [1, 2, 3].map(() => stage.request('POST', '/api/rooms/delete', { body: { room_id: code }, token: host.token })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(200)
    expect(statuses.filter((status) => status !== 200 && status !== 404)).toEqual([])
    expect(await stage.refused('rooms/preview', { code })).toEqual(notFound)
  })

  it('[R13] the sweep removes what a deleted room leaves behind, and the code stays taken', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const kept = await stage.room()
    await sweep()
    await stage.call('rooms/delete', { room_id: code }, host)
    // Host and Bo: member, name, and entry in the list of rooms, each. Of Bo also the entry among past rooms.
    expect(await sweep()).toEqual({ ended: 0, removed: 7 })
    const { roomByCode } = await import('../../functions/table/rooms.ts')
    const { membersIn } = await import('../../functions/table/member-lists.ts')
    const { roomsOfUser } = await import('../../functions/table/users.ts')
    expect((await membersIn(code, 100, undefined)).members).toEqual([])
    expect(await roomsOfUser(bo.id)).toEqual([])
    expect(await roomByCode(code)).toMatchObject({ code, deleted_at: expect.any(Number) })
    expect(await sweep()).toEqual({ ended: 0, removed: 0 })
    expect(await stage.call('rooms/detail', { code: kept.code }, kept.host)).toMatchObject({ code: kept.code })
  })

  it('[R18] thirty days without a connection end it; a connection in between keeps it', async () => {
    const { code: idle } = await stage.room()
    const { code: visited, host } = await stage.room()
    let { token } = host
    for (let day = 0; day < 20; day += 0.49) {
      stage.elapse(0.49 * DAY_MS)
      token = (await stage.call('auth/refresh', {}, { ...host, token })).access_token
    }
    const socket = await stage.enter(visited, { ...host, token })
    await stage.settled()
    await socket.close()
    await stage.settled()
    stage.elapse(9.5 * DAY_MS)
    expect(await stage.call('rooms/preview', { code: idle })).toMatchObject({ code: idle })
    stage.elapse(DAY_MS)
    expect(await stage.refused('rooms/preview', { code: idle })).toEqual(notFound)
    expect(await joinStatus(idle)).toBe(404)

    const { ended } = (await sweep()) as { ended: number }
    expect(ended).toBeGreaterThanOrEqual(1)
    expect(await stage.refused('rooms/preview', { code: idle })).toEqual(notFound)
    expect(await stage.call('rooms/preview', { code: visited })).toMatchObject({ code: visited })
    const { roomByCode } = await import('../../functions/table/rooms.ts')
    expect(await roomByCode(idle)).toMatchObject({ deleted_at: expect.any(Number) })
  })
})

describe('looking at a room', () => {
  it('[R14] the preview needs no token and tells nothing private', async () => {
    const { code } = await stage.room({ is_private: true, entry_mode: 'APPROVAL', name: 'Films', media })
    expect(await stage.request('GET', `/api/rooms/${code}`)).toEqual({
      status: 200,
      body: {
        ...{ code, name: 'Films', is_private: true, entry_mode: 'APPROVAL' },
        ...{ guests_allowed: true, is_locked: false, host: 'Hana', viewers: 0 },
      },
    })
  })

  it('[R14] counts people, not tabs', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    for (const person of [host, bo, bo]) await stage.enter(code, person)
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ viewers: 2 })
  })

  it('[R14] the detail is for members only', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const waiting: Person = await stage.member(code, 'Bo')
    for (const person of [waiting, await stage.guest('Cy')]) {
      const refused = await stage.refused('rooms/detail', { code }, person)
      expect(refused).toMatchObject({ status: 403, body: { code: 'not_a_member' } })
    }
    await stage.call('rooms/approve', { room_id: code, user_id: waiting.id }, host)
    expect(await stage.call('rooms/detail', { code }, waiting)).toMatchObject({ is_host: false, host_id: host.id })
  })

  it.each(['CCCCC9', 'AAAAAAA', 'O0I1LL', '-', '%2e%2e', '🙂'])('[R14] there is no room %s', async (code) => {
    expect(await stage.refused('rooms/preview', { code })).toEqual(notFound)
    expect(await stage.refused('rooms/detail', { code }, await stage.guest('Bo'))).toEqual(notFound)
  })
})
