import { describe, expect, it } from 'vitest'
import { memberOf } from '../../functions/table/members.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'
import { foldGiven } from './given-only-client.ts'

const stage = setUpStage()

const rename = (person: Person, display_name: string) => stage.call('auth/name', { display_name }, person)
const statusOf = async (person: Person, display_name: string) =>
  (await stage.request('POST', '/api/auth/name', { body: { display_name }, token: person.token })).status
const namesIn = async (code: string, host: Person) => {
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  return participants.map(({ display_name }) => display_name).sort()
}

/** A host and two members, all inside. */
const three = async () => {
  const { code, host } = await stage.room()
  const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
  const sockets = {
    host: await stage.enter(code, host),
    ana: await stage.enter(code, ana),
    bo: await stage.enter(code, bo),
  }
  await sockets.host.next('USER_JOINED', ({ user_id }) => user_id === bo.id)
  await stage.settled()
  return { code, host, ana, bo, sockets }
}

describe('[A12] a new name', () => {
  it('is answered as signing in is, and both tokens hold', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const answer = await rename(ana, '  Anna ')
    expect(answer).toMatchObject({ id: ana.id, display_name: 'Anna', is_guest: true })
    for (const token of [ana.token, answer.access_token])
      expect(await stage.call('auth/me', {}, { ...ana, token })).toMatchObject({ display_name: 'Anna' })
    expect(await namesIn(code, host)).toEqual(['Anna', 'Hana'])
  })

  it('is the one in rooms joined later, also with a token that says the old one', async () => {
    const ana = await stage.guest('Ana')
    await rename(ana, 'Anna')
    const { code, host } = await stage.room()
    await stage.call('rooms/join', { code }, ana)
    expect(await namesIn(code, host)).toEqual(['Anna', 'Hana'])
  })

  it('[R6] gets a number where it is taken, and leaves the old one free', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    await stage.member(code, 'Bo')
    await rename(ana, 'Во')
    expect(await namesIn(code, host)).toEqual(['Bo', 'Hana', 'Во 2'])
    await rename(ana, 'Во')
    expect(await namesIn(code, host)).toEqual(['Bo', 'Hana', 'Во 2'])
    await stage.member(code, 'Ana')
    expect(await namesIn(code, host)).toEqual(['Ana', 'Bo', 'Hana', 'Во 2'])
  })

  it('[R6] taken by two at once is one name and one with a number', async () => {
    const { code, host } = await stage.room()
    const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    await Promise.all([rename(ana, 'Cleo'), rename(bo, 'Сleo')])
    const names = (await namesIn(code, host)).filter((name) => name !== 'Hana')
    expect(names.filter((name) => /^.leo( \d+)?$/.test(name))).toHaveLength(2)
    expect(names.filter((name) => /\d/.test(name))).toHaveLength(1)
  })

  it('is found by a join that crosses it', async () => {
    const rooms = await Promise.all(Array.from({ length: 4 }, () => stage.room()))
    const ana = await stage.guest('Ana')
    const joins = rooms.map(({ code }) =>
      stage.request('POST', '/api/rooms/join', { body: { code }, token: ana.token }),
    )
    const [, ...answers] = await Promise.all([rename(ana, 'Anna'), ...joins])
    for (const [index, { status }] of answers.entries()) {
      const room = rooms[index]
      if (room === undefined) throw new Error('No such room.')
      expect([200, 409]).toContain(status)
      expect(await namesIn(room.code, room.host)).toEqual(status === 200 ? ['Anna', 'Hana'] : ['Hana'])
    }
  })

  it('[H9] asked again after a failure is brought into the rooms that lack it', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    stage.runtime.faults.failDynamoDb = ({ action }) =>
      action === 'TransactWriteItems' ? 'InternalServerError' : undefined
    expect(await statusOf(ana, 'Anna')).toBe(500)
    stage.runtime.faults.reset()
    expect(await namesIn(code, host)).toEqual(['Ana', 'Hana'])
    expect(await statusOf(ana, 'Anna')).toBe(200)
    expect(await namesIn(code, host)).toEqual(['Anna', 'Hana'])
  })

  it('is in 200 rooms within 29 s', async () => {
    const { code } = await stage.room()
    const ana = await stage.member(code, 'Ana')
    const { putPerson } = await import('../staging/person.ts')
    const { admit, memberOf } = await import('../../functions/table/members.ts')
    const { roomByCode, putRoom } = await import('../../functions/table/rooms.ts')
    const { activityBucket } = await import('../../functions/domain/room.ts')
    const room = await roomByCode(code)
    if (room === undefined) throw new Error('There is no room.')
    await putPerson('somebody')
    const codes = Array.from({ length: 200 }, (_, index) => `N${String(index).padStart(5, '0')}`)
    for (const own of codes) {
      await putRoom({ ...room, code: own, host_id: 'somebody', active_at: activityBucket(stage.services.clock()) })
      const entering = {
        user_id: ana.id,
        name: 'Ana',
        is_guest: true,
        hosting_since: null,
        status: 'APPROVED',
      } as const
      await admit(own, undefined, entering, stage.services.clock())
    }
    const began = performance.now()
    await rename(ana, 'Anna')
    expect(performance.now() - began).toBeLessThan(29_000)
    for (const own of codes) expect(await memberOf(own, ana.id)).toMatchObject({ name: 'Anna' })
  }, 120_000)
})

