import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { table } from '../../functions/table/client.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const HOUR_MS = 3600 * 1000
const HOME = '198.51.100.1'
const ELSEWHERE = '203.0.113.7'
const FAR_AWAY = '192.0.2.9'
/** From where the sockets of this test are opened. */
const HERE = '127.0.0.1'

const functionOf = (id: string) => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
  if (found === undefined) throw new Error(`There is no function ${id}.`)
  return found
}

/** A call as the HTTP API passes it on that comes from this address. */
const from = async (address: string, name: RouteName, input: unknown, { token }: Person) => {
  const { method, path } = routes[name]
  const answer = await stage.runtime.invoke(functionOf('Api').logicalId, {
    version: '2.0',
    rawPath: path,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
    isBase64Encoded: false,
    requestContext: { http: { method, path, sourceIp: address }, timeEpoch: stage.services.clock() },
  })
  const { statusCode, body } = z.object({ statusCode: z.number(), body: z.string() }).parse(answer)
  return { status: statusCode, ...JSON.parse(body) }
}
const joinFrom = (address: string, code: string, person: Person, browser?: string) =>
  from(address, 'rooms/join', { code, ...(browser !== undefined && { browser }) }, person)

/** Opens a room and closes it again, from here. */
const visit = async (code: string, { token }: Person) => {
  const socket = await openSocket(stage.runtime.roomUrl(code, token).replace('localhost', HERE))
  await socket.next('PLAYBACK_STATE')
  await socket.close()
  await stage.settled()
}

const inside = { status: 'APPROVED' }
const waits = { status: 'PENDING', reason: 'recent_ban' }

/** Who waits, with the reason, as the host reads it. */
const waitingIn = async (code: string, host: Person) => {
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  return participants
    .filter(({ status }) => status === 'PENDING')
    .map(({ display_name, reason }) => [display_name, reason])
}

/** An open room whose host is at home, and Tom, who was banned from elsewhere. */
const afterBan = async () => {
  const host = await stage.guest('Hana')
  const { code } = await from(HOME, 'rooms/create', { is_private: false }, host)
  const tom = await stage.guest('Tom')
  expect(await joinFrom(ELSEWHERE, code, tom, 'browser of Tom')).toMatchObject(inside)
  expect(await from(HOME, 'rooms/ban', { room_id: code, user_id: tom.id }, host)).toMatchObject({ ok: true })
  return { code: String(code), host, tom }
}

