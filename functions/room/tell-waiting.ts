import type { MembershipStatus } from '../../protocol/member.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Person } from '../domain/presence.ts'
import { whoMay } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import { joinRequested, joinResolved, type Resolution } from '../domain/waiting.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { memberOf } from '../table/members.ts'
import { raiseRevision } from '../table/revisions.ts'

const tellHosts = (room: Room, events: readonly ServerEvent[], runtime: Runtime): Promise<void> =>
  tellRoom(room.code, { events, to: { only: whoMay('moderate', room) } }, runtime)

/** How the wish of somebody with this status ended; undefined where they wait. */
const endedAs = (status: MembershipStatus | undefined): Resolution | undefined => {
  if (status === undefined || status === 'PENDING') return undefined
  return status === 'APPROVED' || status === 'LEFT' ? status : 'REJECTED'
}

/** Tells those who may let people in that somebody waits (`PENDING`), or how their wish ended. */
export const tellWaiting = async (
  room: Room,
  person: Person,
  status: 'PENDING' | Resolution,
  runtime: Runtime,
): Promise<void> => {
  const revision = await raiseRevision(room.code, 'waiting')
  const event = status === 'PENDING' ? joinRequested(person, revision) : joinResolved(person, status, revision)
  await tellHosts(room, [event], runtime)
  const ended = status === 'PENDING' ? endedAs((await memberOf(room.code, person.user_id))?.status) : undefined
  // Somebody answered before the question had its number: the answer that was told has a lower one.
  if (ended !== undefined) await tellWaiting(room, person, ended, runtime)
}

/** The same of somebody who asks again. It is no change, and news only to pages that have missed the first telling. */
export const tellWaitingAgain = (room: Room, person: Person, runtime: Runtime): Promise<void> =>
  tellHosts(room, [joinRequested(person)], runtime)

/**
 * Frames for one socket go out one after the other. An asynchronous call holds 256 KB of those that are to be repeated.
 */
const MOST_AT_ONCE = 100

/** Tells those who may let people in how several wishes ended in one way. */
export const tellResolved = async (
  room: Room,
  people: readonly Person[],
  status: Resolution,
  runtime: Runtime,
): Promise<void> => {
  for (let begin = 0; begin < people.length; begin += MOST_AT_ONCE) {
    const told = people.slice(begin, begin + MOST_AT_ONCE)
    const newest = await raiseRevision(room.code, 'waiting', told.length)
    const events = told.map((person, index) => joinResolved(person, status, newest - told.length + 1 + index))
    await tellHosts(room, events, runtime)
  }
}
