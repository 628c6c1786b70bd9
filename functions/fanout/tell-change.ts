import type { ServerEvent } from '../../protocol/server-events.ts'
import { liveConnections, type Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { asOfNow, roomDifference } from '../domain/snapshot.ts'
import { POST_WITHIN_MS } from '../domain/times.ts'
import { allOf } from '../table/all-of.ts'
import { presencesIn } from '../table/presences.ts'
import { roomByCode } from '../table/rooms.ts'
import { framesOf } from './frames.ts'
import { noteTold } from './note-told.ts'
import { postAll } from './post.ts'
import type { Runtime } from './runtime.ts'
import type { Telling } from './tell.ts'
import { tellFirst } from './tell-room.ts'

/** A further look is only needed if something changed during the one before. */
const LOOKS = 3

/** Tells everybody a saved change of the room's playback or facts, and makes sure that nobody ends with an older one. */
export const tellChange = async (
  saved: Room,
  events: readonly ServerEvent[],
  presences: readonly Presence[],
  runtime: Runtime,
  how: Pick<Telling, 'echo' | 'timing'> = {},
): Promise<void> => {
  const telling: Telling = { events, to: 'everyone', ...how }
  const told = await tellFirst(saved.code, presences, telling, runtime)
  await allOf([noteTold(saved.code, events, told), tellNewer(saved, telling, presences, runtime)])
}

const idsOf = (presences: readonly Presence[], now: number): Set<string> =>
  new Set(presences.flatMap((presence) => liveConnections(presence, now).map(({ id }) => id)))

/**
 * Reads the room again after the posts. Two changes at once may arrive at a client in either order, so a newer one is
 * told again: a client that reads only the given fields ends where the room is. A socket that became live while the
 * change was saved has not heard it, and is told now. The sender sees its mark there as well.
 */
const tellNewer = async (
  saved: Room,
  { events, echo }: Telling,
  toldTo: readonly Presence[],
  { clock }: Runtime,
): Promise<void> => {
  let known = saved
  let told = idsOf(toldTo, clock())
  for (let look = 0; look < LOOKS; look += 1) {
    const [room, presences] = await allOf([roomByCode(saved.code), presencesIn(saved.code)])
    if (room === undefined || room.deleted_at !== null) return
    const now = clock()
    const live = idsOf(presences, now)
    const newer = roomDifference(known, room, now)
    const behind = newer.length > 0 ? [...live] : [...live].filter((id) => !told.has(id))
    if (behind.length === 0) return
    const due = newer.length > 0 ? newer : events.flatMap((event) => asOfNow(event, { room, presences, now }))
    const framesFor = framesOf(due, echo)
    await allOf(behind.map((id) => postAll(id, framesFor(id), POST_WITHIN_MS)))
    known = room
    told = live
  }
}