describe('after a ban', () => {
  it('[R42] a new guest of the same network waits although the room is open, and the host lets them in', async () => {
    const { code, host } = await afterBan()
    const hosts = await stage.enter(code, host)
    const bo = await stage.guest('Bo')
    const answer = await joinFrom(ELSEWHERE, code, bo)
    expect(answer).toMatchObject({ ...waits, code, is_host: false })
    expect(await hosts.next('JOIN_REQUESTED')).toMatchObject({ user: 'Bo', user_id: bo.id })
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject(waits)
    await stage.call('rooms/approve', { room_id: code, user_id: bo.id }, host)
    expect(await joinFrom(ELSEWHERE, code, bo)).toEqual({ ...answer, status: 'APPROVED', reason: undefined })
  })

  it('[R42] [R43] so does one with the same browser, wherever they are, and nobody else', async () => {
    const { code } = await afterBan()
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Bo'), 'browser of Tom')).toMatchObject(waits)
    const cy = await joinFrom(FAR_AWAY, code, await stage.guest('Cy'), 'browser of Cy')
    expect(cy).toMatchObject(inside)
    expect(cy).not.toHaveProperty('reason')
  })

  it('[H10] [R42] the network of an IPv6 address is its first 64 bits', async () => {
    const { code, host } = await afterBan()
    const uma = await stage.guest('Uma')
    await joinFrom('2001:db8:1:2::1', code, uma)
    await from(HOME, 'rooms/ban', { room_id: code, user_id: uma.id }, host)
    expect(await joinFrom('2001:db8:1:2:ffff::9', code, await stage.guest('Bo'))).toMatchObject(waits)
    expect(await joinFrom('2001:db8:1:3::1', code, await stage.guest('Cy'))).toMatchObject(inside)
  })

  it('[R42] who asks an approval anyway hears nothing of it, and a password is asked for first', async () => {
    const approval = await afterBan()
    const entry = { room_id: approval.code, is_private: true, entry_mode: 'APPROVAL' }
    await stage.call('rooms/settings', entry, approval.host)
    const asked = await joinFrom(ELSEWHERE, approval.code, await stage.guest('Bo'))
    expect(asked).toMatchObject({ status: 'PENDING' })
    expect(asked).not.toHaveProperty('reason')
    const locked = await afterBan()
    const password = { room_id: locked.code, is_private: true, entry_mode: 'PASSWORD' }
    const { room_password } = await stage.call('rooms/settings', password, locked.host)
    const bo = await stage.guest('Bo')
    expect(await joinFrom(ELSEWHERE, locked.code, bo)).toMatchObject({ status: 403, code: 'wrong_password' })
    const right = { code: locked.code, password: room_password }
    expect(await from(ELSEWHERE, 'rooms/join', right, bo)).toMatchObject(waits)
  })

  it('[R33] [R42] a room that opens lets in those who wait, but for them', async () => {
    const { code, host } = await afterBan()
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    const [bo, cy] = [await stage.guest('Bo'), await stage.guest('Cy')]
    await joinFrom(ELSEWHERE, code, bo)
    await joinFrom(FAR_AWAY, code, cy)
    await stage.call('rooms/settings', { room_id: code, is_private: false, entry_mode: null }, host)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    const statusOf = (person: Person) => participants.find(({ id }) => id === person.id)?.status
    expect([statusOf(bo), statusOf(cy)]).toEqual(['PENDING', 'APPROVED'])
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject(waits)
  })

  it('[R42] who waited before it and asks again after it waits as they do, until the ban is lifted', async () => {
    const host = await stage.guest('Hana')
    const opening = { is_private: false }
    const closing = { is_private: true, entry_mode: 'APPROVAL' as const }
    const { code } = await from(HOME, 'rooms/create', closing, host)
    const [tom, tim] = [await stage.guest('Tom'), await stage.guest('Tim')]
    for (const person of [tom, tim]) await joinFrom(ELSEWHERE, code, person)
    await from(HOME, 'rooms/ban', { room_id: code, user_id: tom.id }, host)
    expect(await joinFrom(ELSEWHERE, code, tim)).toMatchObject({ status: 'PENDING' })
    expect(await waitingIn(code, host)).toEqual([['Tim', 'recent_ban']])
    await stage.call('rooms/settings', { room_id: code, ...opening }, host)
    expect(await waitingIn(code, host)).toEqual([['Tim', 'recent_ban']])
    await stage.call('rooms/settings', { room_id: code, ...closing }, host)
    await stage.call('rooms/unban', { room_id: code, user_id: tom.id }, host)
    expect(await joinFrom(ELSEWHERE, code, tim)).toMatchObject({ status: 'PENDING' })
    expect(await waitingIn(code, host)).toEqual([['Tim', undefined]])
    await stage.call('rooms/settings', { room_id: code, ...opening }, host)
    expect(await waitingIn(code, host)).toEqual([])
  })

  it('[R34] [R42] who withdraws and asks again at once has to wait, as anybody who asks', async () => {
    const { code } = await afterBan()
    const bo = await stage.guest('Bo')
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject(waits)
    await stage.call('rooms/leave', { room_id: code }, bo)
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject({ status: 429, code: 'too_fast' })
  })

  it('[R42] it is over after a day', async () => {
    const { code } = await afterBan()
    const { environment } = functionOf('Api')
    const bo = await stage.guest('Bo')
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject(waits)
    stage.elapse(24 * HOUR_MS + 1000)
    const later = await stage.guest('Cy')
    expect(await joinFrom(ELSEWHERE, code, later)).toMatchObject(inside)
    environment.BAN_SHADOW_HOURS = '0'
    const none = await afterBan()
    expect(await joinFrom(ELSEWHERE, none.code, await stage.guest('Di'))).toMatchObject(inside)
    environment.BAN_SHADOW_HOURS = '24'
  })

  it('[R42] it is over once the ban is lifted, for Tom as well', async () => {
    const { code, host, tom } = await afterBan()
    await stage.call('rooms/unban', { room_id: code, user_id: tom.id }, host)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(inside)
    expect(await joinFrom(ELSEWHERE, code, tom)).toMatchObject(inside)
  })

  it.each([1, 2, 3, 4, 5])(
    '[H9] [R42] and so it is where that call ended at its write %i, Tom came back if he could, and it was asked again',
    async (at) => {
      const { code, host, tom } = await afterBan()
      let isKept = false
      let written = 0
      stage.runtime.faults.killInvocation = ({ action }) => {
        if (isKept && ['TransactWriteItems', 'UpdateItem'].includes(action)) written += 1
        isKept ||= action === 'PutItem'
        return written >= at
      }
      await stage.refused('rooms/unban', { room_id: code, user_id: tom.id }, host)
      stage.runtime.faults.reset()
      await joinFrom(ELSEWHERE, code, tom)
      await stage.request('POST', '/api/rooms/unban', { body: { room_id: code, user_id: tom.id }, token: host.token })
      expect(await joinFrom(ELSEWHERE, code, tom)).toMatchObject(inside)
      expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(inside)
    },
  )

  /** Tom and Uma came from one network, and were banned in this order. */
  const bothBanned = async () => {
    const host = await stage.guest('Hana')
    const { code } = await from(HOME, 'rooms/create', { is_private: false }, host)
    const [tom, uma] = [await stage.guest('Tom'), await stage.guest('Uma')]
    for (const person of [tom, uma]) await joinFrom(ELSEWHERE, String(code), person)
    for (const { id } of [tom, uma]) await from(HOME, 'rooms/ban', { room_id: code, user_id: id }, host)
    const lift = ({ id }: Person) => stage.call('rooms/unban', { room_id: code, user_id: id }, host)
    return { code: String(code), tom, uma, lift }
  }

  it.each([
    ['the first', ({ tom, uma }: { tom: Person; uma: Person }) => [tom, uma] as const],
    ['the second', ({ tom, uma }: { tom: Person; uma: Person }) => [uma, tom] as const],
  ])('[R42] of two from one network it is over with the last: %s is lifted first', async (_which, order) => {
    const { code, lift, ...people } = await bothBanned()
    const [one, other] = order(people)
    await lift(one)
    await lift(one)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(waits)
    await lift(other)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Cy'))).toMatchObject(inside)
  })

  it('[R42] a trace of the version before, which does not say whose it is, goes with the ban that is lifted', async () => {
    const { code, host, tom } = await afterBan()
    const { change } = await import('../../functions/table/change.ts')
    const { traceKey } = await import('../../functions/table/keys.ts')
    const { memberOf } = await import('../../functions/table/members.ts')
    const { network_trace = '' } = (await memberOf(code, tom.id)) ?? {}
    await change(traceKey(code, network_trace), { remove: ['banned'] })
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(waits)
    await stage.call('rooms/unban', { room_id: code, user_id: tom.id }, host)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Cy'))).toMatchObject(inside)
  })

  it('[R42] it holds from the ban on, also where the function ended there', async () => {
    const { code, host } = await afterBan()
    const uma = await stage.guest('Uma')
    await joinFrom(FAR_AWAY, code, uma)
    let isBanned = false
    stage.runtime.faults.killInvocation = ({ service, action, function: name }) => {
      if (!name.startsWith('Api') || service !== 'dynamodb') return false
      const isAfter = isBanned
      isBanned ||= action === 'TransactWriteItems'
      return isAfter
    }
    expect(await from(HOME, 'rooms/ban', { room_id: code, user_id: uma.id }, host).catch(() => 'died')).toBeTruthy()
    stage.runtime.faults.reset()
    expect(isBanned).toBe(true)
    expect(await joinFrom(FAR_AWAY, code, uma)).toMatchObject({ status: 403, code: 'banned' })
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Bo'))).toMatchObject(waits)
  })

  it('[R42] a rotated secret changes nothing', async () => {
    const { code } = await afterBan()
    stage.runtime.secrets.rotate()
    stage.elapse(6 * 60_000)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(waits)
  })
})

