import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import type { Member } from '../../functions/domain/membership.ts'
import { newRoom } from '../../functions/domain/room.ts'
import { newPerson } from '../../functions/domain/session.ts'
import { put, remove } from '../../functions/table/change.ts'
import { dynamoDb, itemsTogether } from '../../functions/table/client.ts'
import { deleteContents, endRoom } from '../../functions/table/endings.ts'
import { accountsToErase, endErasing, eraseMessages, erasePerson, roomsEverOf } from '../../functions/table/erasing.ts'
import { messageKey, nameKey } from '../../functions/table/keys.ts'
import { admit, endMembership, memberOf } from '../../functions/table/members.ts'
import { messageById, newestMessages, putMessage } from '../../functions/table/messages.ts'
import { namesLike } from '../../functions/table/names.ts'
import { removeMessage } from '../../functions/table/removed-messages.ts'
import { putRoom, roomByCode } from '../../functions/table/rooms.ts'
import { deleteUser, roomsOfUser } from '../../functions/table/users.ts'
import { DELETED_NAME } from '../../protocol/deleted-name.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()

const enter = async (code: string, user_id: string, name = 'Ana'): Promise<Member> => {
  const entering = { user_id, name, is_guest: true, hosting_since: null, status: 'APPROVED' as const }
  await putPerson(user_id)
  const seen = await memberOf(code, user_id)
  expect(await admit(code, seen, entering, NOW)).toBe(true)
  const member = await memberOf(code, user_id)
  if (member === undefined) throw new Error('Nobody has come in.')
  return member
}
const say = async (code: string, user_id: string, count: number, at = NOW): Promise<string[]> => {
  const ids = Array.from({ length: count }, (_, n) => ulid(at + n))
  for (const [n, id] of ids.entries())
    await putMessage(code, { id, user: user_id, user_id, message: 'Hello', created_at: at + n, connection_id: 'c' }, 30)
  return ids
}
const namesIn = async (code: string) => (await newestMessages(code, 50, { now: NOW, days: 30 })).map(({ user }) => user)

describe('roomsEverOf', () => {
  it('has the rooms that somebody is in and those that they left, each once, until the room is cleaned up', async () => {
    const [left] = [await enter('AAAAAA', 'ana'), await enter('BBBBBB', 'ana'), await enter('BBBBBB', 'bo', 'Bo')]
    expect(await endMembership('AAAAAA', left, 'LEFT', NOW + 1)).toBe(true)
    expect((await roomsOfUser('ana')).map(({ code }) => code)).toEqual(['BBBBBB'])
    expect((await roomsEverOf('ana')).sort()).toEqual(['AAAAAA', 'BBBBBB'])
    await enter('AAAAAA', 'ana')
    expect((await roomsEverOf('ana')).sort()).toEqual(['AAAAAA', 'BBBBBB'])
    await deleteContents('AAAAAA')
    expect(await roomsEverOf('ana')).toEqual(['BBBBBB'])
    expect(await roomsEverOf('nobody')).toEqual([])
  })

  it.each(['BANNED', 'KICKED', 'REJECTED'] as const)('has a room from which somebody was %s', async (status) => {
    const user_id = `out-${status}`
    await endMembership('CCCCCC', await enter('CCCCCC', user_id, user_id), status, NOW + 1)
    expect(await roomsEverOf(user_id)).toEqual(['CCCCCC'])
  })
})

