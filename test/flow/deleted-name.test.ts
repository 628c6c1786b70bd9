import { describe, expect, it } from 'vitest'
import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const sweep = async (): Promise<void> => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Sweep'))
  await stage.runtime.invoke(found?.logicalId ?? '')
}

let accounts = 0
const account = async (name: string): Promise<Person> => {
  const body = { email: `gone${++accounts}@example.com`, password: 'correct horse', display_name: name }
  const { id, access_token } = await stage.call('auth/register', body)
  return { id, name, token: access_token }
}

type Room = Awaited<ReturnType<typeof stage.room>>

const say = async (code: string, person: Person, ...lines: string[]): Promise<string[]> => {
  const socket = await stage.enter(code, person)
  await stage.settled()
  const ids: string[] = []
  for (const message of lines) {
    socket.send({ type: 'CHAT_MESSAGE', message, ref: message })
    ids.push((await socket.next('CHAT_MESSAGE', ({ ref }) => ref === message)).id)
  }
  await socket.close()
  await stage.settled()
  return ids
}

const saidIn = async ({ code, host }: Room): Promise<string[]> => {
  const { messages } = await stage.call('rooms/messages', { room_id: code }, host)
  return messages.map(({ user, message }) => `${user}: ${message}`)
}
const nameOf = async (person: Person, { code, host }: Room): Promise<string | undefined> => {
  const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
  return participants.find(({ id }) => id === person.id)?.display_name
}
const idsToErase = async (): Promise<string[]> => {
  const { accountsToErase } = await import('../../functions/table/erasing.ts')
  return (await accountsToErase()).map(({ user_id }) => user_id)
}

/** Ana has said something in two rooms, and left the second. In the first the host has answered. */
const spoken = async (ana: Person) => {
  const [stays, left] = [await stage.room(), await stage.room()]
  for (const { code } of [stays, left]) await stage.call('rooms/join', { code }, ana)
  stage.elapse(61_000)
  const [first = '', removed = ''] = await say(stays.code, ana, 'one', 'two', 'three')
  await say(stays.code, stays.host, 'hello')
  await say(left.code, ana, 'four')
  await stage.call('rooms/remove-message', { room_id: stays.code, message_id: removed }, stays.host)
  await stage.call('rooms/leave', { room_id: left.code }, ana)
  return { stays, left, first, removed }
}

/** Ends the function that deletes the account before its next call once the account is gone. */
const dieOnceGone = (): void => {
  let isGone = false
  stage.runtime.faults.failDynamoDb = ({ action, body }) => {
    if (action === 'TransactWriteItems' && JSON.stringify(body).includes('"PROFILE"')) isGone = true
    return undefined
  }
  stage.runtime.faults.killInvocation = ({ function: name, action }) =>
    isGone && name.startsWith('Auth') && action !== 'TransactWriteItems'
}

