import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, it } from 'vitest'
import { deliveryBounds, dueStats, keepForStats } from '../../functions/metrics/live-stats.ts'
import { count, countCode, takeTally, time } from '../../functions/metrics/tally.ts'
import { coreTableName, table } from '../../functions/table/client.ts'
import { addStats, statsOf } from '../../functions/table/stats.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Each test counts in a year of its own. */
const noonOf = (year: number) => Date.UTC(year, 2, 1, 12, 2)
const total = (buckets: { stats: { messages?: number } }[]) =>
  buckets.reduce((sum, { stats }) => sum + (stats.messages ?? 0), 0)

describe('what instances added', () => {
  it('is summed, whichever instance added it', async () => {
    const now = noonOf(2001)
    await Promise.all(Array.from({ length: 20 }, () => addStats({ messages: 1, refused_banned: 2 }, now)))
    const hour = await statsOf('hour', now)
    expect(hour.at(-1)).toEqual({ from: now - 2 * MINUTE, stats: { messages: 20, refused_banned: 40 } })
    expect(hour).toHaveLength(12)
    expect(total(hour)).toBe(20)
  })

  it('is found in its five minutes, its hour and its day, oldest first, also over midnight', async () => {
    const now = Date.UTC(2002, 0, 1, 0, 7)
    for (const ago of [0, 10 * MINUTE, 40 * MINUTE, 23 * HOUR, 24 * HOUR, 29 * DAY, 31 * DAY])
      await addStats({ messages: 1 }, now - ago)
    const [hour, day, month] = await Promise.all([statsOf('hour', now), statsOf('day', now), statsOf('month', now)])
    expect([total(hour), total(day), total(month)]).toEqual([3, 4, 6])
    expect([hour.length, day.length, month.length]).toEqual([12, 24, 30])
    for (const buckets of [hour, day, month])
      expect(buckets.map(({ from }) => from)).toEqual(buckets.map(({ from }) => from).sort((a, b) => a - b))
    expect(hour.filter(({ stats }) => stats.messages).map(({ from }) => now - from)).toEqual([
      42 * MINUTE,
      12 * MINUTE,
      2 * MINUTE,
    ])
  })

  it('is read with one Query for each day, and with no Scan', async () => {
    const asked: string[] = []
    stage.runtime.faults.failDynamoDb = ({ action }) => void asked.push(action)
    await statsOf('hour', noonOf(2003))
    await statsOf('month', noonOf(2003))
    stage.runtime.faults.reset()
    expect(asked.length).toBeLessThanOrEqual(1 + 31)
    expect(new Set(asked)).toEqual(new Set(['Query']))
  })

  it('goes after a month, and a count that only a newer version knows is summed as well', async () => {
    const now = noonOf(2004)
    await addStats({ messages: 1, ...({ invitations: 3 } as object) }, now)
    const { Items = [] } = await table.send(
      new QueryCommand({
        TableName: coreTableName(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'STATS#2004-03-01' },
      }),
    )
    expect(Items[0]?.sk).toMatch(/^12:00#[0-3]$/)
    expect(Items[0]?.ttl).toBe(Math.floor((now + 32 * DAY) / 1000))
    expect((await statsOf('hour', now)).at(-1)?.stats).toMatchObject({ messages: 1, invitations: 3 })
  })
})

describe('one instance', () => {
  it('adds what it counted at once, then once in ten seconds, and nothing twice', () => {
    const now = noonOf(2005)
    dueStats(now - HOUR)
    const tally = () => {
      count('Faults', 2)
      count('SyncRequests')
      countCode('too_fast')
      for (const milliseconds of [5, deliveryBounds[0], deliveryBounds[0] + 1, 5_000])
        time('CommandLastPost', milliseconds)
      time('MessageLastPost', 7)
      keepForStats(takeTally())
    }
    tally()
    const once = { commands: 4, delivered_100: 2, delivered_200: 1, delivered_slower: 1, messages: 1 }
    expect(dueStats(now)).toEqual({ faults: 2, refused_too_fast: 1, ...once })
    tally()
    expect(dueStats(now + 9_999)).toBeUndefined()
    tally()
    expect(dueStats(now + 10_000)).toMatchObject({ faults: 4, commands: 8 })
    expect(dueStats(now + 60_000)).toBeUndefined()
  })
})
