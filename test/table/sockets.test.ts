import { describe, expect, it } from 'vitest'
import { claimLeave } from '../../functions/table/leave-claims.ts'
import { countViewers, presenceOf, presencesIn } from '../../functions/table/presences.ts'
import {
  claimAnnouncement,
  claimGreeting,
  forgetLeft,
  markLive,
  recordSocket,
  removeSocket,
  removeSocketsOf,
  startPresence,
} from '../../functions/table/sockets.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000
const HOUR_MS = 3600 * 1000

const stage = setUpStage()

let rooms = 0
let marks = 0
const mark = () => `remover ${++marks}`
const newRoom = () => `ROOM${++rooms}`
const socket = (code: string, userId: string, connectionId: string) => ({ code, userId, connectionId })
const open = (code: string, userId: string, connectionId: string, now = NOW) =>
  recordSocket(socket(code, userId, connectionId), `Name of ${userId}`, now)
const live = async (code: string, userId: string, connectionId: string, now = NOW) => {
  await open(code, userId, connectionId, now)
  await claimGreeting(socket(code, userId, connectionId), 'greeter')
  return markLive(socket(code, userId, connectionId), now + 1)
}
const idsIn = async (code: string) =>
  Object.fromEntries(
    (await presencesIn(code)).map(({ user_id, connections }) => [user_id, connections.map(({ id }) => id).sort()]),
  )

describe('recordSocket', () => {
  it('records it as opening, with the name beside it', async () => {
    const code = newRoom()
    expect(await open(code, 'ana', 'c1')).toBeUndefined()
    const [presence, ...others] = await presencesIn(code)
    expect(others).toEqual([])
    expect(presence).toEqual({
      user_id: 'ana',
      name: 'Name of ana',
      present_since: null,
      announced: null,
      joined_revision: null,
      left_told: null,
      left_at: 0,
      closing: [],
      connections: [{ id: 'c1', state: 'opening', since: NOW, expires: expect.any(Number), live_from: 0, seen: null }],
    })
    expect(presence?.connections[0]?.expires).toBeGreaterThanOrEqual(NOW + 2 * HOUR_MS)
    expect(await presencesIn(newRoom())).toEqual([])
  })

  it('twice changes nothing, also once it is live', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    expect(await open(code, 'ana', 'c1', NOW + 500)).toBeUndefined()
    expect(await presencesIn(code)).toMatchObject([{ connections: [{ id: 'c1', state: 'live', since: NOW }] }])
    expect(await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })).toMatchObject({
      presence: { connections: [] },
    })
  })

  it('[W4] of eleven of one person at once ten are taken, and one more once one has closed', async () => {
    const code = newRoom()
    const ids = Array.from({ length: 11 }, (_, n) => `c${n}`)
    const taken = await Promise.all(ids.map((id) => open(code, 'ana', id)))
    expect(taken.filter((presence) => presence === undefined)).toHaveLength(10)
    expect(await open(code, 'bo', 'c1')).toBeUndefined()
    const refused = ids[taken.findIndex((presence) => presence !== undefined)] ?? ''
    expect((await open(code, 'ana', refused))?.connections).toHaveLength(10)
    await removeSocket(socket(code, 'ana', ids[taken.indexOf(undefined)] ?? ''), { now: NOW, remover: mark() })
    expect(await open(code, 'ana', refused)).toBeUndefined()
  })
})

