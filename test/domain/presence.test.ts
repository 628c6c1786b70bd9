import { describe, expect, it } from 'vitest'
import {
  type Connection,
  endedConnections,
  isPresent,
  liveConnections,
  mayGoOn,
  openConnections,
  type Presence,
  participantsFrame,
} from '../../functions/domain/presence.ts'
import { newRoom } from '../../functions/domain/room.ts'
import { MAX_LISTED_PARTICIPANTS, MAX_SERVER_FRAME_BYTES } from '../../protocol/limits.ts'
import { ServerEvent } from '../../protocol/server-events.ts'
import { byteLength } from '../../protocol/text.ts'

const NOW = 1_790_000_000_000
const given = { code: 'K7WQ3F', name: null, is_private: false, entry_mode: null, is_chat_enabled: true, media: null }
const room = newRoom({ ...given, host_id: 'hana', host: 'Hana', password: null }, NOW, 30)
const connection = (id: string, change: Partial<Connection> = {}): Connection => ({
  ...{ id, state: 'live', since: NOW - 5000, expires: NOW + 1, live_from: NOW - 4000, seen: null },
  ...change,
})
const person = (user_id: string, connections: Connection[] = [connection(user_id)], name = user_id): Presence => ({
  ...{ user_id, name, present_since: null, announced: null, joined_revision: null, left_told: null, left_at: 0 },
  closing: [],
  connections,
})
const self = { user_id: 'ana', name: 'Ana' }

describe('connections', () => {
  const opening = connection('opening', { state: 'opening' })
  const greeting = connection('greeting', { state: 'greeting' })
  const gone = connection('gone', { expires: NOW })
  const live = connection('live')

  it.each<[string, Connection[], string[], string[]]>([
    ['none', [], [], []],
    ['opening', [opening], ['opening'], []],
    ['being greeted', [greeting], ['greeting'], []],
    ['live', [live], ['live'], ['live']],
    ['gone by', [gone], [], []],
    ['of all kinds', [opening, greeting, gone, live], ['opening', 'greeting', 'live'], ['live']],
  ])('[W2] [W8] %s', (_, connections, openIds, liveIds) => {
    const one = person('ana', connections)
    expect(openConnections(one, NOW).map(({ id }) => id)).toEqual(openIds)
    expect(liveConnections(one, NOW).map(({ id }) => id)).toEqual(liveIds)
    expect(isPresent(one, NOW)).toBe(liveIds.length > 0)
  })

  it('[W8] one whose greeting never came has ended, like one past its time', () => {
    const forgotten = connection('forgotten', { state: 'greeting', since: NOW - 30_000 })
    const one = person('ana', [opening, forgotten, gone, live])
    expect(endedConnections(one, NOW).map(({ id }) => id)).toEqual(['forgotten', 'gone'])
    expect(openConnections(one, NOW).map(({ id }) => id)).toEqual(['opening', 'live'])
  })
})

describe('signs of life', () => {
  const minutes = (count: number) => count * 60_000
  const there = person('ana', [connection('a', { seen: NOW - minutes(5), expires: NOW + minutes(60) })])

  it('[W8] a socket that has sent a PING is over after five minutes without one, and may go on where it sends again', () => {
    expect(openConnections(there, NOW - 1)).toHaveLength(1)
    expect(openConnections(there, NOW)).toEqual([])
    expect(endedConnections(there, NOW)).toHaveLength(1)
    expect(there.connections.map((one) => mayGoOn(one, NOW))).toEqual([true])
  })

  it('[W8] one that never did is open as long as the gateway allows', () => {
    const silent = person('bo', [connection('b', { expires: NOW + minutes(60) })])
    expect(openConnections(silent, NOW + minutes(59))).toHaveLength(1)
  })

  it('[W9] one that was never greeted may not go on', () => {
    for (const state of ['opening', 'greeting'] as const) {
      const late = connection('c', { state, since: NOW - 30_000, expires: NOW + minutes(60) })
      expect([mayGoOn(late, NOW - 1), mayGoOn(late, NOW)]).toEqual([true, false])
    }
  })
})

describe('[W5] ROOM_PARTICIPANTS', () => {
  it('names the host first, then the newcomer, then the others', () => {
    const frame = participantsFrame(room, [person('bo'), person('hana'), person('cy')], self, NOW, 7)
    expect(ServerEvent.parse(frame)).toEqual(frame)
    expect(frame).toEqual({
      ...{
        type: 'ROOM_PARTICIPANTS',
        participants: ['hana', 'Ana', 'bo', 'cy'],
        host: 'Hana',
        viewers: 4,
        at: NOW,
        revision: 7,
      },
      members: [
        { user_id: 'hana', name: 'hana', role: 'host' },
        { user_id: 'ana', name: 'Ana', role: 'participant', since: NOW },
        { user_id: 'bo', name: 'bo', role: 'participant' },
        { user_id: 'cy', name: 'cy', role: 'participant' },
      ],
    })
  })

  it('names everybody once, and nobody who is only opening or gone', () => {
    const others = [
      person('bo', [connection('b', { state: 'opening' })]),
      person('cy', [connection('c', { expires: NOW - 1 })]),
      person('ana', [connection('a1'), connection('a2')], 'Ana'),
    ]
    expect(participantsFrame(room, others, self, NOW, 7)).toMatchObject({ participants: ['Ana'], viewers: 1 })
    const hana = { user_id: 'hana', name: 'Hana' }
    expect(participantsFrame(room, [], hana, NOW, 7)).toMatchObject({
      participants: ['Hana'],
      members: [{ role: 'host' }],
      host: 'Hana',
    })
  })

  it.each([
    ['as many as are named', MAX_LISTED_PARTICIPANTS - 1, 'x', MAX_LISTED_PARTICIPANTS, undefined],
    ['one more', MAX_LISTED_PARTICIPANTS, 'x', MAX_LISTED_PARTICIPANTS, true],
    ['five hundred', 500, 'x', MAX_LISTED_PARTICIPANTS, true],
  ])('%s', (_, count, name, listed, truncated) => {
    const crowd = Array.from({ length: count }, (_unused, n) => person(`user-${n}`, undefined, `${name}${n}`))
    const frame = participantsFrame(room, [...crowd, person('hana')].slice(-count), self, NOW, 7)
    expect(frame.participants).toHaveLength(listed)
    expect(frame.members).toHaveLength(listed)
    expect(frame.viewers).toBe(count + 1)
    expect(frame.truncated).toBe(truncated)
    expect(frame.participants.slice(0, 2)).toEqual(['hana', 'Ana'])
  })

  it('[X3] is cut to 30 KB where names are long', () => {
    const crowd = Array.from({ length: 199 }, (_, n) => person(`user-${n}`, undefined, '👨‍👩‍👧‍👦'.repeat(17)))
    const frame = participantsFrame(room, [...crowd, person('hana')], self, NOW, 7)
    expect(byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(MAX_SERVER_FRAME_BYTES)
    expect(frame.participants.length).toBeGreaterThan(20)
    expect(frame).toMatchObject({ viewers: 201, truncated: true })
    expect(frame.participants.slice(0, 2)).toEqual(['hana', 'Ana'])
  })
})