describe('[R9] [R42] a call that lifts a ban, held until there is a newer one', () => {
  /** Holds the lifting of Tom's ban at such a write, until he was let off by another call and banned anew. */
  const heldOver = async ({ code, host, tom }: Awaited<ReturnType<typeof afterBan>>, mark: string, command: string) => {
    const lift = () => from(HOME, 'rooms/unban', { room_id: code, user_id: tom.id }, host)
    const held = holdUpdate(table, mark, 1, command)
    const late = lift()
    await held.hasArrived
    expect(await lift()).toMatchObject({ ok: true })
    expect(await from(HOME, 'rooms/ban', { room_id: code, user_id: tom.id }, host)).toMatchObject({ ok: true })
    held.letThrough()
    return late
  }
  const expectTraced = async ({ code, host, tom }: Awaited<ReturnType<typeof afterBan>>) => {
    expect(await joinFrom(ELSEWHERE, code, tom)).toMatchObject({ status: 403, code: 'banned' })
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Bo'))).toMatchObject(waits)
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Cy'), 'browser of Tom')).toMatchObject(waits)
    // The newer ban is lifted as any.
    await stage.call('rooms/unban', { room_id: code, user_id: tom.id }, host)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Di'), 'browser of Tom')).toMatchObject(inside)
  }
  const conflict = { status: 409, code: 'conflict' }

  it.each([
    ['', '"unban"', 'PutItemCommand'],
    [' and was about to forget the traces', 'TRACE#', 'TransactWriteItemsCommand'],
    [' and was about to lift it', '"LEFT"', 'UpdateItemCommand'],
  ])('changes nothing where it had read the ban before%s', async (_, mark, command) => {
    const room = await afterBan()
    expect(await heldOver(room, mark, command)).toMatchObject(conflict)
    await expectTraced(room)
  })

  it('changes nothing where it had read that it was lifted', async () => {
    const room = await afterBan()
    await stage.call('rooms/unban', { room_id: room.code, user_id: room.tom.id }, room.host)
    expect(await heldOver(room, '"unban"', 'PutItemCommand')).toMatchObject(conflict)
    await expectTraced(room)
  })
})