describe('claimGreeting and markLive', () => {
  it('[W1] one caller has the greeting, however often it is asked', async () => {
    const code = newRoom()
    await open(code, 'ana', 'c1')
    const claims = await Promise.all(
      ['a', 'b', 'c'].map((greeter) => claimGreeting(socket(code, 'ana', 'c1'), greeter)),
    )
    expect(claims.sort()).toEqual(['claimed', 'taken', 'taken'])
    expect(await claimGreeting(socket(code, 'ana', 'nothing'), 'a')).toBe('missing')
    expect(await claimGreeting(socket(code, 'nobody', 'c1'), 'a')).toBe('missing')
  })

  it('[W1] a claim or a mark whose answer was lost is the same when it is repeated', async () => {
    const code = newRoom()
    await open(code, 'ana', 'c1')
    expect(await claimGreeting(socket(code, 'ana', 'c1'), 'a')).toBe('claimed')
    expect(await claimGreeting(socket(code, 'ana', 'c1'), 'a')).toBe('claimed')
    expect((await markLive(socket(code, 'ana', 'c1'), NOW))?.connections).toEqual([])
    expect((await markLive(socket(code, 'ana', 'c1'), NOW))?.connections).toEqual([])
    expect(await markLive(socket(code, 'ana', 'c1'), NOW + 1)).toBeUndefined()
  })

  it('[W2] telling a join is claimed while the person is there, and who removes them sees whether it was', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    expect((await claimAnnouncement({ code, userId: 'ana' }, { since: NOW + 1, revision: 1 }))?.announced).toBe(NOW + 1)
    expect((await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() }))?.presence.announced).toBe(
      NOW + 1,
    )
    expect(await claimAnnouncement({ code, userId: 'ana' }, { since: NOW + 1, revision: 1 })).toBeUndefined()
    await live(code, 'bo', 'c2')
    expect((await removeSocket(socket(code, 'bo', 'c2'), { now: NOW, remover: mark() }))?.presence.announced).toBeNull()
  })

  it('[W2] a presence that begins anew while another tab was opening is one that has not been told', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    await claimAnnouncement({ code, userId: 'ana' }, { since: NOW + 1, revision: 1 })
    await open(code, 'ana', 'c2')
    await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })
    await claimGreeting(socket(code, 'ana', 'c2'), 'greeter')
    expect((await markLive(socket(code, 'ana', 'c2'), NOW + 9))?.present_since).toBe(NOW + 1)
    await startPresence({ code, userId: 'ana' }, NOW + 9)
    await startPresence({ code, userId: 'ana' }, NOW + 9)
    expect(await presenceOf(code, 'ana')).toMatchObject({ present_since: NOW + 9, announced: null })
    expect(await claimAnnouncement({ code, userId: 'ana' }, { since: NOW + 1, revision: 1 })).toBeUndefined()
  })

  it('[W2] going live tells who was there of this person before, once', async () => {
    const code = newRoom()
    const first = await live(code, 'ana', 'c1')
    expect(first?.connections).toEqual([])
    const second = await live(code, 'ana', 'c2')
    expect(second?.connections.map(({ id, state }) => `${id} ${state}`)).toEqual(['c1 live'])
    expect((await presenceOf(code, 'ana'))?.present_since).toBe(NOW + 1)
    expect(await markLive(socket(code, 'ana', 'c2'), NOW)).toBeUndefined()
    await open(code, 'ana', 'c3')
    expect(await markLive(socket(code, 'ana', 'c3'), NOW)).toBeUndefined()
  })

  it('a connection closed meanwhile does not come back', async () => {
    const code = newRoom()
    await open(code, 'ana', 'c1')
    await claimGreeting(socket(code, 'ana', 'c1'), 'a')
    await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })
    expect(await markLive(socket(code, 'ana', 'c1'), NOW)).toBeUndefined()
    expect(await presencesIn(code)).toEqual([])
  })
})

describe('removeSocket', () => {
  it('[W2] counts once, and says what is left of the person', async () => {
    const code = newRoom()
    for (const id of ['c1', 'c2']) await live(code, 'ana', id)
    const closes = await Promise.all(
      [1, 2, 3].map(() => removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })),
    )
    const counted = closes.filter((close) => close !== undefined)
    expect(counted).toHaveLength(1)
    expect(counted[0]).toMatchObject({
      connection: { id: 'c1', state: 'live' },
      presence: { connections: [{ id: 'c2' }] },
    })
    expect(await removeSocket(socket(code, 'ana', 'c2'), { now: NOW, remover: mark() })).toMatchObject({
      presence: { connections: [] },
    })
  })

  it('[W8] leaves the row of somebody whose leave is to be told, until they are forgotten', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    const since = (await presenceOf(code, 'ana'))?.present_since ?? null
    await removeSocket(socket(code, 'ana', 'c1'), { now: NOW + 5, remover: mark() })
    expect(await presencesIn(code)).toMatchObject([{ user_id: 'ana', left_at: NOW + 5, connections: [] }])
    expect(await countViewers(code, NOW + 5)).toBe(0)
    await forgetLeft({ code, userId: 'ana' }, since)
    expect(await presencesIn(code)).toEqual([])
  })

  /** Somebody whose only socket was removed, and a claim to tell that. */
  const leftBy = async (code: string) => {
    await live(code, 'ana', 'c1')
    const left = await removeSocket(socket(code, 'ana', 'c1'), { now: NOW + 5, remover: mark() })
    if (left === undefined) throw new Error('There was no socket.')
    return (claimer: string, now = NOW + 10) => claimLeave(code, left.presence, { now, claimer })
  }

  it('[W2] a leave is told by whoever claims it, also where their request is repeated', async () => {
    const code = newRoom()
    const claim = await leftBy(code)
    expect([await claim('one'), await claim('one'), await claim('another')]).toEqual([true, true, false])
    await forgetLeft({ code, userId: 'ana' }, NOW + 1)
    expect(await claim('later', NOW + 60_000)).toBe(false)
    expect(await presencesIn(code)).toEqual([])
  })

  it('[W8] a leave that was claimed and not told is claimed again, 20 s later', async () => {
    const code = newRoom()
    const claim = await leftBy(code)
    expect(await claim('one')).toBe(true)
    expect([await claim('early', NOW + 20_009), await claim('late', NOW + 20_010)]).toEqual([false, true])
  })

  it('[W2] whoever began anew has left all the same; whoever has come since they were forgotten has not', async () => {
    const [code, other] = [newRoom(), newRoom()]
    const [claim, late] = [await leftBy(code), await leftBy(other)]
    await open(code, 'ana', 'c2')
    await startPresence({ code, userId: 'ana' }, NOW + 9)
    expect([await claim('one'), await claim('another')]).toEqual([true, false])
    await forgetLeft({ code: other, userId: 'ana' }, NOW + 1)
    await live(other, 'ana', 'c2', NOW + 9)
    expect(await late('late')).toBe(false)
  })

  it('[W8] notes that a leave was told where another socket keeps the row, and removes it with that one', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    await open(code, 'ana', 'c2')
    await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })
    await forgetLeft({ code, userId: 'ana' }, NOW + 1)
    expect(await presencesIn(code)).toMatchObject([{ left_told: NOW + 1, connections: [{ id: 'c2' }] }])
    await removeSocket(socket(code, 'ana', 'c2'), { now: NOW, remover: mark() })
    expect(await presencesIn(code)).toEqual([])
  })

  it('[W8] who began anew is not forgotten by whoever told an earlier leave', async () => {
    const code = newRoom()
    await live(code, 'ana', 'c1')
    await open(code, 'ana', 'c2')
    await removeSocket(socket(code, 'ana', 'c1'), { now: NOW, remover: mark() })
    await startPresence({ code, userId: 'ana' }, NOW + 9)
    await removeSocket(socket(code, 'ana', 'c2'), { now: NOW, remover: mark() })
    await forgetLeft({ code, userId: 'ana' }, NOW + 1)
    expect(await presencesIn(code)).toMatchObject([{ present_since: NOW + 9, left_told: null }])
  })

  it('[W2] of the last two at once exactly one is the last', async () => {
    const code = newRoom()
    for (const id of ['c1', 'c2']) await live(code, 'ana', id)
    const closes = await Promise.all(
      ['c1', 'c2'].map((id) => removeSocket(socket(code, 'ana', id), { now: NOW, remover: mark() })),
    )
    expect(closes.map((close) => close?.presence.connections.length).sort()).toEqual([0, 1])
  })

  it('does not take away a tab that opens at that moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const code = newRoom()
      await live(code, 'ana', 'old')
      await Promise.all([
        removeSocket(socket(code, 'ana', 'old'), { now: NOW, remover: mark() }),
        open(code, 'ana', 'new'),
      ])
      expect(await idsIn(code)).toEqual({ ana: ['new'] })
    }
  })
})