describe('[A15] a deleted account', () => {
  it.each(['account', 'guest'] as const)(
    'of the kind %s leaves no name behind, in rooms that it was in or had left',
    async (kind) => {
      const ana = kind === 'account' ? await account('Ana') : await stage.guest('Ana')
      const { stays, left, first } = await spoken(ana)
      await stage.call('auth/delete', {}, ana)
      expect([await nameOf(ana, stays), await nameOf(ana, left)]).toEqual([DELETED_NAME, DELETED_NAME])
      await stage.settled()
      expect(await saidIn(stays)).toEqual([`${DELETED_NAME}: one`, `${DELETED_NAME}: three`, 'Hana: hello'])
      expect(await saidIn(left)).toEqual([`${DELETED_NAME}: four`])

      const late = await stage.enter(stays.code, stays.host)
      expect(late.all('CHAT_HISTORY')[0]?.messages).toMatchObject([
        { id: first, user: DELETED_NAME, user_id: ana.id, message: 'one' },
        { user: DELETED_NAME },
        { user: 'Hana' },
      ])
      await late.close()
    },
  )

  it('frees its name for somebody else, who keeps it', async () => {
    const ana = await account('Ana')
    const { stays, left } = await spoken(ana)
    await stage.call('auth/delete', {}, ana)
    for (const room of [stays, left]) expect(await nameOf(await stage.member(room.code, 'Ana'), room)).toBe('Ana')
    await stage.settled()
    await sweep()
    const { participants } = await stage.call('rooms/participants', { room_id: stays.code }, stays.host)
    expect(participants.map(({ display_name }) => display_name).sort()).toEqual(['Ana', DELETED_NAME, 'Hana'])
  })

  it('of somebody who was banned, declined or waits is replaced as well', async () => {
    const ana = await account('Ana')
    const [banned, asked] = [await stage.room(), await stage.room({ is_private: true, entry_mode: 'APPROVAL' })]
    for (const { code } of [banned, asked]) await stage.call('rooms/join', { code }, ana)
    await stage.call('rooms/ban', { room_id: banned.code, user_id: ana.id }, banned.host)
    await stage.call('auth/delete', {}, ana)
    expect([await nameOf(ana, banned), await nameOf(ana, asked)]).toEqual([DELETED_NAME, DELETED_NAME])
    const { participants } = await stage.call('rooms/participants', { room_id: banned.code }, banned.host)
    expect(participants.find(({ id }) => id === ana.id)).toMatchObject({ status: 'BANNED' })
  })

  it('[C5] a message of it that was removed stays so', async () => {
    const ana = await account('Ana')
    const { stays, removed } = await spoken(ana)
    await stage.call('auth/delete', {}, ana)
    await stage.settled()
    const { messageById } = await import('../../functions/table/messages.ts')
    expect(await messageById(stays.code, removed)).toMatchObject({
      user: DELETED_NAME,
      message: '',
      removed_by: stays.host.id,
    })
    expect(await saidIn(stays)).not.toContain(`${DELETED_NAME}: two`)
  })

  it('that hosted rooms leaves none where nothing but the code is left of them, whenever they ended', async () => {
    const ana = await account('Ana')
    const make = async () => (await stage.call('rooms/create', { is_private: false }, ana)).code
    const [before, now] = [await make(), await make()]
    await stage.call('rooms/delete', { room_id: before }, ana)
    await sweep()
    const { roomByCode } = await import('../../functions/table/rooms.ts')
    expect(await roomByCode(before)).toMatchObject({ host_id: ana.id, host: 'Ana' })
    await stage.call('auth/delete', {}, ana)
    for (const code of [before, now])
      expect(await roomByCode(code)).toMatchObject({
        host_id: ana.id,
        host: DELETED_NAME,
        deleted_at: expect.any(Number),
      })
    await stage.settled()
    stage.elapse(61_000)
    await sweep()
    expect(await idsToErase()).not.toContain(ana.id)
  })

  it('[R40] what was decided keeps the name until its days are over', async () => {
    const ana = await account('Ana')
    const { stays } = await spoken(ana)
    await stage.call('rooms/role', { room_id: stays.code, user_id: ana.id, role: 'cohost' }, stays.host)
    await stage.call('auth/delete', {}, ana)
    await stage.settled()
    const { entries } = await stage.call('rooms/audit', { room_id: stays.code }, stays.host)
    expect(entries.find(({ what }) => what === 'appoint')).toMatchObject({ whom: 'Ana', whom_id: ana.id })
  })
})

