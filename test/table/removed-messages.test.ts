import { ulid } from 'ulid'
import { beforeAll, describe, expect, it } from 'vitest'
import { newRoom } from '../../functions/domain/room.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000
const kept = { now: NOW, days: 30 }

setUpStage()
let messages: typeof import('../../functions/table/messages.ts')
let table: typeof import('../../functions/table/removed-messages.ts')
beforeAll(async () => {
  messages = await import('../../functions/table/messages.ts')
  table = await import('../../functions/table/removed-messages.ts')
})

const saying = (n = 0) => ({
  ...{ id: ulid(NOW - 1000 + n), user: 'Ana', user_id: 'ana', message: `Hello ${n}`, created_at: NOW - 1000 + n },
  ...{ connection_id: 'c1', saved_at: NOW - 1000 + n },
})
const removing = (message: { id: string }, n = 0) => ({
  ...{ id: ulid(NOW + n), message_id: message.id, user_id: 'hana', saved_at: NOW + n },
})

describe('the removal of a message', () => {
  it('takes it out of every reading, and its text out of the table', async () => {
    const [gone, stays] = [saying(0), saying(1)]
    for (const message of [gone, stays]) await messages.putMessage('AAAAAA', message, 30)
    const removal = removing(gone)
    expect(await table.removeMessage('AAAAAA', removal, 30)).toBe(true)
    expect((await messages.newestMessages('AAAAAA', 50, kept)).map(({ id }) => id)).toEqual([stays.id])
    expect((await messages.messagesAfter('AAAAAA', '0', 50, kept)).map(({ id }) => id)).toEqual([stays.id])
    const there = await messages.messageById('AAAAAA', gone.id)
    expect(there).toMatchObject({ message: '', told: 'all', removal: removal.id, removed_by: 'hana' })
    expect(there && table.removalOf(there)).toEqual({ id: removal.id, message_id: gone.id, user_id: 'hana' })
    expect(await table.removalsAfter('AAAAAA', gone.id)).toMatchObject([{ ...removal, told: 'none' }])
    expect(await table.removalsAfter('AAAAAA', removal.id)).toEqual([])
    expect(await table.removedOf('AAAAAA', [gone.id, stays.id])).toEqual(new Set([gone.id]))
  })

  it('of two at one moment counts once', async () => {
    const message = saying()
    await messages.putMessage('BBBBBB', message, 30)
    const both = await Promise.all([1, 2].map((n) => table.removeMessage('BBBBBB', removing(message, n), 30)))
    expect(both.sort()).toEqual([false, true])
    expect(await table.removalsAfter('BBBBBB', '0')).toHaveLength(1)
  })

  it('does not count where there is no such message, or it has ended', async () => {
    const message = saying()
    expect(await table.removeMessage('CCCCCC', removing(message), 30)).toBe(false)
    await messages.putMessage('CCCCCC', { ...message, created_at: NOW - 40 * 24 * 3600 * 1000 }, 30)
    expect(await table.removeMessage('CCCCCC', removing(message), 30)).toBe(false)
    expect(await table.removalsAfter('CCCCCC', '0')).toEqual([])
  })

  it('keeps the message from being kept anew', async () => {
    const message = saying()
    await messages.putMessage('DDDDDD', message, 30)
    await table.removeMessage('DDDDDD', removing(message), 30)
    expect(await messages.putMessage('DDDDDD', { ...message, saved_at: NOW }, 30)).toMatchObject({ message: '' })
    await messages.noteMessageTold('DDDDDD', message.id, 'some')
    expect(await messages.newestMessages('DDDDDD', 50, kept)).toEqual([])
  })

  it('notes how far it was told', async () => {
    const message = saying()
    await messages.putMessage('EEEEEE', message, 30)
    const removal = removing(message)
    await table.removeMessage('EEEEEE', removal, 30)
    await table.noteRemovalTold('EEEEEE', removal.id, 'all')
    await table.noteRemovalTold('EEEEEE', removal.id, 'some')
    expect(await table.removalsAfter('EEEEEE', '0')).toMatchObject([{ told: 'all' }])
  })

  it('goes with the room', async () => {
    const { deleteContents } = await import('../../functions/table/endings.ts')
    const message = saying()
    await messages.putMessage('FFFFFF', message, 30)
    await table.removeMessage('FFFFFF', removing(message), 30)
    await deleteContents('FFFFFF')
    expect(await table.removalsAfter('FFFFFF', '0')).toEqual([])
    expect(await messages.messageById('FFFFFF', message.id)).toBeUndefined()
  })
})

describe('clearing the chat', () => {
  it('never goes back, and is the right of who moderates', async () => {
    const { putRoom } = await import('../../functions/table/rooms.ts')
    const { clearChat } = await import('../../functions/table/clear-chat.ts')
    const facts = {
      code: 'GGGGGG',
      name: null,
      is_private: false,
      entry_mode: null,
      is_chat_enabled: true,
      media: null,
    }
    await putRoom(newRoom({ ...facts, host_id: 'hana', host: 'Hana', password: null }, NOW, 30))
    const [early, late] = [ulid(NOW), ulid(NOW + 1)]
    expect(await clearChat('GGGGGG', 'hana', late)).toMatchObject({ chat_since: late, facts_revision: 1 })
    expect(await clearChat('GGGGGG', 'hana', early)).toMatchObject({ chat_since: late, facts_revision: 1 })
    expect(await clearChat('GGGGGG', 'bo', ulid(NOW + 2))).toBeUndefined()
  })
})