describe('[R6] a new name that crosses the end of a membership or of a wish', () => {
  const ends = {
    kick: { status: 'KICKED', call: (code: string, host: Person, ana: Person) => act('rooms/kick', code, host, ana) },
    ban: { status: 'BANNED', call: (code: string, host: Person, ana: Person) => act('rooms/ban', code, host, ana) },
    leave: { status: 'LEFT', call: (code: string, _: Person, ana: Person) => act('rooms/leave', code, ana) },
    'reject-all': { status: 'REJECTED', call: (code: string, host: Person) => act('rooms/reject-all', code, host) },
    lock: {
      status: 'LEFT',
      call: (code: string, host: Person) => stage.call('rooms/settings', { room_id: code, is_locked: true }, host),
    },
  }
  const act = (
    name: 'rooms/ban' | 'rooms/kick' | 'rooms/leave' | 'rooms/reject-all',
    code: string,
    by: Person,
    whom = by,
  ) => stage.call(name, { room_id: code, user_id: whom.id }, by)

  it.each(Object.entries(ends))('is free again after %s', async (how, { status, call }) => {
    const { table } = await import('../../functions/table/client.ts')
    const isWish = how === 'reject-all' || how === 'lock'
    const { code, host } = await stage.room(isWish ? { is_private: true, entry_mode: 'APPROVAL' } : {})
    const ana = await stage.member(code, 'Ana')
    const ending = holdUpdate(table, status, 1, 'TransactWriteItemsCommand')
    const ended = call(code, host, ana)
    await ending.hasArrived
    await rename(ana, 'Bea')
    ending.letThrough()
    await ended
    expect((await memberOf(code, ana.id))?.status).toBe(status)
    await stage.call('rooms/settings', { room_id: code, is_private: false, is_locked: false }, host)
    expect((await memberOf(code, (await stage.member(code, 'Bea')).id))?.name).toBe('Bea')
  })
})

describe('[A13] a name that was changed just now', () => {
  it('is not changed again for ten seconds, and the same one is no change', async () => {
    const ana = await stage.guest('Ana')
    await rename(ana, 'Anna')
    expect(await stage.refused('auth/name', { display_name: 'Anne' }, ana)).toMatchObject({
      status: 429,
      body: { code: 'too_fast', error: 'You changed your name just now. Wait a moment.', retry_after: 10 },
    })
    expect(await statusOf(ana, 'Anna')).toBe(200)
    stage.elapse(10_000)
    expect(await statusOf(ana, 'Anne')).toBe(200)
  })
})

