import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Member } from '../../functions/domain/membership.ts'
import { newRoom } from '../../functions/domain/room.ts'
import { newPerson } from '../../functions/domain/session.ts'
import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()
const load = async () => ({
  ...(await import('../../functions/table/erasing.ts')),
  ...(await import('../../functions/table/endings.ts')),
  ...(await import('../../functions/table/members.ts')),
  ...(await import('../../functions/table/messages.ts')),
  ...(await import('../../functions/table/names.ts')),
  ...(await import('../../functions/table/removed-messages.ts')),
  ...(await import('../../functions/table/rooms.ts')),
  ...(await import('../../functions/table/users.ts')),
  ...(await import('../../functions/table/change.ts')),
  ...(await import('../../functions/table/keys.ts')),
  ...(await import('../../functions/table/client.ts')),
})
let table: Awaited<ReturnType<typeof load>>
beforeAll(async () => {
  table = await load()
})

const enter = async (code: string, user_id: string, name = 'Ana'): Promise<Member> => {
  const entering = { user_id, name, is_guest: true, hosting_since: null, status: 'APPROVED' as const }
  await putPerson(user_id)
  const seen = await table.memberOf(code, user_id)
  expect(await table.admit(code, seen, entering, NOW)).toBe(true)
  const member = await table.memberOf(code, user_id)
  if (member === undefined) throw new Error('Nobody has come in.')
  return member
}
const say = async (code: string, user_id: string, count: number, at = NOW): Promise<string[]> => {
  const ids = Array.from({ length: count }, (_, n) => ulid(at + n))
  for (const [n, id] of ids.entries())
    await table.putMessage(
      code,
      { id, user: user_id, user_id, message: 'Hello', created_at: at + n, connection_id: 'c' },
      30,
    )
  return ids
}
const namesIn = async (code: string) =>
  (await table.newestMessages(code, 50, { now: NOW, days: 30 })).map(({ user }) => user)

describe('roomsEverOf', () => {
  it('has the rooms that somebody is in and those that they left, each once, until the room is cleaned up', async () => {
    const [left] = [await enter('AAAAAA', 'ana'), await enter('BBBBBB', 'ana'), await enter('BBBBBB', 'bo', 'Bo')]
    expect(await table.endMembership('AAAAAA', left, 'LEFT', NOW + 1)).toBe(true)
    expect((await table.roomsOfUser('ana')).map(({ code }) => code)).toEqual(['BBBBBB'])
    expect((await table.roomsEverOf('ana')).sort()).toEqual(['AAAAAA', 'BBBBBB'])
    await enter('AAAAAA', 'ana')
    expect((await table.roomsEverOf('ana')).sort()).toEqual(['AAAAAA', 'BBBBBB'])
    await table.deleteContents('AAAAAA')
    expect(await table.roomsEverOf('ana')).toEqual(['BBBBBB'])
    expect(await table.roomsEverOf('nobody')).toEqual([])
  })

  it.each(['BANNED', 'KICKED', 'REJECTED'] as const)('has a room from which somebody was %s', async (status) => {
    const user_id = `out-${status}`
    await table.endMembership('CCCCCC', await enter('CCCCCC', user_id, user_id), status, NOW + 1)
    expect(await table.roomsEverOf(user_id)).toEqual(['CCCCCC'])
  })
})

