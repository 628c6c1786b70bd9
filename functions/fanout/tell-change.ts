import { isCommandType } from '../../protocol/event-types.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { liveConnections, type Presence, type SocketIds, socketIdsIn } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { asOfNow, roomDifference } from '../domain/snapshot.ts'
import { POST_WITHIN_MS } from '../domain/times.ts'
import { allOf } from '../table/all-of.ts'
import { presencesIn } from '../table/presences.ts'
import { noteChangeTold, type ToldSoFar } from '../table/revisions.ts'
import { roomByCode } from '../table/rooms.ts'
import { framesOf } from './frames.ts'
import { postAll } from './post.ts'
import type { Runtime } from './runtime.ts'
import type { Telling } from './tell.ts'
import { askRepair, tellFirst } from './tell-room.ts'

/** A further round is only needed if something changed during the one before. */
const ROUNDS = 3

type How = Pick<Telling, 'echo' | 'timing'>

/** The revisions of those parts of the room that the events tell. */
export const partsTold = (room: Room, events: readonly ServerEvent[]): Partial<ToldSoFar> => ({
  ...(events.some(({ type }) => isCommandType(type)) && { version: room.version }),
  ...(events.some(({ type }) => type === 'ROOM_UPDATED' || type === 'MEDIA_LEARNED') && { facts: room.facts_revision }),
})

/**
 * Tells everybody a saved change of the room's playback or facts, and makes sure that nobody ends with an older one.
 * Notes the change as told once it has arrived everywhere. What was not noted, the next look at the room tells again
 * (functions/presence/tell-untold.ts).
 */
export const tellChange = async (
  saved: Room,
  events: readonly ServerEvent[],
  presences: readonly Presence[],
  runtime: Runtime,
  how: How = {},
): Promise<void> => {
  const isTold = await tellEverybody(saved, { events, to: 'everyone', ...how }, presences, runtime)
  const said = partsTold(saved, events)
  if (isTold && Object.keys(said).length > 0) await noteChangeTold(saved.code, said)
}

/**
 * The same without the note. Answers whether every post arrived at the first try, also those of a newer change that was
 * found. Only then is it sure that nothing older arrives after it.
 */
export const tellEverybody = async (
  saved: Room,
  telling: Telling,
  presences: readonly Presence[],
  runtime: Runtime,
): Promise<boolean> => {
  const told = await tellFirst(saved.code, presences, telling, runtime)
  const isNewest = await tellNewer(saved, telling, presences, runtime)
  return told === 'all' && isNewest
}

const liveIn = (presences: readonly Presence[], now: number): SocketIds[] =>
  socketIdsIn(presences, (presence) => liveConnections(presence, now))

const connectionIdsOf = (sockets: readonly SocketIds[]): Set<string> =>
  new Set(sockets.map(({ connectionId }) => connectionId))

/** Posts to these sockets, and starts a repair where something did not arrive. Answers whether everything arrived. */
const postTo = async (
  sockets: readonly SocketIds[],
  code: string,
  telling: Telling,
  runtime: Runtime,
): Promise<boolean> => {
  const framesFor = framesOf(telling.events, telling.echo)
  const deliveries = await allOf(
    sockets.map(({ connectionId }) => postAll(connectionId, framesFor(connectionId), POST_WITHIN_MS)),
  )
  const behind = sockets.filter((_, index) => deliveries[index] !== 'delivered')
  if (behind.length > 0) await askRepair({ code, ...telling }, { behind, suspects: [] }, runtime)
  return behind.length === 0
}

/**
 * Reads the room again after the posts. Two changes at once may arrive at a client in either order, so a newer one is
 * told again: a client that reads only the given fields ends where the room is. A socket that became live while the
 * change was saved has not heard the change, and is told now. The sender's mark is in these frames as well. Answers
 * whether every post arrived and the last round found nothing newer.
 */
const tellNewer = async (
  saved: Room,
  telling: Telling,
  toldTo: readonly Presence[],
  runtime: Runtime,
): Promise<boolean> => {
  let known = saved
  let told = connectionIdsOf(liveIn(toldTo, runtime.clock()))
  let hasArrived = true
  for (let round = 0; round < ROUNDS; round += 1) {
    const [room, presences] = await allOf([roomByCode(saved.code), presencesIn(saved.code)])
    if (room === undefined || room.deleted_at !== null) return hasArrived
    const now = runtime.clock()
    const live = liveIn(presences, now)
    const newer = roomDifference(known, room, now)
    const behind = newer.length > 0 ? live : live.filter(({ connectionId }) => !told.has(connectionId))
    if (behind.length === 0) return hasArrived
    const due = newer.length > 0 ? newer : telling.events.flatMap((event) => asOfNow(event, { room, presences, now }))
    hasArrived = (await postTo(behind, saved.code, { ...telling, events: due }, runtime)) && hasArrived
    known = room
    told = connectionIdsOf(live)
  }
  return false
}