describe('a ban does not touch', () => {
  it('[R42] whoever was let in before, an account, and other rooms', async () => {
    const { code, host } = await afterBan()
    const bo = await stage.guest('Bo')
    await joinFrom(ELSEWHERE, code, bo)
    await stage.call('rooms/approve', { room_id: code, user_id: bo.id }, host)
    await stage.call('rooms/leave', { room_id: code }, bo)
    expect(await joinFrom(ELSEWHERE, code, bo)).toMatchObject(inside)

    const registering = { email: 'cy@example.com', password: 'correct horse', display_name: 'Cy' }
    const { id, access_token } = await stage.call('auth/register', registering)
    expect(await joinFrom(ELSEWHERE, code, { id, name: 'Cy', token: access_token })).toMatchObject(inside)

    const other = await stage.room()
    expect(await joinFrom(ELSEWHERE, other.code, await stage.guest('Di'), 'browser of Tom')).toMatchObject(inside)
  })

  it("[R42] the host's own network, nor that of who bans", async () => {
    const { code, host } = await afterBan()
    const [uma, bo] = [await stage.guest('Uma'), await stage.guest('Bo')]
    await joinFrom(HOME, code, uma)
    await joinFrom(FAR_AWAY, code, bo)
    // From the phone, on the way.
    await from(FAR_AWAY, 'rooms/ban', { room_id: code, user_id: uma.id }, host)
    await from(FAR_AWAY, 'rooms/ban', { room_id: code, user_id: bo.id }, host)
    expect(await joinFrom(HOME, code, await stage.guest('Cy'))).toMatchObject(inside)
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Di'))).toMatchObject(inside)
  })
})

