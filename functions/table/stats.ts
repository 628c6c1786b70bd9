import { DAY_MS, HOUR_MS } from '../domain/durations.ts'
import type { StatName, Stats } from '../metrics/live-stats.ts'
import { allOf } from './all-of.ts'
import { change } from './change.ts'
import { coreTableName, type Item, queryAll } from './client.ts'
import { statsKey } from './keys.ts'

const BUCKET_MS = 5 * 60_000
/** A month and a day: who asks for a month gets all of it. */
const KEPT_DAYS = 32
/** Instances that write at one moment do not wait for one item. */
const SHARDS = 4

/** How far back one may ask, and how finely. */
const periods = {
  hour: { length: HOUR_MS, width: BUCKET_MS },
  day: { length: DAY_MS, width: HOUR_MS },
  month: { length: 30 * DAY_MS, width: DAY_MS },
} as const
export type StatsPeriod = keyof typeof periods

/** What was counted from `from` on, for the width of the period asked for. */
export type StatsBucket = { from: number; stats: Stats }

const startOf = (time: number, width: number): number => time - (time % width)

/**
 * Adds what an instance counted to its five minutes. A request that the SDK repeats adds twice, and what an instance
 * counted and lost is in nothing: the sums say about how much it was.
 */
export const addStats = async (stats: Stats, now: number): Promise<void> => {
  const key = statsKey(startOf(now, BUCKET_MS), Math.floor(Math.random() * SHARDS))
  await change(key, { add: stats, set: { ttl: Math.floor((now + KEPT_DAYS * DAY_MS) / 1000) } })
}

/** Every item of one day, or the part of it since `from`. */
const itemsOfDay = (day: number, from: number): Promise<Item[]> =>
  queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk AND sk >= :from',
    ExpressionAttributeValues: {
      ':pk': statsKey(day, 0).pk,
      ':from': statsKey(Math.max(day, from), 0).sk,
    },
  })

/** A number of a name that a newer version counts is added as well; what is no number is no count. */
const countsIn = ({ pk: _pk, sk: _sk, ttl: _ttl, ...counts }: Item): [StatName, number][] =>
  Object.entries(counts).filter((count): count is [StatName, number] => typeof count[1] === 'number')

/**
 * What was counted in the last hour (by five minutes), day (by hours) or month (by days), oldest first, empty spans
 * included. The span that is not over yet is the last. Read eventually consistent: one Query for each day, at most 31.
 */
export const statsOf = async (period: StatsPeriod, now: number): Promise<StatsBucket[]> => {
  const { length, width } = periods[period]
  const first = startOf(now, width) - length + width
  const buckets = new Map<number, Stats>()
  for (let from = first; from <= now; from += width) buckets.set(from, {})
  const days: number[] = []
  for (let day = startOf(first, DAY_MS); day <= now; day += DAY_MS) days.push(day)
  const found = await allOf(
    days.map(async (day) => (await itemsOfDay(day, first)).map((item) => ({ at: bucketOf(day, item), item }))),
  )
  for (const { at, item } of found.flat()) {
    const stats = buckets.get(startOf(at, width))
    if (stats === undefined) continue
    for (const [name, by] of countsIn(item)) stats[name] = (stats[name] ?? 0) + by
  }
  return [...buckets].map(([from, stats]) => ({ from, stats }))
}

/** When the five minutes of an item began: its sort key is the time of the day. */
const bucketOf = (day: number, { sk }: Item): number => {
  const [hours = 0, minutes = 0] = String(sk).split(/[:#]/).map(Number)
  return day + hours * HOUR_MS + minutes * 60_000
}
