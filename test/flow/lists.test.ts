import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const TEN_MINUTES = 10 * 60_000
const HOUR_MS = 3600 * 1000

// A clock that starts with a bucket of activity, so that rooms made in one test are of one bucket.
const began = Date.now()
const start = began - (began % TEN_MINUTES)
const stage = setUpStage({ clock: () => start + (Date.now() - began) })
beforeAll(async () => {
  await stage.guest('Warm')
})

type Page<T> = { items: T[]; next: string | null }
/** Every page of a list, as a client reads it. */
const pagesOf = async <T>(read: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[][]> => {
  const pages: T[][] = []
  let cursor: string | null | undefined
  do {
    const { items, next } = await read(cursor == null ? {} : { cursor })
    pages.push(items)
    cursor = next
    if (pages.length > 50) throw new Error('The pages do not end.')
  } while (cursor !== null)
  return pages
}
const publicPages = () =>
  pagesOf(async (cursor) => {
    const { rooms, next } = await stage.call('rooms/public', cursor)
    return { items: rooms, next }
  })
const minePages = (person: Person) =>
  pagesOf(async (cursor) => {
    const { rooms, next } = await stage.call('rooms/mine', cursor, person)
    return { items: rooms, next }
  })
const participantPages = (room_id: string, person: Person) =>
  pagesOf(async (cursor) => {
    const { participants, next } = await stage.call('rooms/participants', { room_id, ...cursor }, person)
    return { items: participants, next }
  })

describe('[R17] rooms of one’s own', () => {
  it('are those hosted and joined, the latest joined first, without those left', async () => {
    const ana = await stage.guest('Ana')
    const joined: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      const { code } = await stage.room({ name })
      await stage.call('rooms/join', { code }, ana)
      joined.unshift(code)
      stage.elapse(1)
    }
    const hosted = (await stage.call('rooms/create', { is_private: true, entry_mode: 'APPROVAL' }, ana)).code
    expect(await stage.call('rooms/mine', {}, ana)).toMatchObject({
      rooms: [
        { code: hosted, room_id: hosted, is_host: true, host: 'Ana', is_private: true, entry_mode: 'APPROVAL' },
        { code: joined[0], is_host: false, host: 'Hana', name: 'Three' },
        { code: joined[1], name: 'Two' },
        { code: joined[2], name: 'One' },
      ],
      next: null,
    })
    await stage.call('rooms/leave', { room_id: joined[1] }, ana)
    const { rooms } = await stage.call('rooms/mine', {}, ana)
    expect(rooms.map(({ code }) => code)).toEqual([hosted, joined[0], joined[2]])
  })

  it('hold no room that one waits for, and none that is deleted', async () => {
    const { code: waiting } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const ana = await stage.member(waiting, 'Ana')
    const { code, host } = await stage.room()
    await stage.call('rooms/join', { code }, ana)
    await stage.call('rooms/delete', { room_id: code }, host)
    expect(await stage.call('rooms/mine', {}, ana)).toEqual({ rooms: [], next: null })
  })

  it('[H7] come in pages of twenty, each room once', async () => {
    const ana = await stage.guest('Ana')
    const made: string[] = []
    for (let n = 0; n < 41; n += 1) made.push((await stage.call('rooms/create', { is_private: false }, ana)).code)
    const pages = await minePages(ana)
    expect(pages.map((page) => page.length)).toEqual([20, 20, 1])
    const codes = pages.flat().map(({ code }) => code)
    expect([...codes].sort()).toEqual(made.sort())
    const places = pages.flat().map(({ joined_at }) => joined_at)
    expect(places).toEqual([...places].sort((a, b) => b - a))
  })

  it('[H7] exactly one full page has no next', async () => {
    const ana = await stage.guest('Ana')
    for (let n = 0; n < 20; n += 1) await stage.call('rooms/create', { is_private: false }, ana)
    expect((await minePages(ana)).map((page) => page.length)).toEqual([20])
  })
})