describe('the traces of a member', () => {
  /** A room whose host is at home, and Tom, who came from elsewhere. */
  const withTom = async () => {
    const host = await stage.guest('Hana')
    const { code } = await from(HOME, 'rooms/create', { is_private: false }, host)
    const tom = await stage.guest('Tom')
    await joinFrom(ELSEWHERE, String(code), tom)
    const ban = (person = tom) => from(HOME, 'rooms/ban', { room_id: code, user_id: person.id }, host)
    return { code: String(code), host, tom, ban }
  }

  it('[R42] [R43] are those of the network from which they were here last', async () => {
    const { code, tom, ban } = await withTom()
    await visit(code, tom)
    await ban()
    expect(await joinFrom(HERE, code, await stage.guest('Bo'))).toMatchObject(waits)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Cy'))).toMatchObject(inside)
  })

  it('[R42] [R43] are those of their latest join, also where they are a member already', async () => {
    const { code, tom, ban } = await withTom()
    await joinFrom(FAR_AWAY, code, tom, 'browser of Tom')
    await ban()
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Bo'))).toMatchObject(waits)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Cy'), 'browser of Tom')).toMatchObject(waits)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Di'))).toMatchObject(inside)
  })

  it('[R42] are the latest of who waits as well', async () => {
    const { code, host, ban } = await withTom()
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    const uma = await stage.guest('Uma')
    await joinFrom(ELSEWHERE, code, uma)
    await joinFrom(FAR_AWAY, code, uma)
    await ban(uma)
    await stage.call('rooms/settings', { room_id: code, is_private: false, entry_mode: null }, host)
    expect(await joinFrom(FAR_AWAY, code, await stage.guest('Bo'))).toMatchObject(waits)
    expect(await joinFrom(ELSEWHERE, code, await stage.guest('Cy'))).toMatchObject(inside)
  })

  it("[R42] the host's own network is the one from which they were here last", async () => {
    const { code, host, tom, ban } = await withTom()
    await visit(code, host)
    await visit(code, tom)
    await ban()
    expect(await joinFrom(HERE, code, await stage.guest('Bo'))).toMatchObject(inside)
  })

  it('[R43] are written once for each change of the network', async () => {
    const { code, tom } = await withTom()
    let written = 0
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (action === 'UpdateItem' && JSON.stringify(body).includes('network_trace')) written += 1
      return undefined
    }
    for (let visits = 0; visits < 3; visits += 1) await visit(code, tom)
    await joinFrom(HERE, code, tom)
    expect(written).toBe(1)
    await joinFrom(ELSEWHERE, code, tom)
    expect(written).toBe(2)
  })
})

it('[R43] the table holds neither address nor browser, and forgets what was noted', async () => {
  const { code, tom } = await afterBan()
  const { coreTableName, queryAll } = await import('../../functions/table/client.ts')
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `ROOM#${code}` },
  })
  const text = JSON.stringify(items)
  expect(text).not.toContain(ELSEWHERE)
  expect(text).not.toContain(HOME)
  expect(text).not.toContain('browser of Tom')
  const noted = items.filter(({ sk }) => String(sk).startsWith('TRACE#'))
  expect(noted).toHaveLength(2)
  const row = items.find(({ sk }) => sk === `MEMBER#${tom.id}`)
  expect(noted.map(({ sk }) => String(sk).slice('TRACE#'.length)).sort()).toEqual(
    [row?.network_trace, row?.browser_trace].sort(),
  )
  for (const { ttl, until } of noted) expect(ttl).toBe(Math.floor(Number(until) / 1000))
})

describe('[R42] why somebody waits', () => {
  it('is read by those who may let them in, also in a room that asks for approval, and by nobody else', async () => {
    const { code, host } = await afterBan()
    const [tim, ana] = [await stage.guest('Tim'), await stage.guest('Ana')]
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    expect(await joinFrom(ELSEWHERE, code, tim)).toMatchObject({ status: 'PENDING' })
    expect(await joinFrom(FAR_AWAY, code, ana)).toMatchObject({ status: 'PENDING' })
    expect((await waitingIn(code, host)).sort()).toEqual([
      ['Ana', undefined],
      ['Tim', 'recent_ban'],
    ])
    await stage.call('rooms/approve', { room_id: code, user_id: tim.id }, host)
    const { participants } = await stage.call('rooms/participants', { room_id: code }, tim)
    expect(participants.map(({ reason }) => reason)).toEqual([undefined, undefined])
  })
})