describe('erasePerson', () => {
  it('replaces the name of somebody who has left, once, and nothing else', async () => {
    const ana = await enter('DDDDDD', 'ana')
    await table.endMembership('DDDDDD', ana, 'BANNED', NOW + 1)
    const banned = await table.memberOf('DDDDDD', 'ana')
    expect([await table.erasePerson('DDDDDD', 'ana'), await table.erasePerson('DDDDDD', 'ana')]).toEqual([true, true])
    expect(await table.memberOf('DDDDDD', 'ana')).toEqual({ ...banned, name: DELETED_NAME })
  })

  it('gives back what an old function left taken of the name, and nothing of somebody else', async () => {
    const left = await enter('IIIIII', 'cyrillic', 'Аna')
    const forms = async () => [...(await table.namesLike('IIIIII', 'Аna', 'somebody'))].sort()
    const [looks = '', folded = ''] = await forms()
    await table.endMembership('IIIIII', left, 'LEFT', NOW + 1)
    await enter('IIIIII', 'latin', 'ana')
    expect(await forms()).toEqual([looks])
    await table.put(table.nameKey('IIIIII', folded), { user_id: 'cyrillic' })
    expect(await table.erasePerson('IIIIII', 'cyrillic')).toBe(true)
    expect(await forms()).toEqual([looks])
  })

  it('leaves a name that is held: its forms would never be given back', async () => {
    await enter('EEEEEE', 'ana')
    expect(await table.erasePerson('EEEEEE', 'ana')).toBe(false)
    expect(await table.memberOf('EEEEEE', 'ana')).toMatchObject({ name: 'Ana' })
    await enter('EEEEEE', 'called-so', DELETED_NAME)
    expect(await table.erasePerson('EEEEEE', 'called-so')).toBe(false)
  })

  it('replaces the name of the host where the room has ended, and no other', async () => {
    const facts = {
      name: null,
      is_private: false,
      entry_mode: null,
      is_chat_enabled: true,
      media: null,
      password: null,
    }
    for (const code of ['MMMMMM', 'NNNNNN']) {
      await table.putRoom(newRoom({ ...facts, code, host_id: 'hana', host: 'Hana' }, NOW, 30))
      await enter(code, 'hana', 'Hana')
      expect(await table.erasePerson(code, 'hana')).toBe(false)
      expect(await table.roomByCode(code)).toMatchObject({ host: 'Hana' })
    }
    await table.endRoom('MMMMMM', 'hana', NOW + 1)
    await table.erasePerson('MMMMMM', 'bo')
    expect(await table.roomByCode('MMMMMM')).toMatchObject({ host: 'Hana' })
    await table.deleteContents('MMMMMM')
    expect((await table.roomsOfUser('hana')).map(({ code }) => code)).toEqual(['NNNNNN'])
    expect((await table.roomsEverOf('hana')).sort()).toEqual(['MMMMMM', 'NNNNNN'])
    expect(await table.erasePerson('MMMMMM', 'hana')).toBe(true)
    expect(await table.roomByCode('MMMMMM')).toMatchObject({ host_id: 'hana', host: DELETED_NAME, deleted_at: NOW + 1 })
  })

  it('makes nobody a member, and nothing a room', async () => {
    expect(await table.erasePerson('FFFFFF', 'nobody')).toBe(true)
    expect(await table.memberOf('FFFFFF', 'nobody')).toBeUndefined()
    expect(await table.roomByCode('FFFFFF')).toBeUndefined()
  })
})

describe('eraseMessages', () => {
  it("replaces the name in one person's messages, however many they are", async () => {
    await say('GGGGGG', 'ana', 60)
    const [between = ''] = await say('GGGGGG', 'bo', 1, NOW + 100)
    await say('GGGGGG', 'ana', 1, NOW + 200)
    const before = await table.messageById('GGGGGG', between)
    await table.eraseMessages('GGGGGG', 'ana')
    expect(await namesIn('GGGGGG')).toEqual([...Array(48).fill(DELETED_NAME), 'bo', DELETED_NAME])
    expect(await table.messageById('GGGGGG', between)).toEqual(before)
  })

  it('leaves all else of a message as it is, removed or over', async () => {
    const [removed = ''] = await say('HHHHHH', 'ana', 1)
    const [over = ''] = await say('HHHHHH', 'ana', 1, NOW - 40 * 24 * 3600 * 1000)
    const removal = { id: ulid(NOW + 9), message_id: removed, user_id: 'hana', saved_at: NOW + 9 }
    expect(await table.removeMessage('HHHHHH', removal, 30)).toBe(true)
    const items = () => table.itemsTogether([removed, over].map((id) => table.messageKey('HHHHHH', id)))
    const before = await items()
    await table.eraseMessages('HHHHHH', 'ana')
    expect(await items()).toEqual(before.map((item) => ({ ...item, user: DELETED_NAME })))
    expect(await namesIn('HHHHHH')).toEqual([])
  })

  it('writes nothing where there is nothing to replace any more', async () => {
    await say('JJJJJJ', 'ana', 3)
    await table.eraseMessages('JJJJJJ', 'ana')
    const held = holdUpdate(table.dynamoDb, 'JJJJJJ')
    await table.eraseMessages('JJJJJJ', 'ana')
    held.letThrough()
  })

  it('brings no message back that was swept away in between', async () => {
    const [id = ''] = await say('KKKKKK', 'ana', 1)
    const held = holdUpdate(table.dynamoDb, id)
    const erasing = table.eraseMessages('KKKKKK', 'ana')
    await held.hasArrived
    await table.remove(table.messageKey('KKKKKK', id))
    held.letThrough()
    await erasing
    expect(await table.messageById('KKKKKK', id)).toBeUndefined()
  })
})

describe('accountsToErase', () => {
  it('has an account from its deletion on, until the erasing ends', async () => {
    await enter('LLLLLL', 'zoe', 'Zoe')
    await table.deleteUser(newPerson('zoe', 'Zoe', NOW), NOW + 5)
    expect(await table.accountsToErase()).toContainEqual({ user_id: 'zoe', deleted_at: NOW + 5 })
    await table.endErasing('zoe', await table.roomsEverOf('zoe'))
    expect(await table.roomsEverOf('zoe')).toEqual([])
    expect((await table.accountsToErase()).map(({ user_id }) => user_id)).not.toContain('zoe')
  })
})