describe('[R17] public rooms', () => {
  /** So many people are connected; nobody is told, and the room is no more active for it. */
  const people = async (code: string, count: number): Promise<void> => {
    const { claimGreeting, markLive, recordSocket } = await import('../../functions/table/sockets.ts')
    for (let n = 0; n < count; n += 1) {
      const socket = { code, userId: `u${n}`, connectionId: `c${n}` }
      await recordSocket(socket, 'Ana', stage.services.clock())
      await claimGreeting(socket, 'greeter')
      await markLive(socket, stage.services.clock())
    }
  }
  const isListed = async (code: string) => (await publicPages()).flat().some((room) => room.code === code)

  it('need no token, and show code, name, host, viewers and age', async () => {
    stage.elapse(TEN_MINUTES)
    const { code, host } = await stage.room({ name: 'Films' })
    await stage.enter(code, host)
    const answer = await stage.request('GET', '/api/rooms/public')
    const listed = (answer.body.rooms as Record<string, unknown>[]).find((room) => room.code === code)
    expect(listed).toEqual({ code, name: 'Films', host: 'Hana', viewers: 1, created_at: expect.any(Number) })
  })

  it('are one for each host, the one with the most people', async () => {
    stage.elapse(TEN_MINUTES)
    const spammer = await stage.guest('Mallory')
    const codes: string[] = []
    for (let n = 0; n < 3; n += 1) codes.push((await stage.call('rooms/create', { is_private: false }, spammer)).code)
    const { code } = await stage.room()
    for (const [place, one] of [...codes, code].entries()) await people(one, place === 1 ? 3 : 1)
    const shown = (await publicPages()).flat().filter((room) => [...codes, code].includes(room.code))
    expect(shown.map((room) => room.code)).toEqual([codes[1], code])
  })

  it('are there while somebody is in them and they are public and live', async () => {
    const { code, host } = await stage.room()
    expect(await isListed(code)).toBe(false)
    const socket = await stage.enter(code, host)
    await stage.settled()
    expect(await isListed(code)).toBe(true)
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    expect(await isListed(code)).toBe(false)
    await stage.call('rooms/settings', { room_id: code, is_private: false }, host)
    expect(await isListed(code)).toBe(true)
    await socket.close()
    await stage.settled()
    expect(await isListed(code)).toBe(false)
    await stage.enter(code, host)
    await stage.settled()
    expect(await isListed(code)).toBe(true)
    await stage.call('rooms/delete', { room_id: code }, host)
    expect(await isListed(code)).toBe(false)
  })

  it('come with most people first, and then by their latest activity, in steps of ten minutes', async () => {
    const [few, many] = [await stage.room(), await stage.room()]
    await people(few.code, 1)
    await people(many.code, 3)
    stage.elapse(TEN_MINUTES)
    const later = await stage.room()
    await people(later.code, 1)
    const mine = [few.code, many.code, later.code]
    const codes = (await stage.call('rooms/public', {})).rooms.map(({ code }) => code)
    expect(codes.filter((code) => mine.includes(code))).toEqual([many.code, later.code, few.code])
  })

  it('may be kept by anybody for five seconds, and refusals by nobody', async () => {
    const kept = async (query: string) =>
      (await fetch(`${stage.runtime.url}/api/rooms/public${query}`)).headers.get('cache-control')
    expect(await kept('')).toBe('public, max-age=5')
    expect(await kept('?cursor=nowhere')).toBe('no-store')
  })

  it('[H7] a page has twenty to forty: each with people comes once, none is missing, and the end is clean', async () => {
    const busy = await stage.guest('Hana')
    const peopled: string[] = []
    for (let n = 0; n < 83; n += 1) {
      if (n % 3 === 0) {
        const { code } = await stage.room()
        await people(code, 1)
        peopled.push(code)
      } else await stage.call('rooms/create', { is_private: false }, busy)
    }
    const pages = await publicPages()
    expect(pages.length).toBeGreaterThanOrEqual(2)
    expect(pages.every((page) => page.length <= 40 && page.every(({ viewers }) => viewers > 0))).toBe(true)
    expect(pages.slice(0, -1).every((page) => page.length >= 20)).toBe(true)
    const codes = pages.flat().map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(peopled.filter((code) => !codes.includes(code))).toEqual([])
  })

  it('[H7] a room that comes while somebody reads disturbs no page', async () => {
    const first = await stage.call('rooms/public', {})
    expect(first.next).not.toBeNull()
    stage.elapse(TEN_MINUTES)
    const { code } = await stage.room()
    const second = await stage.call('rooms/public', { cursor: first.next })
    const before = new Set(first.rooms.map((room) => room.code))
    expect(second.rooms.filter((room) => before.has(room.code))).toEqual([])
    expect(second.rooms.map((room) => room.code)).not.toContain(code)
  })

  it('are gone when nothing has happened for 2 h 10 min', async () => {
    const { code } = await stage.room()
    stage.elapse(2 * HOUR_MS)
    await people(code, 1)
    expect(await isListed(code)).toBe(true)
    stage.elapse(TEN_MINUTES)
    expect(await isListed(code)).toBe(false)
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ code })
  })
})

