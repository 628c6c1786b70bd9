import { describe, expect, it } from 'vitest'
import { SenderItem } from '../../functions/table/chat-budget.ts'
import { SavedMessage } from '../../functions/table/messages.ts'
import { ConnectionItem, PresenceItem } from '../../functions/table/presences.ts'
import { RoomItem } from '../../functions/table/rooms.ts'
import { UserItem, UserRoom } from '../../functions/table/users.ts'
import { readRecorded, versions } from './recorded.ts'

// A deploy happens while people watch: an attribute that is added without a default makes what is stored unreadable.

/** Every kind of item that a schema reads, by its key. Names, locks and refused tokens are looked at, never parsed. */
const kinds = {
  room: { key: /^ROOM#\w+ META$/, schema: RoomItem },
  member: { key: /^ROOM#\w+ MEMBER#/, schema: SenderItem },
  message: { key: /^CHAT#/, schema: SavedMessage },
  user: { key: /^USER#\S+ PROFILE$/, schema: UserItem },
  'room of a user': { key: /^USER#\S+ ROOM#/, schema: UserRoom },
  presence: { key: /^ROOM#\w+ USER#/, schema: PresenceItem },
}

describe.each(versions)('the items of %s', (version) => {
  const { core, connections } = readRecorded(version).items
  const all = [...core, ...connections]
  const of = (key: RegExp) => all.filter(({ pk, sk }) => key.test(`${pk} ${sk}`))

  it.each(Object.entries(kinds))('that are a %s are read, every one', (_kind, { key, schema }) => {
    const found = of(key)
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((item) => !schema.safeParse(item).success)).toEqual([])
  })

  it('hold sockets that are read, every one', () => {
    const sockets = of(kinds.presence.key).flatMap((item) =>
      Object.entries(item).flatMap(([attribute, value]) => (attribute.startsWith('c#') ? [value] : [])),
    )
    expect(sockets.length).toBeGreaterThan(0)
    expect(sockets.filter((socket) => !ConnectionItem.safeParse(socket).success)).toEqual([])
  })
})