it('removeSocketsOf: one person’s, all at once, told once', async () => {
  const code = newRoom()
  for (const id of ['c1', 'c2']) await live(code, 'ana', id)
  await live(code, 'bo', 'c3')
  const told = await Promise.all([
    removeSocketsOf({ code, userId: 'ana' }, { now: NOW, remover: mark() }),
    removeSocketsOf({ code, userId: 'ana' }, { now: NOW, remover: mark() }),
  ])
  expect(told.filter((one) => one !== undefined)).toHaveLength(1)
  expect(told.flatMap((one) => one?.connections ?? [])).toHaveLength(2)
  // Until the others were told.
  expect(await idsIn(code)).toEqual({ ana: [], bo: ['c3'] })
  expect(await removeSocketsOf({ code, userId: 'nobody' }, { now: NOW, remover: mark() })).toBeUndefined()
})

describe('presencesIn and countViewers', () => {
  it('count people of this room, not tabs, and not those gone by', async () => {
    const code = newRoom()
    for (const [userId, id] of [
      ['ana', 'c1'],
      ['ana', 'c2'],
      ['bo', 'c3'],
    ] as const)
      await live(code, userId, id)
    await live(newRoom(), 'cy', 'c4')
    expect(await idsIn(code)).toEqual({ ana: ['c1', 'c2'], bo: ['c3'] })
    expect(await countViewers(code, NOW)).toBe(2)
    await removeSocket(socket(code, 'bo', 'c3'), { now: NOW, remover: mark() })
    expect(await countViewers(code, NOW)).toBe(1)
    expect(await countViewers(code, NOW + 3 * HOUR_MS)).toBe(0)
    expect(await countViewers(newRoom(), NOW)).toBe(0)
  })

  it('read page after page of more than a megabyte', async () => {
    const code = newRoom()
    const name = 'x'.repeat(250_000)
    const people = Array.from({ length: 6 }, (_, n) => `user-${n}`)
    for (const userId of people) await recordSocket(socket(code, userId, userId), name, NOW)
    let queries = 0
    stage.runtime.faults.failDynamoDb = ({ action }) => {
      if (action === 'Query') queries += 1
      return undefined
    }
    const found = (await presencesIn(code)).map(({ user_id }) => user_id)
    expect(found.sort()).toEqual(people)
    expect(queries).toBeGreaterThan(1)
    queries = 0
    expect(await countViewers(code, NOW)).toBe(6)
    expect(queries).toBeGreaterThan(1)
  })
})