describe('[R15] participants', () => {
  it('show everybody to the host, and the approved to the others', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const people = new Map<string, Person>()
    for (const name of ['Ana', 'Bo', 'Cy', 'Di', 'Ed', 'Flo']) people.set(name, await stage.member(code, name))
    const about = async (route: 'approve' | 'reject' | 'kick' | 'ban', name: string) =>
      stage.call(`rooms/${route}`, { room_id: code, user_id: people.get(name)?.id }, host)
    for (const name of ['Ana', 'Cy', 'Di', 'Flo']) await about('approve', name)
    await about('reject', 'Bo')
    await about('kick', 'Cy')
    await about('ban', 'Di')
    await stage.call('rooms/leave', { room_id: code }, people.get('Flo'))
    await stage.enter(code, host)
    await stage.settled()

    const seenBy = async (person: Person | undefined) => {
      const { participants } = await stage.call('rooms/participants', { room_id: code }, person)
      return Object.fromEntries(participants.map(({ display_name, status }) => [display_name, status]))
    }
    const approved = { Hana: 'APPROVED', Ana: 'APPROVED' }
    const others = { Bo: 'REJECTED', Cy: 'KICKED', Di: 'BANNED', Ed: 'PENDING', Flo: 'LEFT' }
    expect(await seenBy(host)).toEqual({ ...approved, ...others })
    expect(await seenBy(people.get('Ana'))).toEqual(approved)
    for (const name of ['Bo', 'Cy', 'Di', 'Ed', 'Flo'])
      expect(await stage.refused('rooms/participants', { room_id: code }, people.get(name))).toMatchObject({
        status: 403,
        body: { code: 'not_a_member' },
      })
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    expect(participants.find(({ id }) => id === host.id)).toEqual({
      ...{ id: host.id, display_name: 'Hana', status: 'APPROVED', is_host: true, is_guest: true },
      ...{ online: true, muted_until: null, status_at: expect.any(Number) },
    })
    expect(participants.filter(({ online }) => online)).toHaveLength(1)
  })

  it('say since when somebody waits', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const before = stage.services.clock()
    const names = ['Ana', 'Bo', 'Cy', 'Di', 'Ed']
    for (const name of names) await stage.member(code, name)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    const waiting = participants.filter(({ status }) => status === 'PENDING')
    const since = ({ status_at = 0 }) => status_at
    expect(Math.min(...waiting.map(since))).toBeGreaterThanOrEqual(before)
    waiting.sort((one, other) => since(one) - since(other))
    expect(waiting.map(({ display_name }) => display_name)).toEqual(names)
  })

  it('[H7] of a room of more than a hundred come in pages, each once', async () => {
    const { code, host } = await stage.room()
    const { admit } = await import('../../functions/table/members.ts')
    const now = stage.services.clock()
    const ids = Array.from({ length: 250 }, (_, n) => `user-${n}`)
    for (const user_id of ids) {
      const entering = { user_id, name: `Name of ${user_id}`, is_guest: true, hosting_since: null }
      await putPerson(user_id)
      expect(await admit(code, undefined, { ...entering, status: 'APPROVED' }, now)).toBe(true)
    }
    for (const reader of [host, await stage.member(code, 'Ana')]) {
      const pages = await participantPages(code, reader)
      expect(pages.length).toBeGreaterThanOrEqual(3)
      expect(pages.every((page) => page.length <= 100)).toBe(true)
      const found = pages.flat().map(({ id }) => id)
      expect(new Set(found).size).toBe(found.length)
      expect(ids.filter((id) => !found.includes(id))).toEqual([])
    }
  }, 30_000)
})