describe('erasePerson', () => {
  it('replaces the name of somebody who has left, once, and nothing else', async () => {
    const ana = await enter('DDDDDD', 'ana')
    await endMembership('DDDDDD', ana, 'BANNED', NOW + 1)
    const banned = await memberOf('DDDDDD', 'ana')
    expect([await erasePerson('DDDDDD', 'ana'), await erasePerson('DDDDDD', 'ana')]).toEqual([true, true])
    expect(await memberOf('DDDDDD', 'ana')).toEqual({ ...banned, name: DELETED_NAME })
  })

  it('gives back what an old function left taken of the name, and nothing of somebody else', async () => {
    const left = await enter('IIIIII', 'cyrillic', 'Аna')
    const forms = async () => [...(await namesLike('IIIIII', 'Аna', 'somebody'))].sort()
    const [looks = '', folded = ''] = await forms()
    await endMembership('IIIIII', left, 'LEFT', NOW + 1)
    await enter('IIIIII', 'latin', 'ana')
    expect(await forms()).toEqual([looks])
    await put(nameKey('IIIIII', folded), { user_id: 'cyrillic' })
    expect(await erasePerson('IIIIII', 'cyrillic')).toBe(true)
    expect(await forms()).toEqual([looks])
  })

  it('leaves a name that is held: its forms would never be given back', async () => {
    await enter('EEEEEE', 'ana')
    expect(await erasePerson('EEEEEE', 'ana')).toBe(false)
    expect(await memberOf('EEEEEE', 'ana')).toMatchObject({ name: 'Ana' })
    await enter('EEEEEE', 'called-so', DELETED_NAME)
    expect(await erasePerson('EEEEEE', 'called-so')).toBe(false)
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
      await putRoom(newRoom({ ...facts, code, host_id: 'hana', host: 'Hana' }, NOW, 30))
      await enter(code, 'hana', 'Hana')
      expect(await erasePerson(code, 'hana')).toBe(false)
      expect(await roomByCode(code)).toMatchObject({ host: 'Hana' })
    }
    await endRoom('MMMMMM', 'hana', NOW + 1)
    await erasePerson('MMMMMM', 'bo')
    expect(await roomByCode('MMMMMM')).toMatchObject({ host: 'Hana' })
    await deleteContents('MMMMMM')
    expect((await roomsOfUser('hana')).map(({ code }) => code)).toEqual(['NNNNNN'])
    expect((await roomsEverOf('hana')).sort()).toEqual(['MMMMMM', 'NNNNNN'])
    expect(await erasePerson('MMMMMM', 'hana')).toBe(true)
    expect(await roomByCode('MMMMMM')).toMatchObject({ host_id: 'hana', host: DELETED_NAME, deleted_at: NOW + 1 })
  })

  it('makes nobody a member, and nothing a room', async () => {
    expect(await erasePerson('FFFFFF', 'nobody')).toBe(true)
    expect(await memberOf('FFFFFF', 'nobody')).toBeUndefined()
    expect(await roomByCode('FFFFFF')).toBeUndefined()
  })
})

describe('eraseMessages', () => {
  it("replaces the name in one person's messages, however many they are", async () => {
    await say('GGGGGG', 'ana', 60)
    const [between = ''] = await say('GGGGGG', 'bo', 1, NOW + 100)
    await say('GGGGGG', 'ana', 1, NOW + 200)
    const before = await messageById('GGGGGG', between)
    await eraseMessages('GGGGGG', 'ana')
    expect(await namesIn('GGGGGG')).toEqual([...Array(48).fill(DELETED_NAME), 'bo', DELETED_NAME])
    expect(await messageById('GGGGGG', between)).toEqual(before)
  })

  it('leaves all else of a message as it is, removed or over', async () => {
    const [removed = ''] = await say('HHHHHH', 'ana', 1)
    const [over = ''] = await say('HHHHHH', 'ana', 1, NOW - 40 * 24 * 3600 * 1000)
    const removal = { id: ulid(NOW + 9), message_id: removed, user_id: 'hana', saved_at: NOW + 9 }
    expect(await removeMessage('HHHHHH', removal, 30)).toBe(true)
    const items = () => itemsTogether([removed, over].map((id) => messageKey('HHHHHH', id)))
    const before = await items()
    await eraseMessages('HHHHHH', 'ana')
    expect(await items()).toEqual(before.map((item) => ({ ...item, user: DELETED_NAME })))
    expect(await namesIn('HHHHHH')).toEqual([])
  })

  it('writes nothing where there is nothing to replace any more', async () => {
    await say('JJJJJJ', 'ana', 3)
    await eraseMessages('JJJJJJ', 'ana')
    const held = holdUpdate(dynamoDb, 'JJJJJJ')
    await eraseMessages('JJJJJJ', 'ana')
    held.letThrough()
  })

  it('brings no message back that was swept away in between', async () => {
    const [id = ''] = await say('KKKKKK', 'ana', 1)
    const held = holdUpdate(dynamoDb, id)
    const erasing = eraseMessages('KKKKKK', 'ana')
    await held.hasArrived
    await remove(messageKey('KKKKKK', id))
    held.letThrough()
    await erasing
    expect(await messageById('KKKKKK', id)).toBeUndefined()
  })
})

describe('accountsToErase', () => {
  it('has an account from its deletion on, until the erasing ends', async () => {
    await enter('LLLLLL', 'zoe', 'Zoe')
    await deleteUser(newPerson('zoe', 'Zoe', NOW), NOW + 5)
    expect(await accountsToErase()).toContainEqual({ user_id: 'zoe', deleted_at: NOW + 5 })
    await endErasing('zoe', await roomsEverOf('zoe'))
    expect(await roomsEverOf('zoe')).toEqual([])
    expect((await accountsToErase()).map(({ user_id }) => user_id)).not.toContain('zoe')
  })
})
