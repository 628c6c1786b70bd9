import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import { newRoom } from '../../functions/domain/room.ts'
import { accessTo, roomAndMember } from '../../functions/table/access.ts'
import { deleteContents } from '../../functions/table/endings.ts'
import { membersIn } from '../../functions/table/member-lists.ts'
import { admit } from '../../functions/table/members.ts'
import {
  messageById,
  messagesAfter,
  newestMessages,
  putMessage,
  savedMessagesAfter,
} from '../../functions/table/messages.ts'
import { namesLike } from '../../functions/table/names.ts'
import { putRoom, roomByCode } from '../../functions/table/rooms.ts'
import { roomsOfUser } from '../../functions/table/users.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000
const DAY_MS = 24 * 3600 * 1000

const stage = setUpStage()

const say = async (code: string, count: number, text = 'Hello'): Promise<string[]> => {
  const ids = Array.from({ length: count }, (_, n) => ulid(NOW + n))
  for (const [n, id] of ids.entries()) {
    const message = { id, user: 'Ana', user_id: 'ana', message: text, created_at: NOW + n, connection_id: 'c1' }
    await putMessage(code, message, 30)
  }
  return ids
}
const kept = (now = NOW) => ({ now, days: 30 })
const idsOf = (messages: { id: string }[]) => messages.map(({ id }) => id)

describe('messages', () => {
  it('are kept as they are, and shown without the socket that sent them', async () => {
    const [id = ''] = await say('AAAAAA', 1, '<b>\n😀')
    expect(await newestMessages('AAAAAA', 50, kept())).toEqual([
      { id, user: 'Ana', user_id: 'ana', message: '<b>\n😀', created_at: NOW },
    ])
    expect(await savedMessagesAfter('AAAAAA', '0', 50, NOW)).toMatchObject([{ id, connection_id: 'c1' }])
  })

  it('are read from the newest back, oldest first', async () => {
    const ids = await say('CCCCCC', 9)
    expect(idsOf(await newestMessages('CCCCCC', 4, kept()))).toEqual(ids.slice(5))
    expect(idsOf(await newestMessages('CCCCCC', 4, kept(), ids[5]))).toEqual(ids.slice(1, 5))
    expect(idsOf(await newestMessages('CCCCCC', 4, kept(), ids[1]))).toEqual(ids.slice(0, 1))
    expect(await newestMessages('CCCCCC', 4, kept(), ids[0])).toEqual([])
    expect(await newestMessages('EMPTY', 4, kept())).toEqual([])
  })

  it('are read from one on, oldest first', async () => {
    const ids = await say('DDDDDD', 6)
    expect(idsOf(await messagesAfter('DDDDDD', ids[1] ?? '', 3, kept()))).toEqual(ids.slice(2, 5))
    expect(idsOf(await messagesAfter('DDDDDD', ids[4] ?? '', 3, kept()))).toEqual(ids.slice(5))
    expect(await messagesAfter('DDDDDD', ids[5] ?? '', 3, kept())).toEqual([])
  })

  it('are not there any more after their days, whether or not DynamoDB has swept them', async () => {
    const ids = await say('EEEEEE', 2)
    expect(await newestMessages('EEEEEE', 50, kept(NOW + 30 * DAY_MS - 1000))).toHaveLength(2)
    expect(await newestMessages('EEEEEE', 50, kept(NOW + 30 * DAY_MS))).toEqual([])
    expect(await messagesAfter('EEEEEE', ids[0] ?? '', 50, kept(NOW + 30 * DAY_MS))).toEqual([])
  })

  it('that are over and not swept yet cost a few reads, however many they are', async () => {
    const put = (created_at: number) => {
      const message = { id: ulid(created_at), user: 'Ana', user_id: 'ana', message: 'x', connection_id: 'c1' }
      return putMessage('IIIIII', { ...message, created_at }, 30)
    }
    for (let n = 0; n < 1000; n += 100)
      await Promise.all(Array.from({ length: 100 }, (_, i) => put(NOW - 31 * DAY_MS + n + i)))
    const living = Array.from({ length: 49 }, (_, n) => NOW + n)
    await Promise.all(living.map(put))
    let queries = 0
    stage.runtime.faults.failDynamoDb = ({ action }) => {
      if (action === 'Query') queries += 1
      return undefined
    }
    const found = [
      await newestMessages('IIIIII', 50, kept()),
      await messagesAfter('IIIIII', '0', 50, kept()),
      await newestMessages('IIIIII', 50, kept(), ulid(NOW + 49)),
      await newestMessages('IIIIII', 50, kept(), ulid(NOW - 31 * DAY_MS + 500)),
    ]
    stage.runtime.faults.reset()
    expect(found.map((messages) => messages.map(({ created_at }) => created_at))).toEqual([living, living, living, []])
    expect(queries).toBeLessThanOrEqual(4)
  })

  it('are kept once under one id, and who comes second is told what is there', async () => {
    const message = { id: ulid(NOW), user: 'Ana', user_id: 'ana', message: 'Hello', created_at: NOW }
    const first = { ...message, connection_id: 'c1', ref: 'r', saved_at: NOW + 9 }
    expect(await putMessage('JJJJJJ', first, 30)).toBeUndefined()
    // The same write once more, as the SDK repeats one whose answer was lost.
    expect(await putMessage('JJJJJJ', first, 30)).toBeUndefined()
    const there = { ...first, told: 'none' }
    expect(await putMessage('JJJJJJ', { ...first, connection_id: 'c2' }, 30)).toEqual(there)
    expect(await messageById('JJJJJJ', message.id)).toEqual(there)
    expect(await messageById('JJJJJJ', ulid(NOW + 1))).toBeUndefined()
  })

  it('more than a megabyte of them are read page after page', async () => {
    const ids = await say('FFFFFF', 6, 'x'.repeat(300_000))
    expect(idsOf(await newestMessages('FFFFFF', 50, kept()))).toEqual(ids)
    expect(idsOf(await messagesAfter('FFFFFF', ids[0] ?? '', 50, kept()))).toEqual(ids.slice(1))
  })
})