describe('[A15] a deletion that was cut short', () => {
  it('once the account is gone is completed by the sweep, and asked again is 401', async () => {
    const ana = await account('Ana')
    const { stays, left } = await spoken(ana)
    dieOnceGone()
    expect((await stage.refused('auth/delete', {}, ana)).status).toBe(500)
    stage.runtime.faults.reset()
    expect((await stage.refused('auth/delete', {}, ana)).status).toBe(401)
    expect([await nameOf(ana, stays), (await saidIn(left))[0]]).toEqual(['Ana', 'Ana: four'])
    await sweep()
    expect([await nameOf(ana, stays), await nameOf(ana, left)]).toEqual([DELETED_NAME, DELETED_NAME])
    expect(await saidIn(stays)).toEqual([`${DELETED_NAME}: one`, `${DELETED_NAME}: three`, 'Hana: hello'])
    expect(await saidIn(left)).toEqual([`${DELETED_NAME}: four`])
  })

  it('among the messages goes on where it was', async () => {
    const ana = await account('Ana')
    const { stays, left } = await spoken(ana)
    let isBegun = false
    // One message of one room is renamed, and no other.
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (action === 'UpdateItem' && JSON.stringify(body).includes('"CHAT#')) isBegun = true
      return undefined
    }
    stage.runtime.faults.killInvocation = ({ function: name }) => isBegun && name.startsWith('Sweep')
    await stage.call('auth/delete', {}, ana)
    await stage.settled()
    const lines = [...(await saidIn(stays)), ...(await saidIn(left))]
    expect(lines.some((line) => line.startsWith('Ana: '))).toBe(true)
    stage.runtime.faults.reset()
    await Promise.all([sweep(), sweep()])
    const after = [...(await saidIn(stays)), ...(await saidIn(left))]
    expect(after.filter((line) => line.startsWith('Ana: '))).toEqual([])
    expect(after).toHaveLength(4)
  })

  it('[H9] goes on where an ended room is cleaned up at the same moment', async () => {
    const bo = await account('Bo')
    const { code, host } = await stage.room()
    await stage.call('rooms/join', { code }, bo)
    await stage.call('rooms/delete', { room_id: code }, host)
    const { remove } = await import('../../functions/table/change.ts')
    const { table } = await import('../../functions/table/client.ts')
    const { memberKey } = await import('../../functions/table/keys.ts')
    const leaving = holdUpdate(table, 'LEFT', 1, 'TransactWriteItemsCommand')
    const deleting = stage.request('POST', '/api/auth/delete', { body: {}, token: bo.token })
    await leaving.hasArrived
    await remove(memberKey(code, bo.id))
    leaving.letThrough()
    expect((await deleting).status).toBe(200)
  })

  it('before the account is gone is no deletion: nothing is replaced, and the call can be repeated', async () => {
    const ana = await account('Ana')
    const { stays, left } = await spoken(ana)
    stage.runtime.faults.failDynamoDb = ({ action, body }) =>
      action === 'TransactWriteItems' && JSON.stringify(body).includes('"PROFILE"') ? 'InternalServerError' : undefined
    expect((await stage.refused('auth/delete', {}, ana)).status).toBe(500)
    stage.runtime.faults.reset()
    await sweep()
    expect([await nameOf(ana, stays), await nameOf(ana, left)]).toEqual(['Ana', 'Ana'])
    await stage.call('auth/delete', {}, ana)
    expect([await nameOf(ana, stays), await nameOf(ana, left)]).toEqual([DELETED_NAME, DELETED_NAME])
    await stage.settled()
  })
})

describe('[A15] what comes late', () => {
  const saved = (ana: Person, id: string, created_at: number) => ({
    ...{ id, user: 'Ana', user_id: ana.id, message: 'late', created_at },
    ...{ connection_id: 'c', saved_at: created_at },
  })

  it('a message that a function saves after the first run is found by the last, which leaves nothing behind', async () => {
    const ana = await account('Ana')
    const { stays } = await spoken(ana)
    await stage.call('auth/delete', {}, ana)
    await stage.settled()
    expect(await idsToErase()).toContain(ana.id)
    const { putMessage } = await import('../../functions/table/messages.ts')
    const now = stage.services.clock()
    await putMessage(stays.code, saved(ana, stage.services.ids.message(now), now), 30)
    stage.elapse(61_000)
    await sweep()
    expect((await saidIn(stays)).at(-1)).toBe(`${DELETED_NAME}: late`)
    expect(await idsToErase()).not.toContain(ana.id)
    const { roomsEverOf } = await import('../../functions/table/erasing.ts')
    expect(await roomsEverOf(ana.id)).toEqual([])
  })

  it('a room that was joined beside the deletion is left by the sweep, and one that was made is ended', async () => {
    const ana = await account('Ana')
    const { stays } = await spoken(ana)
    const made = await stage.call('rooms/create', { is_private: false }, ana)
    await stage.call('rooms/role', { room_id: stays.code, user_id: ana.id, role: 'cohost' }, stays.host)
    const { deleteUser, userById } = await import('../../functions/table/users.ts')
    const user = await userById(ana.id, stage.services.clock())
    if (user === undefined) throw new Error('There is no Ana.')
    // As a call that ends between the account and what it has joined meanwhile.
    await deleteUser(user, stage.services.clock())
    await sweep()
    // That call may still be at it.
    expect(await nameOf(ana, stays)).toBe('Ana')
    stage.elapse(61_000)
    await sweep()
    expect(await nameOf(ana, stays)).toBe(DELETED_NAME)
    expect((await stage.call('rooms/detail', { code: stays.code }, stays.host)).cohosts).toEqual([])
    expect((await stage.refused('rooms/preview', { code: made.code })).status).toBe(404)
    expect(await nameOf(await stage.member(stays.code, 'Ana'), stays)).toBe('Ana')
    await sweep()
    expect(await idsToErase()).not.toContain(ana.id)
  })
})
