import { setTimeout as wait } from 'node:timers/promises'
import { type CommandFrame, catchUpFrame } from '../domain/playback.ts'
import { liveConnections, type Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { presencesIn } from '../table/presences.ts'
import { roomByCode } from '../table/rooms.ts'
import { post } from './post.ts'
import { type Telling, type Told, tell } from './tell.ts'

const REPEATED_AFTER_MS = [250, 1_000]
/** A further look is only needed if something changed during the one before. */
const LOOKS = 3

/**
 * Tells a saved change of playback, and makes sure that every viewer ends where the room is: failed posts are repeated,
 * and everybody is told again if a newer change crossed this one.
 */
export const tellPlayback = async (
  room: Room,
  event: CommandFrame,
  presences: readonly Presence[],
  clock: () => number,
  echo?: Telling['echo'],
): Promise<Told[]> => {
  const told = await tell(presences, { event, to: 'everyone', ...(echo !== undefined && { echo }) }, clock())
  await Promise.all([repeat(room.code, told, clock), settle(room, presences, clock)])
  return told
}

/** Repeats to those sockets only that did not get the frame, with what the room does by then. */
const repeat = async (code: string, told: readonly Told[], clock: () => number): Promise<void> => {
  let missed = told.filter(({ delivery }) => delivery !== 'delivered')
  for (const delay of REPEATED_AFTER_MS) {
    if (missed.length === 0) return
    await wait(delay)
    const room = await roomByCode(code)
    if (room === undefined || room.deleted_at !== null) return
    const data = JSON.stringify(catchUpFrame(room, clock()))
    const deliveries = await Promise.all(missed.map(({ connection }) => post(connection.id, data)))
    missed = missed.filter((_, index) => deliveries[index] !== 'delivered')
  }
}

const idsOf = (presences: readonly Presence[], now: number): Set<string> =>
  new Set(presences.flatMap((presence) => liveConnections(presence, now).map(({ id }) => id)))

/**
 * Reads the room again after the posts. Two changes at once may arrive at a client in either order, so a newer one is
 * told again: a client that reads only the given fields ends where the room is. A socket that became live while the
 * change was saved has not heard it, and is told now.
 */
const settle = async (saved: Room, toldTo: readonly Presence[], clock: () => number): Promise<void> => {
  let version = saved.version
  let told = idsOf(toldTo, clock())
  for (let look = 0; look < LOOKS; look += 1) {
    const [room, presences] = await Promise.all([roomByCode(saved.code), presencesIn(saved.code)])
    if (room === undefined || room.deleted_at !== null) return
    const now = clock()
    const live = idsOf(presences, now)
    const behind = room.version > version ? [...live] : [...live].filter((id) => !told.has(id))
    if (behind.length === 0) return
    const data = JSON.stringify(catchUpFrame(room, now))
    await Promise.all(behind.map((id) => post(id, data)))
    version = room.version
    told = live
  }
}