describe('deleteContents', () => {
  it('removes members, names, messages and entries in lists of one room, by batches, and keeps its code', async () => {
    const given = {
      name: null,
      is_private: false,
      entry_mode: null,
      is_chat_enabled: true,
      media: null,
      password: null,
    }
    for (const code of ['GGGGGG', 'HHHHHH']) {
      await putRoom(newRoom({ ...given, code, host_id: 'user-0', host: 'Ana' }, NOW, 30))
      for (let n = 0; n < 12; n += 1) {
        const entering = { user_id: `user-${n}`, name: `Ana ${n}`, is_guest: true, hosting_since: null }
        await putPerson(entering.user_id)
        await admit(code, undefined, { ...entering, status: 'APPROVED' }, NOW)
      }
      await say(code, 3)
    }
    // Member, name, and two entries of each, but for the host's past room. Four of the names have a nought or a one, which
    // look like letters: these hold two forms.
    expect(await deleteContents('GGGGGG')).toBe(12 * 4 - 1 + 4 + 3 + 1)
    expect((await membersIn('GGGGGG', 100, undefined)).members).toEqual([])
    expect(await namesLike('GGGGGG', 'Ana', 'somebody')).toEqual(new Set())
    expect(await newestMessages('GGGGGG', 50, kept())).toEqual([])
    expect(await roomsOfUser('user-3')).toEqual([{ code: 'HHHHHH', joined_at: NOW, is_pending: false }])
    expect(await roomByCode('GGGGGG')).toMatchObject({ code: 'GGGGGG' })
    expect((await membersIn('HHHHHH', 100, undefined)).members).toHaveLength(12)
    expect(await newestMessages('HHHHHH', 50, kept())).toHaveLength(3)
    expect(await deleteContents('GGGGGG')).toBe(0)
  })
})

describe('access', () => {
  it('room, member and token come together, each or none', async () => {
    const { code, host } = await stage.room()
    const claims = { user_id: host.id, token_id: 'any' }
    expect(await roomAndMember(code, host.id)).toMatchObject({ room: { code }, member: { user_id: host.id } })
    expect(await roomAndMember(code, 'nobody')).toMatchObject({ room: { code }, member: undefined })
    expect(await roomAndMember('NOBODY', host.id)).toEqual({ room: undefined, member: undefined })
    expect(await accessTo(code, claims, [], Date.now())).toMatchObject({
      room: { code },
      member: { status: 'APPROVED' },
      session: { revoked: false, user: { id: host.id } },
    })
    expect(await accessTo('NOBODY', { ...claims, user_id: 'nobody' }, [], Date.now())).toEqual({
      room: undefined,
      member: undefined,
      session: { revoked: false, user: undefined },
      isRefused: false,
    })
  })
})
