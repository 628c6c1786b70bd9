import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { RoomSocket } from '../../staging/socket.ts'
import { foldGiven } from '../given-only-client.ts'
import type { World } from './world.ts'

/** What two runs of one call may differ in: counts, and how far a budget is used up. */
const BESIDE =
  /^(active|active_at|asked_at|connection_id|facts_revision|greeter|idle_until|joined_revision|listing|openings_full_at|pace_full_at|place|recent_messages|removed|removed_by|shelf|sk|ttl|version|.*_trace)$/
const BESIDE_ROWS = /^(REVISION|TRACE)#/
/** Of a number that is no time. */
const MOST = 1_000_000_000

/** The same of every run: ids are names, times and hashes that they are there. */
const plain = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (value instanceof Set) return [...value].map((one) => plain(one, names)).sort()
  if (Array.isArray(value)) return value.map((one) => plain(one, names))
  if (typeof value === 'number') return value > MOST ? 'a time' : value
  if (typeof value === 'string') {
    const named = [...names].reduce((text, [id, name]) => text.replaceAll(id, name), value)
    return named.replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, 'an id').replace(/[\w+/=$-]{32,}/g, 'a hash')
  }
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([key]) => !BESIDE.test(key))
  return Object.fromEntries(kept.map(([key, one]) => [key.replace(/^c#.*/, 'a socket'), plain(one, names)]))
}

const rowsOf = async ({ code, people }: World, names: ReadonlyMap<string, string>) => {
  // Imported here, because the stage names the tables first.
  const { connectionsTableName, coreTableName, table } = await import('../../../functions/table/client.ts')
  const { Ada: _, ...others } = people
  const partitions = [
    ...[`ROOM#${code}`, `CHAT#${code}`, `REMOVED#${code}`].map((pk) => [coreTableName(), pk]),
    ...Object.values(others).map(({ id }) => [coreTableName(), `USER#${id}`]),
    [connectionsTableName(), `ROOM#${code}`],
  ]
  const found = await Promise.all(
    partitions.map(([TableName, pk]) =>
      table.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
        }),
      ),
    ),
  )
  const rows = found.flatMap(({ Items }) => Items ?? []).filter(({ sk }) => !BESIDE_ROWS.test(sk))
  // Of a deleted account the next sweep takes the name away, where the function ended before (A15).
  const nameless = rows.map((row) => (row.status === 'LEFT' ? { ...row, name: 'gone' } : row))
  return Object.fromEntries(nameless.map((row) => [plain(`${row.pk} ${row.sk}`, names), plain(row, names)]))
}

/** Comings are left to the greeting: when it tells which of them is a matter of moments. */
const BESIDE_EVENTS = /^(USER_JOINED|ROOM_PARTICIPANTS|CHAT_HISTORY|PLAYBACK_STATE|MEDIA_LEARNED|PONG)/

/** What somebody has heard. Told once or twice is one. */
const heardBy = ({ frames }: RoomSocket): Set<string> => {
  const said = frames.map((frame) => {
    const { type, user_id, status, code, until } = frame as Record<string, unknown>
    return [type, user_id, status, code, type === 'MUTED' && until !== null].filter(Boolean).join(' ')
  })
  return new Set(said.filter((one) => !BESIDE_EVENTS.test(one)))
}

/** The facts as somebody has heard them, whichever event told them. */
const factsOf = (socket: RoomSocket) => {
  const { at: _at, revision: _revision, cohosts, media, ...facts } = socket.all('ROOM_UPDATED').at(-1) ?? {}
  const { duration } = socket.all('MEDIA_LEARNED').at(-1) ?? {}
  return { ...facts, cohosts: new Set(cohosts), media: media && { ...media, duration: duration ?? media.duration } }
}

/** What a client of the library and one that knows only the given fields end with. */
const seenBy = (socket: RoomSocket) => {
  const heard = heardBy(socket)
  const isClosed = socket.socket.readyState !== socket.socket.OPEN
  if (isClosed) return { isClosed, heard: new Set([...heard].filter((one) => /^(REMOVED|ROOM_DELETED)/.test(one))) }
  const { messages, ...given } = foldGiven(socket)
  return { isClosed, heard, ...given, messages: new Set(messages), facts: factsOf(socket) }
}

const namesIn = ({ code, people, message }: World): ReadonlyMap<string, string> => {
  const ids = Object.entries(people).map(([name, { id }]) => [id, name] as const)
  return new Map([...ids, [code, 'ROOM'], ...(message === '' ? [] : [[message, 'MESSAGE'] as const])])
}

/** What everybody has heard of a call. */
export const toldIn = (world: World) =>
  Object.fromEntries(
    Object.entries(world.sockets).map(([name, socket]) => {
      const heard = heardBy(socket)
      const isOpen = socket.socket.readyState === socket.socket.OPEN
      return [name, plain({ heard, facts: isOpen && factsOf(socket) }, namesIn(world))]
    }),
  )

/** What a call has led to: all rows of the room and its people, and what everybody's page shows. */
export const endOf = async (world: World) => {
  const names = namesIn(world)
  const seen = Object.entries(world.sockets).map(([name, socket]) => [name, plain(seenBy(socket), names)])
  return { rows: await rowsOf(world, names), seen: Object.fromEntries(seen) }
}