describe('[R16] messages', () => {
  const write = async (code: string, count: number): Promise<string[]> => {
    const { putMessage } = await import('../../functions/table/messages.ts')
    const start = stage.services.clock()
    const ids: string[] = []
    for (let n = 0; n < count; n += 1) {
      const id = ulid(start + n)
      const said = { id, user: 'Hana', user_id: 'hana', message: `Number ${n}`, created_at: start + n }
      await putMessage(code, { ...said, connection_id: 'c' }, 30)
      ids.push(id)
    }
    return ids
  }
  const read = async (room_id: string, person: Person, page: { before?: string; after?: string }) => {
    const { messages, next } = await stage.call('rooms/messages', { room_id, ...page }, person)
    return { ids: messages.map(({ id }) => id), next }
  }

  it('of a silent room are none', async () => {
    const { code, host } = await stage.room()
    expect(await stage.call('rooms/messages', { room_id: code }, host)).toEqual({ messages: [], next: null })
  })

  it('are as they were said, oldest first', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    for (const message of ['<b>One</b>', 'Two\nlines']) socket.send({ type: 'CHAT_MESSAGE', message })
    for (const message of ['<b>One</b>', 'Two\nlines'])
      await socket.next('CHAT_MESSAGE', (event) => event.message === message)
    await stage.settled()
    const { messages } = await stage.call('rooms/messages', { room_id: code }, host)
    expect(messages.map(({ message }) => message).sort()).toEqual(['<b>One</b>', 'Two\nlines'])
    expect(messages[0]).toEqual({
      ...{ id: expect.any(String), user: 'Hana', user_id: host.id },
      ...{ message: expect.any(String), created_at: expect.any(Number) },
    })
  })

  it('[H7] are read backwards from the newest and forwards from any, fifty a page, each once', async () => {
    const { code, host } = await stage.room()
    const ids = await write(code, 120)
    const newest = await read(code, host, {})
    expect(newest).toEqual({ ids: ids.slice(70), next: ids[70] })
    const older = await read(code, host, { before: ids[70] ?? '' })
    expect(older).toEqual({ ids: ids.slice(20, 70), next: ids[20] })
    expect(await read(code, host, { before: ids[20] ?? '' })).toEqual({ ids: ids.slice(0, 20), next: null })
    expect(await read(code, host, { before: ids[0] ?? '' })).toEqual({ ids: [], next: null })

    expect(await read(code, host, { after: ids[9] ?? '' })).toEqual({ ids: ids.slice(10, 60), next: ids[59] })
    expect(await read(code, host, { after: ids[69] ?? '' })).toEqual({ ids: ids.slice(70), next: null })
    expect(await read(code, host, { after: ids[119] ?? '' })).toEqual({ ids: [], next: null })
  })

  it('[H7] exactly one full page has no next', async () => {
    const { code, host } = await stage.room()
    const ids = await write(code, 50)
    expect(await read(code, host, {})).toEqual({ ids, next: null })
    const first = ids[0] ?? ''
    expect(await read(code, host, { after: first })).toEqual({ ids: ids.slice(1), next: null })
  })

  it('are kept for thirty days and of one room only', async () => {
    const { code, host } = await stage.room()
    const other = await stage.room()
    const ids = await write(code, 3)
    expect(await read(other.code, other.host, {})).toEqual({ ids: [], next: null })
    expect((await read(code, host, {})).ids).toEqual(ids)
    const { newestMessages } = await import('../../functions/table/messages.ts')
    const day = 24 * HOUR_MS
    const left = async (days: number) =>
      (await newestMessages(code, 50, { now: stage.services.clock() + days * day, days: 30 })).length
    expect([await left(29), await left(31)]).toEqual([3, 0])
  })

  it('are for members only', async () => {
    const { code } = await stage.room()
    const refused = await stage.refused('rooms/messages', { room_id: code }, await stage.guest('Bo'))
    expect(refused).toMatchObject({ status: 403, body: { code: 'not_a_member' } })
  })
})
