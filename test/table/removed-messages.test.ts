import { ulid } from 'ulid'
import { describe, expect, it } from 'vitest'
import { newRoom } from '../../functions/domain/room.ts'
import { clearChat } from '../../functions/table/clear-chat.ts'
import { deleteContents } from '../../functions/table/endings.ts'
import {
  messageById,
  messagesAfter,
  newestMessages,
  noteMessageTold,
  putMessage,
} from '../../functions/table/messages.ts'
import {
  noteRemovalTold,
  removalOf,
  removalsAfter,
  removedOf,
  removeMessage,
} from '../../functions/table/removed-messages.ts'
import { putRoom } from '../../functions/table/rooms.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000
const kept = { now: NOW, days: 30 }

setUpStage()

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
    for (const message of [gone, stays]) await putMessage('AAAAAA', message, 30)
    const removal = removing(gone)
    expect(await removeMessage('AAAAAA', removal, 30)).toBe(true)
    expect((await newestMessages('AAAAAA', 50, kept)).map(({ id }) => id)).toEqual([stays.id])
    expect((await messagesAfter('AAAAAA', '0', 50, kept)).map(({ id }) => id)).toEqual([stays.id])
    const there = await messageById('AAAAAA', gone.id)
    expect(there).toMatchObject({ message: '', told: 'all', removal: removal.id, removed_by: 'hana' })
    expect(there && removalOf(there)).toEqual({ id: removal.id, message_id: gone.id, user_id: 'hana' })
    expect(await removalsAfter('AAAAAA', gone.id)).toMatchObject([{ ...removal, told: 'none' }])
    expect(await removalsAfter('AAAAAA', removal.id)).toEqual([])
    expect(await removedOf('AAAAAA', [gone.id, stays.id])).toEqual(new Set([gone.id]))
  })

  it('of two at one moment counts once', async () => {
    const message = saying()
    await putMessage('BBBBBB', message, 30)
    const both = await Promise.all([1, 2].map((n) => removeMessage('BBBBBB', removing(message, n), 30)))
    expect(both.sort()).toEqual([false, true])
    expect(await removalsAfter('BBBBBB', '0')).toHaveLength(1)
  })

  it('does not count where there is no such message, or it has ended', async () => {
    const message = saying()
    expect(await removeMessage('CCCCCC', removing(message), 30)).toBe(false)
    await putMessage('CCCCCC', { ...message, created_at: NOW - 40 * 24 * 3600 * 1000 }, 30)
    expect(await removeMessage('CCCCCC', removing(message), 30)).toBe(false)
    expect(await removalsAfter('CCCCCC', '0')).toEqual([])
  })

  it('keeps the message from being kept anew', async () => {
    const message = saying()
    await putMessage('DDDDDD', message, 30)
    await removeMessage('DDDDDD', removing(message), 30)
    expect(await putMessage('DDDDDD', { ...message, saved_at: NOW }, 30)).toMatchObject({ message: '' })
    await noteMessageTold('DDDDDD', message.id, 'some')
    expect(await newestMessages('DDDDDD', 50, kept)).toEqual([])
  })

  it('notes how far it was told', async () => {
    const message = saying()
    await putMessage('EEEEEE', message, 30)
    const removal = removing(message)
    await removeMessage('EEEEEE', removal, 30)
    await noteRemovalTold('EEEEEE', removal.id, 'all')
    await noteRemovalTold('EEEEEE', removal.id, 'some')
    expect(await removalsAfter('EEEEEE', '0')).toMatchObject([{ told: 'all' }])
  })

  it('goes with the room', async () => {
    const message = saying()
    await putMessage('FFFFFF', message, 30)
    await removeMessage('FFFFFF', removing(message), 30)
    await deleteContents('FFFFFF')
    expect(await removalsAfter('FFFFFF', '0')).toEqual([])
    expect(await messageById('FFFFFF', message.id)).toBeUndefined()
  })
})

describe('clearing the chat', () => {
  it('never goes back, and is the right of who moderates', async () => {
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