describe('[A14] a room', () => {
  it('hears the old name leave and the new one come, and ends right with the given fields alone', async () => {
    const { code, ana, sockets } = await three()
    await rename(ana, 'Anna')
    for (const socket of Object.values(sockets)) {
      const left = await socket.next('USER_LEFT')
      const joined = await socket.next('USER_JOINED', ({ user }) => user === 'Anna')
      expect(left).toMatchObject({ user: 'Ana', user_id: ana.id, renamed: true })
      expect(joined).toMatchObject({ user_id: ana.id, renamed: true, revision: Number(left.revision) + 1 })
      expect(joined.at).toBeGreaterThan(left.at)
      expect([...foldGiven(socket).people].sort()).toEqual(['Anna', 'Bo', 'Hana'])
    }
    const newcomer = await stage.enter(code, await stage.member(code, 'Cleo'))
    expect((await newcomer.next('ROOM_PARTICIPANTS')).participants).toContain('Anna')
  })

  it('hears it once, whoever asks again', async () => {
    const { ana, sockets } = await three()
    await rename(ana, 'Anna')
    await rename(ana, 'Anna')
    await stage.settled()
    expect(sockets.bo.all('USER_LEFT')).toHaveLength(1)
  })

  it('shows new messages under the new name, and keeps the old ones', async () => {
    const { code, ana, sockets } = await three()
    sockets.ana.send({ type: 'CHAT_MESSAGE', message: 'before' })
    await sockets.bo.next('CHAT_MESSAGE')
    await rename(ana, 'Anna')
    sockets.ana.send({ type: 'CHAT_MESSAGE', message: 'after' })
    expect(await sockets.bo.next('CHAT_MESSAGE')).toMatchObject({ user: 'Anna' })
    const { messages } = await stage.call('rooms/messages', { room_id: code }, ana)
    expect(messages.map(({ user }) => user)).toEqual(['Ana', 'Anna'])
  })

  it('hears of its host as of a fact', async () => {
    const { code, host, sockets } = await three()
    await rename(host, 'Hanna')
    expect(await sockets.bo.next('ROOM_UPDATED')).toMatchObject({ host: 'Hanna', host_id: host.id })
    expect(await stage.call('rooms/preview', { code })).toMatchObject({ host: 'Hanna' })
    expect([...foldGiven(sockets.bo).people].sort()).toEqual(['Ana', 'Bo', 'Hanna'])
  })

  it('hears it again by whoever hosts next', async () => {
    const { code, host, ana, sockets } = await three()
    await rename(ana, 'Anna')
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/accept-transfer', { room_id: code, accept: true }, ana)
    expect(await sockets.bo.next('ROOM_UPDATED', ({ host_id }) => host_id === ana.id)).toMatchObject({ host: 'Anna' })
  })

  it('tells its host who waits under a new name', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const socket = await stage.enter(code, host)
    const ana = await stage.member(code, 'Ana')
    await socket.next('JOIN_REQUESTED')
    await rename(ana, 'Anna')
    expect(await socket.next('JOIN_REQUESTED')).toMatchObject({ user: 'Anna', user_id: ana.id })
  })

  it('hears nothing of the name before it by a tab whose handshake began before', async () => {
    const { table } = await import('../../functions/table/client.ts')
    const { code, ana, sockets } = await three()
    const recording = holdUpdate(table, '"state":"opening"')
    const second = openSocket(stage.runtime.roomUrl(code, ana.token))
    await recording.hasArrived
    await rename(ana, 'Bea')
    await sockets.host.next('USER_JOINED', ({ user }) => user === 'Bea')
    // That tab gives up before its greeting has read the member.
    stage.runtime.faults.answerPost = ({ data }) => (data.includes('ROOM_PARTICIPANTS') ? 410 : undefined)
    recording.letThrough()
    await (await second).closed
    await stage.settled()
    stage.runtime.faults.reset()
    const newcomer = await stage.enter(code, await stage.member(code, 'Cleo'))
    expect((await newcomer.next('ROOM_PARTICIPANTS')).participants).toContain('Bea')
    await sockets.ana.close()
    expect(await sockets.host.next('USER_LEFT', ({ renamed }) => renamed === undefined)).toMatchObject({ user: 'Bea' })
  })

  it('hears of who comes back under another name, while their row of before stays, by either name in its place', async () => {
    const { code, ana, sockets } = await three()
    // The function ends where it is to count the leave.
    stage.runtime.faults.failDynamoDb = ({ action, body }) =>
      action === 'UpdateItem' && JSON.stringify(body).includes('REVISION#people') ? 'InternalServerError' : undefined
    await stage.refused('rooms/leave', { room_id: code }, ana)
    await sockets.ana.closed
    await stage.settled()
    stage.runtime.faults.reset()
    stage.elapse(25_000)
    await rename(ana, 'Bea')
    await stage.call('rooms/join', { code }, ana)
    await stage.enter(code, ana)
    expect(await sockets.bo.next('USER_LEFT')).toMatchObject({ user: 'Ana', user_id: ana.id })
    expect(await sockets.bo.next('USER_JOINED', ({ user_id }) => user_id === ana.id)).toMatchObject({ user: 'Bea' })
    await stage.settled()
    expect([...foldGiven(sockets.bo).people].sort()).toEqual(['Bea', 'Bo', 'Hana'])
    const newcomer = await stage.enter(code, await stage.member(code, 'Cleo'))
    expect((await newcomer.next('ROOM_PARTICIPANTS')).participants).toContain('Bea')
  })

  it('[W8] hears by the next look what a function that ended did not tell', async () => {
    const { ana, sockets } = await three()
    let isNamed = false
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (isNamed && action === 'Query') return 'InternalServerError'
      isNamed ||= JSON.stringify(body).includes('renamed_from')
      return undefined
    }
    expect(await statusOf(ana, 'Anna')).toBe(500)
    stage.runtime.faults.reset()
    stage.elapse(61_000)
    sockets.host.send({ type: 'PING', t0: 1 })
    expect(await sockets.bo.next('USER_LEFT')).toMatchObject({ user: 'Ana', renamed: true })
    expect(await sockets.bo.next('USER_JOINED', ({ renamed }) => renamed === true)).toMatchObject({ user: 'Anna' })
  })
})
